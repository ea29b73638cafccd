namespace Shop.Local.Storm;

/// <summary>Switches the sandboxes' misbehaviour on and off, as the seed has it.</summary>
public sealed class StormWeather(StormShop shop, StormCalls calls, Random random)
{
    /// <summary>For a moment the shop's key may be refused as well, as when somebody has changed it at the provider before here.</summary>
    private static readonly string[] ApiKinds =
        ["rate-limited", "server-error", "server-error-after-commit", "reset-before-commit", "reset-after-commit", "slow", "unauthorized", "forbidden"];

    /// <summary>After three tries in a row that the provider refuses a person is asked, and there is none here.</summary>
    private const int MostRefusedRefundsInARow = 2;

    private static readonly TimeSpan BetweenRefusedRefunds = TimeSpan.FromMinutes(1);

    private readonly Lock _counting = new();
    private readonly SortedDictionary<string, int> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<Tender, long> _refusedAt = [];
    private readonly Queue<(Tender Tender, string What, string Kind)> _deck = new();

    /// <summary>What can go wrong by itself, at both providers.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Deck.Select(Name)];

    /// <summary>How often each kind was asked for.</summary>
    public IReadOnlyDictionary<string, int> Sent
    {
        get
        {
            lock (_counting) return new SortedDictionary<string, int>(_sent, StringComparer.Ordinal);
        }
    }

    private static IEnumerable<(Tender Tender, string What, string Kind)> Deck => Tenders.All.SelectMany(
        tender => WebhookKinds(tender).Select(kind => (tender, "webhook", kind)).Concat(ApiKinds.Select(kind => (tender, "api", kind))));

    /// <summary>Something new goes wrong, or for once all is well.</summary>
    public async Task ChangeAsync(CancellationToken cancellation)
    {
        var tender = Tenders.All[random.Next(Tenders.All.Count)];
        switch (random.Next(10))
        {
            case 0:
                await ClearAsync(tender, cancellation);
                await LoseAfterPaymentAsync(tender, cancellation);
                break;
            case 1:
                await RefuseRefundAsync(tender, cancellation);
                break;
            default:
                await AddAsync(Draw(), cancellation);
                break;
        }
    }

    /// <summary>
    /// In every weather the first webhook of each type that comes after a payment is lost, and every tenth after it. A
    /// sandbox that was killed has forgotten that.
    /// </summary>
    public async Task LoseAfterPaymentAsync(CancellationToken cancellation)
    {
        foreach (var tender in Tenders.All) await LoseAfterPaymentAsync(tender, cancellation);
    }

    /// <summary>All is well from here on, and whoever was away is back.</summary>
    public async Task ClearAsync(CancellationToken cancellation)
    {
        foreach (var tender in Tenders.All)
        {
            await ClearAsync(tender, cancellation);
            await BeAwayAsync(tender, TimeSpan.Zero, cancellation);
        }
    }

    /// <summary>The provider answers nobody for so long.</summary>
    public Task BeAwayAsync(Tender tender, TimeSpan time, CancellationToken cancellation) =>
        calls.FormAsync(new Uri(shop.Sandbox(tender), "sandbox/outage"), cancellation, ("seconds", $"{(int)time.TotalSeconds}"));

    private async Task LoseAfterPaymentAsync(Tender tender, CancellationToken cancellation)
    {
        foreach (var type in tender.EventsAfterPayment())
        {
            await calls.FormAsync(
                new Uri(shop.Sandbox(tender), "sandbox/faults/webhook"), cancellation, ("kind", "drop"), ("event_type", type), ("every", "10"), ("times", "1000000"));
        }
    }

    /// <summary>The provider has too little of the shop's money for a refund just now.</summary>
    private async Task RefuseRefundAsync(Tender tender, CancellationToken cancellation)
    {
        var name = $"{tender.Name()} api refund refused";
        var isTooSoon = _refusedAt.TryGetValue(tender, out var last) && TimeProvider.System.GetElapsedTime(last) < BetweenRefusedRefunds;
        if (Sent.GetValueOrDefault(name) >= MostRefusedRefundsInARow && isTooSoon) return;
        var (path, code) = tender.RefusedRefund();
        await calls.FormAsync(
            new Uri(shop.Sandbox(tender), "sandbox/faults/api"), cancellation, ("kind", "refused"), ("method", "POST"), ("path", path), ("code", code), ("times", "1"));
        _refusedAt[tender] = TimeProvider.System.GetTimestamp();
        Count(name, 1);
    }

    private static string[] WebhookKinds(Tender tender) => tender == Tender.Stripe
        ? ["duplicate", "shuffle", "delay", "drop", "wrong-signature", "old-timestamp", "two-signatures"]
        : ["duplicate", "shuffle", "delay", "drop", "wrong-signature", "foreign-certificate-host", "foreign-certificate", "wrong-webhook-id"];

    /// <summary>As cards are dealt: none comes again before all have been there.</summary>
    private (Tender Tender, string What, string Kind) Draw()
    {
        if (_deck.Count == 0)
        {
            var shuffled = Deck.ToArray();
            random.Shuffle(shuffled);
            foreach (var card in shuffled) _deck.Enqueue(card);
        }

        return _deck.Dequeue();
    }

    private Task ClearAsync(Tender tender, CancellationToken cancellation) =>
        calls.FormAsync(new Uri(shop.Sandbox(tender), "sandbox/faults/clear"), cancellation);

    private async Task AddAsync((Tender Tender, string What, string Kind) card, CancellationToken cancellation)
    {
        var times = random.Next(1, 4);
        await calls.FormAsync(
            new Uri(shop.Sandbox(card.Tender), $"sandbox/faults/{card.What}"), cancellation, ("kind", card.Kind), ("times", $"{times}"), ("delay", $"{random.Next(1, 5)}"));
        Count(Name(card), times);
    }

    private void Count(string name, int times)
    {
        lock (_counting) _sent[name] = _sent.GetValueOrDefault(name) + times;
    }

    private static string Name((Tender Tender, string What, string Kind) card) => $"{card.Tender.Name()} {card.What} {card.Kind}";
}
