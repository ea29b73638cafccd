using System.Collections.Immutable;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Orders.Settlements;

/// <summary>What an order's facts amount to: where its payment stands, and what is still owed. Nothing of it is stored.</summary>
public sealed record Settlement
{
    public required PaymentStatus Payment { get; init; }

    public required FulfilmentStatus Fulfilment { get; init; }

    /// <summary>True when a parcel may leave.</summary>
    public required bool MayShip { get; init; }

    /// <summary>Refunds to be made: those that staff have promised, then money that does not belong here.</summary>
    public required ImmutableArray<OwedRefund> Refunds { get; init; }

    /// <summary>Refunds that staff have promised and that are put off until a question about the money is answered.</summary>
    public required ImmutableArray<OwedRefund> WaitingRefunds { get; init; }

    /// <summary>
    /// The approved checkout whose money is to be asked for now; at most one, and none while other money is here, on its
    /// way or under review. One that is approved when the order has ended is left alone: nothing was taken there.
    /// </summary>
    public required ImmutableArray<Checkout> Captures { get; init; }

    /// <summary>True while there is something for this shop to do: a refund, a capture, a page of an ended order to close.</summary>
    public required bool OwesSomething { get; init; }

    /// <summary>What could still be refunded beyond what is promised already: minor units by currency.</summary>
    public required IReadOnlyDictionary<string, long> Refundable { get; init; }

    /// <summary>What of the payments that count has gone back or is promised back: minor units by currency.</summary>
    public required IReadOnlyDictionary<string, long> GoneBack { get; init; }

    /// <summary>What a person must decide; empty when nobody must.</summary>
    public required ImmutableArray<ReviewConcern> Concerns { get; init; }

    /// <summary>The first of the concerns in the API's words; null when there is none.</summary>
    public string? ReviewReason => Concerns is [var first, ..] ? MoneyRules.ReasonOf(first.Case) : null;

    /// <summary>True while somebody must look at the order's money.</summary>
    public bool NeedsPerson => !Concerns.IsEmpty;

    /// <summary>True while a provider may still report a payment that decides over the order.</summary>
    public required bool AwaitsPayment { get; init; }

    /// <summary>Total over every order: whatever the facts are, this has an answer for them.</summary>
    public static Settlement Of(Order order)
    {
        var captures = CaptureAccount.AllOf(order);
        var paying = MoneyRules.Paying(order, captures);
        var cases = captures.Select(capture => (Capture: capture, Case: MoneyRules.CaseOf(order, capture, paying))).ToImmutableArray();
        ImmutableArray<CaptureAccount> Those(MoneyTreatment treatment) => [.. cases.Where(it => MoneyRules.TreatmentOf(it.Case) == treatment).Select(it => it.Capture)];

        // While a person has yet to decide about money that does not fit, it can be promised back.
        ImmutableArray<CaptureAccount> refundable = [.. Those(MoneyTreatment.Pays), .. Those(MoneyTreatment.NeedsPerson).Where(capture => !capture.IsWhollyReversed)];
        var refunds = OwedRefunds.Of(order, captures, refundable, Those(MoneyTreatment.GoesBack));
        // Money that is not in the ledger may be what decides: a person has to look.
        ReviewConcern[] unrecorded = order.Unrecorded is { } fact ? [ReviewConcern.OfUnrecorded(fact)] : [];
        var concerns = ConcernsOf(cases, order.Closed is not null).Concat(refunds.Failing).Concat(unrecorded)
            .Where(concern => !order.Resolutions.Any(resolution => resolution.Covers(concern))).ToImmutableArray();
        var payment = StatusOf(order, cases, paying is not null, concerns);
        var toCapture = ToCapture(order, payment);
        return new Settlement
        {
            Payment = payment,
            Fulfilment = FulfilmentProgress.Of(order).Status,
            MayShip = order.Closed is null && payment is PaymentStatus.Paid or PaymentStatus.PartlyRefunded && !GoesBackWhole(order, refunds),
            Refunds = refunds.Owed,
            WaitingRefunds = refunds.Waiting,
            Captures = toCapture,
            OwesSomething = !refunds.Owed.IsEmpty || !toCapture.IsEmpty || (order.Closed is not null && order.Checkouts.Any(checkout => !checkout.IsOver)),
            Refundable = refunds.Left,
            GoneBack = refundable.GroupBy(capture => capture.Fact.Currency).ToDictionary(
                those => those.Key, those => those.Sum(capture => capture.Fact.Amount) - refunds.Left.GetValueOrDefault(those.Key)),
            Concerns = concerns,
            AwaitsPayment = order.Closed is null && !order.HasShipped
                && payment is PaymentStatus.Awaiting or PaymentStatus.Pending or PaymentStatus.Failed,
        };
    }

