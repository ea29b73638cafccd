using System.Collections.Immutable;

namespace Shop.Functions.Orders;

/// <summary>What an order's facts amount to: where its payment stands, and what is still owed. Nothing of it is stored.</summary>
public sealed record Settlement
{
    /// <summary>A refund that has failed this often needs a person.</summary>
    public const int RefundAttempts = 3;

    public required PaymentStatus Payment { get; init; }

    public required FulfilmentStatus Fulfilment { get; init; }

    /// <summary>Refunds to be made, in the order of their keys; empty when nothing is owed.</summary>
    public required ImmutableArray<OwedRefund> Refunds { get; init; }

    /// <summary>
    /// The approved checkout whose money is to be asked for now; at most one, and none while other money is here, on its
    /// way or under review. One that is approved when the order has ended is left alone: nothing was taken there.
    /// </summary>
    public required ImmutableArray<Checkout> Captures { get; init; }

    /// <summary>Why a person must look at it; null when nobody must.</summary>
    public string? ReviewReason { get; init; }

    /// <summary>True while a provider may still report a payment that decides over the order.</summary>
    public required bool AwaitsPayment { get; init; }

    /// <summary>Total over every order: whatever the facts are, this has an answer for them.</summary>
    public static Settlement Of(Order order)
    {
        var captures = CapturesOf(order);
        var received = captures.Where(capture => capture.Fact.Status == FactStatus.Completed).ToImmutableArray();
        var accepted = order.Closed is null ? received.FirstOrDefault(capture => Fits(order, capture.Fact)) : null;
        var surplus = accepted is null && order.Closed is null ? [] : received.Where(capture => capture != accepted).ToImmutableArray();
        var refunds = surplus.SelectMany(capture => capture.Owed()).ToImmutableArray();
        // A dispute over a surplus capture is about money that does not pay this order.
        var disputes = order.Ledger
            .Where(fact => fact.Kind == FactKind.Dispute && (accepted is null || surplus.All(capture => capture.Fact.Key != fact.Parent)))
            .ToImmutableArray();
        var review = Review(order, captures, received, accepted, surplus);
        var payment = StatusOf(order, captures, received, accepted, disputes, review);
        return new Settlement
        {
            Payment = payment,
            Fulfilment = FulfilmentOf(order, payment),
            Refunds = refunds,
            Captures = ToCapture(order, payment),
            ReviewReason = review,
            AwaitsPayment = order.Closed is null && payment is PaymentStatus.Awaiting or PaymentStatus.Pending or PaymentStatus.Failed,
        };
    }

    /// <summary>Money that is right for this order: its whole total, in its currency.</summary>
    private static bool Fits(Order order, LedgerEntry capture) => capture.Amount == order.Gross && capture.Currency == order.Currency;

    /// <summary>Every capture with what came back of it, earliest first: the first that fits pays the order.</summary>
    private static ImmutableArray<CaptureWithRefunds> CapturesOf(Order order) =>
    [
        .. order.Ledger.Where(fact => fact.Kind == FactKind.Capture)
            .OrderBy(fact => fact.At).ThenBy(fact => fact.Key, StringComparer.Ordinal)
            .Select(fact => new CaptureWithRefunds(fact, [.. order.Ledger.Where(about => about.Parent == fact.Key)])),
    ];

    private static ImmutableArray<Checkout> ToCapture(Order order, PaymentStatus payment)
    {
        if (order.Closed is not null || payment is not (PaymentStatus.Awaiting or PaymentStatus.Failed)) return [];
        return
        [
            .. order.Checkouts.Where(checkout => checkout.State == CheckoutState.Approved)
                .OrderBy(checkout => checkout.StartedAt).ThenBy(checkout => checkout.Provider, StringComparer.Ordinal).ThenBy(checkout => checkout.Attempt)
                .Take(1),
        ];
    }

    private static string? Review(
        Order order,
        ImmutableArray<CaptureWithRefunds> captures,
        ImmutableArray<CaptureWithRefunds> received,
        CaptureWithRefunds? accepted,
        ImmutableArray<CaptureWithRefunds> surplus)
    {
        if (order.Closed is null && accepted is null && received is [var odd, ..])
        {
            if (odd.Fact.Currency != order.Currency) return "wrong_currency";
            return odd.Fact.Amount < order.Gross ? "paid_too_little" : "paid_too_much";
        }

        if (captures.Any(capture => capture.Fact.Status == FactStatus.Reversed)) return "capture_reversed";
        if (captures.Any(capture => capture.Refunded > capture.Fact.Amount)) return "refunded_too_much";
        return surplus.Any(capture => capture.FailedRefunds >= RefundAttempts && capture.Outstanding > 0) ? "refund_keeps_failing" : null;
    }

