namespace Shop.Local.Storm;

/// <summary>Switches the sandboxes' misbehaviour on and off, as the seed has it.</summary>
public sealed class StormWeather(StormShop shop, StormCalls calls, Random random)
{
    /// <summary>For a moment the shop's key may be refused as well, as when somebody has changed it at the provider before here.</summary>
    private static readonly string[] ApiKinds =
        ["rate-limited", "server-error", "server-error-after-commit", "reset-before-commit", "reset-after-commit", "slow", "unauthorized", "forbidden"];

    private const int MostRefusedRefunds = 2;

    private readonly SortedDictionary<string, int> _sent = new(StringComparer.Ordinal);

    /// <summary>How often each kind was asked for.</summary>
    public IReadOnlyDictionary<string, int> Sent => _sent;

    /// <summary>Something new goes wrong, or for once all is well.</summary>
    public async Task ChangeAsync(CancellationToken cancellation)
    {
        var tender = Tenders.All[random.Next(Tenders.All.Count)];
        var dice = random.Next(10);
        if (dice == 0)
        {
            await ClearAsync(tender, cancellation);
            await LoseAfterPaymentAsync(tender, cancellation);
        }
        else if (dice == 1) await RefuseRefundAsync(tender, cancellation);
        else if (dice < 6) await AddAsync(tender, "webhook", Draw(WebhookKinds(tender)), cancellation);
        else await AddAsync(tender, "api", Draw(ApiKinds), cancellation);
    }

    /// <summary>
    /// In every weather the first webhook of each type that comes after a payment is lost, and every tenth after it. A
    /// sandbox that was killed has forgotten that.
    /// </summary>
    public async Task LoseAfterPaymentAsync(CancellationToken cancellation)
    {
        foreach (var tender in Tenders.All) await LoseAfterPaymentAsync(tender, cancellation);
    }

    public async Task ClearAsync(CancellationToken cancellation)
    {
        foreach (var tender in Tenders.All) await ClearAsync(tender, cancellation);
    }

    private async Task LoseAfterPaymentAsync(Tender tender, CancellationToken cancellation)
    {
        foreach (var type in tender.EventsAfterPayment())
        {
            await calls.FormAsync(
                new Uri(shop.Sandbox(tender), "sandbox/faults/webhook"), cancellation, ("kind", "drop"), ("event_type", type), ("every", "10"), ("times", "1000000"));
        }
    }

    /// <summary>The provider has too little of the shop's money for a refund just now. After three tries in a row a person is asked, and there is none here.</summary>
    private async Task RefuseRefundAsync(Tender tender, CancellationToken cancellation)
    {
        var name = $"{tender.Name()} api refund refused";
        if (_sent.GetValueOrDefault(name) == MostRefusedRefunds) return;
        var (path, code) = tender.RefusedRefund();
        await calls.FormAsync(
            new Uri(shop.Sandbox(tender), "sandbox/faults/api"), cancellation, ("kind", "refused"), ("method", "POST"), ("path", path), ("code", code), ("times", "1"));
        _sent[name] = _sent.GetValueOrDefault(name) + 1;
    }

    private static string[] WebhookKinds(Tender tender) => tender == Tender.Stripe
        ? ["duplicate", "shuffle", "delay", "drop", "wrong-signature", "old-timestamp", "two-signatures"]
        : ["duplicate", "shuffle", "delay", "drop", "wrong-signature", "foreign-certificate-host", "foreign-certificate", "wrong-webhook-id"];

    private string Draw(string[] kinds) => kinds[random.Next(kinds.Length)];

    private Task ClearAsync(Tender tender, CancellationToken cancellation) =>
        calls.FormAsync(new Uri(shop.Sandbox(tender), "sandbox/faults/clear"), cancellation);

    private async Task AddAsync(Tender tender, string what, string kind, CancellationToken cancellation)
    {
        var times = random.Next(1, 4);
        await calls.FormAsync(
            new Uri(shop.Sandbox(tender), $"sandbox/faults/{what}"), cancellation, ("kind", kind), ("times", $"{times}"), ("delay", $"{random.Next(1, 5)}"));
        var name = $"{tender.Name()} {what} {kind}";
        _sent[name] = _sent.GetValueOrDefault(name) + times;
    }
}
