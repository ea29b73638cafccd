using System.Collections.Immutable;

namespace Shop.Local.Storm;

/// <summary>Whether what was planned has happened: a storm in which all stood still would be without a violation as well.</summary>
public static class StormEvidence
{
    /// <summary>One or two may come to nothing: the customer was declined, the order's time was up.</summary>
    private const int FewestPlanned = 3;

    /// <summary>By then each small fault has been asked for.</summary>
    private static readonly int OrdersForAllKinds = StormWeather.Kinds.Count * 2;

    private static readonly (string What, Func<PlannedOrder, bool> Planned, Func<Deeds, bool> Happened)[] Stories =
    [
        ("paid by Stripe", plan => plan.Tender == Tender.Stripe && plan.Paying != Paying.Abandons, deeds => deeds is { Paid: true, Plan.Tender: Tender.Stripe }),
        ("paid by PayPal", plan => plan.Tender == Tender.PayPal && plan.Paying != Paying.Abandons, deeds => deeds is { Paid: true, Plan.Tender: Tender.PayPal }),
        ("cancelled", plan => plan.Aftermath == Aftermath.Cancels || plan.Paying == Paying.CancelsAtThePage, deeds => deeds.Cancelled),
        ("refunded by staff", plan => plan.Aftermath is Aftermath.RefundedInFull or Aftermath.RefundedInParts, deeds => deeds.RefundsAccepted > 0),
        ("refunded at the provider", plan => plan.Aftermath == Aftermath.RefundedAtTheProvider, deeds => deeds.RefundedAtTheProvider > 0),
        ("disputed and lost", plan => plan.Aftermath is Aftermath.DisputeLost or Aftermath.DisputeLostInPart or Aftermath.TakenInPart, deeds => deeds.Withdrawn > 0),
        ("sent", plan => plan.Aftermath == Aftermath.Sent, deeds => deeds.Fulfilment == "delivered"),
        ("sent in part", plan => plan.Aftermath == Aftermath.SentInPart, deeds => deeds.Fulfilment == "part_shipped"),
        ("returned", plan => plan.Aftermath == Aftermath.CameBack, deeds => deeds.Fulfilment == "returned"),
        ("put on the shelf again", plan => plan is { Aftermath: Aftermath.CameBack, Counted: > 1 }, deeds => deeds.Restocked > 0),
    ];

    /// <param name="planned">The orders that were begun with.</param>
    /// <param name="done">What was done about them.</param>
    /// <param name="faults">The great faults that were planned.</param>
    /// <param name="brought">How often each was there.</param>
    /// <param name="small">How often each small fault was asked for.</param>
    /// <param name="found">How many events the shop found in the providers' lists.</param>
    /// <returns>What was planned and has not happened, in words; nothing when all has.</returns>
    public static IEnumerable<string> Missing(
        IReadOnlyCollection<PlannedOrder> planned,
        IReadOnlyCollection<Deeds> done,
        IReadOnlyCollection<PlannedFault> faults,
        ImmutableSortedDictionary<StormFault, int> brought,
        IReadOnlyDictionary<string, int> small,
        long found)
    {
        foreach (var (what, isPlanned, hasHappened) in Stories)
        {
            var count = planned.Count(plan => isPlanned(plan));
            if (count >= FewestPlanned && !done.Any(hasHappened)) yield return $"{count} orders were to be {what}, and none was";
        }

        foreach (var fault in faults.CountBy(fault => fault.Fault))
        {
            if (brought.GetValueOrDefault(fault.Key) != fault.Value) yield return $"{fault.Key} was planned {fault.Value} times, and was there {brought.GetValueOrDefault(fault.Key)} times";
        }

        if (planned.Count < OrdersForAllKinds) yield break;
        foreach (var kind in StormWeather.Kinds.Where(kind => !small.ContainsKey(kind))) yield return $"there was no {kind}";
        if (found == 0) yield return "webhooks were lost, and the shop found no event in the providers' lists";
    }
}