    private static PaymentStatus StatusOf(
        Order order,
        ImmutableArray<CaptureWithRefunds> captures,
        ImmutableArray<CaptureWithRefunds> received,
        CaptureWithRefunds? accepted,
        ImmutableArray<LedgerEntry> disputes,
        string? review)
    {
        if (review is not null) return PaymentStatus.NeedsReview;
        if (disputes.Any(dispute => dispute.Status == FactStatus.Open)) return PaymentStatus.Disputed;
        if (disputes.Any(dispute => dispute.Status == FactStatus.Lost)) return PaymentStatus.Refunded;

        // A surplus capture is on its way back and says nothing about a payment that was accepted.
        var counted = accepted is null ? received : [accepted];
        if (counted.Length > 0)
        {
            var refunded = counted.Sum(capture => capture.Refunded);
            if (refunded == 0) return PaymentStatus.Paid;
            return refunded < counted.Sum(capture => capture.Fact.Amount) ? PaymentStatus.PartlyRefunded : PaymentStatus.Refunded;
        }

        if (captures.Any(capture => capture.Fact.Status == FactStatus.Pending)) return PaymentStatus.Pending;
        if (order.Closed is not null) return PaymentStatus.Failed;
        var failed = captures.Length > 0 && order.Checkouts.All(checkout => checkout.IsOver);
        return failed ? PaymentStatus.Failed : PaymentStatus.Awaiting;
    }

    private static FulfilmentStatus FulfilmentOf(Order order, PaymentStatus payment) => payment switch
    {
        _ when order.Closed is not null => FulfilmentStatus.Cancelled,
        PaymentStatus.Paid or PaymentStatus.PartlyRefunded => FulfilmentStatus.Ready,
        PaymentStatus.Disputed or PaymentStatus.NeedsReview or PaymentStatus.Refunded => FulfilmentStatus.OnHold,
        _ => FulfilmentStatus.AwaitingPayment,
    };

    /// <param name="About">Its refunds and disputes.</param>
    private sealed record CaptureWithRefunds(LedgerEntry Fact, ImmutableArray<LedgerEntry> About)
    {
        public long Refunded { get; } = Sum(About, FactKind.Refund, FactStatus.Succeeded);

        public int FailedRefunds { get; } = About.Count(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Failed });

        /// <summary>What has neither gone back nor is on its way, and what no bank has taken back.</summary>
        public long Outstanding { get; } = Fact.Amount
            - Sum(About, FactKind.Refund, FactStatus.Succeeded) - Sum(About, FactKind.Refund, FactStatus.Pending)
            - Sum(About, FactKind.Dispute, FactStatus.Open) - Sum(About, FactKind.Dispute, FactStatus.Lost);

        public IEnumerable<OwedRefund> Owed() => Outstanding > 0 && FailedRefunds < RefundAttempts
            ? [new OwedRefund(Fact, new(Outstanding, Fact.Currency), FailedRefunds + 1)]
            : [];

        private static long Sum(ImmutableArray<LedgerEntry> facts, FactKind kind, FactStatus status) =>
            facts.Where(fact => fact.Kind == kind && fact.Status == status).Sum(fact => fact.Amount);
    }
}

/// <summary>Money that has to go back.</summary>
/// <param name="Capture">Where it came from.</param>
/// <param name="Attempt">1, or one more than the refunds of this capture that failed.</param>
public sealed record OwedRefund(LedgerEntry Capture, Platform.Money Amount, int Attempt)
{
    /// <summary>The same for every try at this refund, so that the provider makes it once.</summary>
    public string IdempotencyKey => $"refund:{Capture.Key}:{Amount.Amount}:{Attempt}";
}

/// <summary>Where an order's payment stands.</summary>
public enum PaymentStatus
{
    Awaiting,
    Pending,
    Paid,
    PartlyRefunded,
    Refunded,
    Disputed,
    Failed,
    NeedsReview,
}

/// <summary>Where an order's goods stand.</summary>
public enum FulfilmentStatus
{
    AwaitingPayment,
    Ready,
    OnHold,
    Cancelled,
}
