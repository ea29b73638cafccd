using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Payments;

/// <summary>
/// What a provider says, in our own closed vocabulary: a message of the queue <c>payment-events</c>. Ids, an amount and
/// a status; nothing personal; well under 1 KiB.
/// </summary>
[Stored(StorageNames.PaymentEvents, "message", Subject.Message)]
public sealed record PaymentEvent
{
    /// <summary>For instance <c>stripe</c>.</summary>
    [DataClass(DataClass.PaymentReference)] public required string Provider { get; init; }

    /// <summary>The provider's id of its event: to find it again there. It decides nothing here.</summary>
    [DataClass(DataClass.PaymentReference)] public required string EventId { get; init; }

    /// <summary>The provider's name for it, for instance <c>checkout.session.completed</c>.</summary>
    [DataClass(DataClass.PaymentReference)] public required string Type { get; init; }

    /// <summary>Our order, if the event says so; refunds and disputes do not.</summary>
    [DataClass(DataClass.Operational)] public string? OrderId { get; init; }

    /// <summary>What it says about money; null when it is only about a checkout.</summary>
    [DataClass(DataClass.PaymentReference)] public Fact? Money { get; init; }

    /// <summary>What it says about a checkout; null when it is only about money.</summary>
    [DataClass(DataClass.PaymentReference)] public CheckoutUpdate? Checkout { get; init; }

    /// <param name="CaptureId">For a refund, a reversal or a dispute, the provider's id of the capture it is about.</param>
    /// <param name="Amount">ISO minor units of <paramref name="Currency"/>.</param>
    /// <param name="Reference">For a refund that this shop asked for, <see cref="OwedRefund.Reference"/>.</param>
    /// <param name="SettledByRefundsSince"><see cref="LedgerEntry.SettledByRefundsSince"/>.</param>
    /// <param name="SettledByRefundsUntil"><see cref="LedgerEntry.SettledByRefundsUntil"/>.</param>
    public sealed record Fact(
        FactKind Kind,
        string ObjectId,
        string? CaptureId,
        long Amount,
        string Currency,
        FactStatus Status,
        DateTimeOffset At,
        string? Reference = null,
        DateTimeOffset? SettledByRefundsSince = null,
        DateTimeOffset? SettledByRefundsUntil = null);

    /// <param name="Id">The provider's id; null when the provider never heard of the attempt.</param>
    /// <param name="Url">The hosted page, where the provider has just told it; events never carry it.</param>
    /// <param name="ApprovedAt">When the customer agreed to pay, where this is word of that.</param>
    /// <param name="Declined">The tries that came to nothing, with the one that this is about.</param>
    public sealed record CheckoutUpdate(
        string? Id,
        int Attempt,
        CheckoutState State,
        DateTimeOffset StartedAt,
        DateTimeOffset ExpiresAt,
        DateTimeOffset At,
        string? Url = null,
        DateTimeOffset? ApprovedAt = null,
        DeclinedTries? Declined = null);

    /// <summary>The provider does not know an attempt, or refuses to open one that was cut off while starting: nobody will pay there.</summary>
    public static PaymentEvent NeverOpened(Checkout checkout, DateTimeOffset at) => new()
    {
        Provider = checkout.Provider,
        EventId = $"attempt-{checkout.Attempt}",
        Type = "never_opened",
        Checkout = new(checkout.Id, checkout.Attempt, CheckoutState.Expired, checkout.StartedAt, checkout.ExpiresAt, at),
    };

    /// <summary>The provider refuses to make a refund: one failed try, under a name of ours for want of one of theirs.</summary>
    public static PaymentEvent RefundRefused(OwedRefund owed, DateTimeOffset at) => new()
    {
        Provider = owed.Capture.Provider,
        EventId = owed.IdempotencyKey,
        Type = "refund_refused",
        Money = new(
            FactKind.Refund,
            $"refused_{owed.Capture.ObjectId}_{owed.Reference}_{owed.Number}",
            owed.Capture.ObjectId,
            owed.Amount.Amount,
            owed.Amount.Currency,
            FactStatus.Failed,
            at,
            owed.Reference),
    };