    private static IEnumerable<ReviewConcern> ConcernsOf(ImmutableArray<(CaptureAccount Capture, MoneyCase Case)> cases, bool hasEnded)
    {
        foreach (var (capture, found) in cases)
        {
            if (MoneyRules.TreatmentOf(found) == MoneyTreatment.NeedsPerson)
                yield return new(found, capture.Key, capture.SentBack == 0 ? null : $"{capture.SentBack} sent back");
            foreach (var concern in MoneyRules.TakenInPart(capture, found)) yield return concern;
            // Who has accepted it for an order has not accepted that it stays here when the order ends.
            if (capture.IsReversalUndone && capture.SentBack < capture.Fact.Amount)
                yield return new(MoneyCase.ReversalUndone, capture.Key, $"{capture.Reversed} taken back{(hasEnded ? ", the order has ended" : "")}");
            if (capture.IsReturnedTooMuch)
                yield return new(MoneyCase.ReturnedTooMuch, capture.Key, $"{capture.Returned} returned");
        }
    }

    private static ImmutableArray<Checkout> ToCapture(Order order, PaymentStatus payment)
    {
        // What could not be recorded is not taken.
        if (order.Ledger.Length == Order.MostLedgerEntries) return [];
        if (order.Closed is not null || payment is not (PaymentStatus.Awaiting or PaymentStatus.Failed)) return [];
        return
        [
            .. order.Checkouts.Where(checkout => checkout.State == CheckoutState.Approved)
                .OrderBy(checkout => checkout.StartedAt).ThenBy(checkout => checkout.Provider, StringComparer.Ordinal).ThenBy(checkout => checkout.Attempt)
                .Take(1),
        ];
    }

    private static PaymentStatus StatusOf(
        Order order, ImmutableArray<(CaptureAccount Capture, MoneyCase Case)> cases, bool isPaid, ImmutableArray<ReviewConcern> concerns)
    {
        if (!concerns.IsEmpty) return PaymentStatus.NeedsReview;

        var disputes = DisputesOf(order, cases);
        if (disputes.Contains(MoneyTreatment.HoldsGoods)) return PaymentStatus.Disputed;

        ImmutableArray<CaptureAccount> counted = [.. cases.Where(it => it.Case is MoneyCase.WholeTotal or MoneyCase.AcceptedByPerson or MoneyCase.PaidAfterEnd).Select(it => it.Capture)];
        if (!counted.IsEmpty || isPaid)
        {
            var returned = counted.Sum(capture => capture.Returned);
            if (returned == 0) return PaymentStatus.Paid;
            return returned < counted.Sum(capture => capture.Fact.Amount) ? PaymentStatus.PartlyRefunded : PaymentStatus.Refunded;
        }

        if (disputes.Contains(MoneyTreatment.Loss)) return PaymentStatus.Refunded;
        if (cases.Any(it => it.Case == MoneyCase.OnItsWay)) return PaymentStatus.Pending;
        if (order.Closed is not null) return PaymentStatus.Cancelled;
        var failed = (cases.Length > 0 || order.Checkouts.Any(checkout => checkout.Declined is not null)) && order.Checkouts.All(checkout => checkout.IsOver);
        return failed ? PaymentStatus.Failed : PaymentStatus.Awaiting;
    }

    private static ImmutableArray<MoneyTreatment> DisputesOf(Order order, ImmutableArray<(CaptureAccount Capture, MoneyCase Case)> cases) =>
    [
        .. from fact in order.Ledger
           where fact.Kind == FactKind.Dispute
           let about = cases.FirstOrDefault(it => it.Capture.Key == fact.Parent)
           // A second payment is on its way back: it says nothing about the one that pays, and neither does a dispute over it.
           where about.Capture is null || about.Case != MoneyCase.SecondPayment
           select MoneyRules.TreatmentOf(MoneyRules.CaseOf(fact, about.Capture)),
    ];

    /// <summary>Staff have promised back all that is left, or it is on its way: the goods do not go as well.</summary>
    private static bool GoesBackWhole(Order order, OwedRefunds refunds) =>
        refunds.Left.Values.All(amount => amount == 0)
        && (!refunds.Owed.IsEmpty || order.Ledger.Any(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Pending }));
}