    /// <summary>As <see cref="MessageTrace.Current"/> was when it was sent; the last member.</summary>
    [DataClass(DataClass.Operational), JsonPropertyOrder(1)] public string? Trace { get; init; }

    public byte[] ToMessage() => JsonSerializer.SerializeToUtf8Bytes(this, PaymentMessages.Default.PaymentEvent);

    /// <exception cref="JsonException">The message is not one of ours.</exception>
    public static PaymentEvent Parse(string message) => StoredMessage.Parse(message, PaymentMessages.Default.PaymentEvent);

    /// <summary>The order with this in it; the very same order when it knew all of it.</summary>
    /// <exception cref="OrderLimitException">One of the order's lists is full.</exception>
    public Order ApplyTo(Order order)
    {
        var applied = order;
        if (Checkout is { } update) applied = Apply(applied, update);
        return ToLedgerEntry() is { } fact ? applied.With(fact) : applied;
    }

    /// <returns>What it says about money, as the order's ledger has it; null when it is only about a checkout.</returns>
    public LedgerEntry? ToLedgerEntry() => Money is not { } fact ? null : new(
        fact.Kind,
        Provider,
        fact.ObjectId,
        fact.CaptureId is null ? null : new FactKey(FactKind.Capture, Provider, fact.CaptureId).ToString(),
        fact.Amount,
        fact.Currency,
        fact.Status,
        fact.At,
        fact.Reference,
        fact.SettledByRefundsSince,
        fact.SettledByRefundsUntil);

    /// <summary>Whether the order would say something else with this in it. Another time of what it knows already is nothing else.</summary>
    /// <exception cref="OrderLimitException">One of the order's lists is full.</exception>
    public bool TellsMoreThan(Order order)
    {
        var applied = ApplyTo(order);
        // What it has no room for it does not know.
        if (ToLedgerEntry() is { } fact && order.Lacks(fact)) return true;
        return !Facts(applied).SequenceEqual(Facts(order)) || !Pages(applied).SequenceEqual(Pages(order));

        static IEnumerable<LedgerEntry> Facts(Order order) => order.Ledger.Select(fact => fact with { At = default, SettledByRefundsUntil = null });

        static IEnumerable<(string, int, string?, CheckoutState, DateTimeOffset?)> Pages(Order order) =>
            order.Checkouts.Select(checkout => (checkout.Provider, checkout.Attempt, checkout.Id, checkout.State, checkout.ApprovedAt));
    }

    private Order Apply(Order order, CheckoutUpdate update)
    {
        var told = new Checkout
        {
            Provider = Provider,
            Attempt = update.Attempt,
            Id = update.Id,
            State = update.State,
            Url = update.Url,
            StartedAt = update.StartedAt,
            ExpiresAt = update.ExpiresAt,
            ApprovedAt = update.ApprovedAt,
            Declined = update.Declined,
        };
        var changed = order.With(told);
        var known = order.Checkouts.FirstOrDefault(checkout => checkout.Provider == Provider && checkout.Attempt == update.Attempt);
        // Once for a page, however often its customer tries: the count stands with the page.
        if (update.Declined is { } declined && known?.Declined is null) changed = changed.With(new JournalEntry(declined.At, JournalKinds.CaptureDeclined, told.JournalKey));
        return update.State == CheckoutState.Expired && known is not { IsOver: true }
            ? changed.With(new JournalEntry(update.At, JournalKinds.CheckoutExpired, told.JournalKey))
            : changed;
    }
}

/// <summary>What several events say together.</summary>
public static class PaymentEventExtensions
{
    /// <summary>The order with all of them in it; the very same order when it knew all of it.</summary>
    /// <exception cref="OrderLimitException">One of the order's lists is full.</exception>
    public static Order ApplyTo(this IEnumerable<PaymentEvent> events, Order order) => events.Aggregate(order, (known, payment) => payment.ApplyTo(known));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PaymentEvent))]
[JsonSerializable(typeof(UnreadableEvent))]
internal sealed partial class PaymentMessages : JsonSerializerContext;
