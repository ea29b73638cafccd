using System.Collections.Immutable;
using System.Globalization;

namespace Shop.Local.Storm;

/// <summary>What a storm did, and what clients and operators noticed of it, line by line.</summary>
public static class StormReport
{
    /// <param name="deeds">What was done about each order.</param>
    /// <param name="payments">The providers' books.</param>
    /// <param name="soldOut">Orders that ended as they were placed.</param>
    public static IEnumerable<string> OfOrders(IReadOnlyCollection<Deeds> deeds, IReadOnlyCollection<BookedPayment> payments, int soldOut)
    {
        var charged = payments.Where(payment => payment.Charged > 0).ToList();
        var paid = charged.Select(payment => payment.OrderId).ToHashSet(StringComparer.Ordinal);
        foreach (var tender in Tenders.All) yield return Line($"charged by {tender.Name()}", charged.Count(payment => payment.Tender == tender));
        yield return Line("cancelled by the customer", deeds.Count(deed => deed.Cancelled));
        yield return Line("never paid", deeds.Count(deed => !paid.Contains(deed.OrderId) && !deed.Cancelled));
        yield return Line("refunded by staff", deeds.Count(deed => deed.RefundsAccepted > 0));
        yield return Line("refunded at the provider", deeds.Count(deed => deed.RefundedAtTheProvider > 0));
        yield return Line("taken back by a bank or the provider", deeds.Count(deed => deed.Withdrawn > 0));
        yield return Line("left to a person", deeds.Count(deed => deed.NeedsPerson));
        yield return Line("sent, and arrived", deeds.Count(deed => deed.Fulfilment == "delivered"));
        yield return Line("sent in part", deeds.Count(deed => deed.Fulfilment == "part_shipped"));
        yield return Line("come back, and put on the shelf again", deeds.Count(deed => deed.Restocked > 0));
        yield return Line("ordered without what was out of stock", deeds.Count(deed => deed.WasOutOfStock));
        yield return Line("sold out while the shop was dead", soldOut);
        yield return Line("sent back because it was paid twice", charged.GroupBy(payment => payment.OrderId).Count(order => order.Count() > 1));
    }

    /// <param name="small">How often each small fault was asked for.</param>
    public static IEnumerable<string> OfFaults(ImmutableSortedDictionary<StormFault, int> great, TimeSpan ahead, IReadOnlyDictionary<string, int> small)
    {
        foreach (var fault in Enum.GetValues<StormFault>()) yield return Line(StormProgress.NameOf(fault), great.GetValueOrDefault(fault));
        yield return string.Create(CultureInfo.InvariantCulture, $"  {"hours that the clock is ahead",-40} {ahead.TotalHours,6:0.0}");
        foreach (var (kind, times) in small) yield return Line(kind, times);
    }

    /// <summary>A table: for each kind of call how many were answered, how long that took, and how often clients had to ask again.</summary>
    public static IEnumerable<string> OfCalls(IReadOnlyCollection<CallFigures> calls)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"  {"milliseconds to an answer",-48} {"calls",6} {"p50",6} {"p95",6} {"p99",6} {"not now",8} {"no answer",10}");
        foreach (var call in calls)
            yield return string.Create(CultureInfo.InvariantCulture, $"  {call.Kind,-48} {call.Calls,6} {call.P50,6:0} {call.P95,6:0} {call.P99,6:0} {call.Refused,8} {call.Unanswered,10}");
        yield return string.Create(
            CultureInfo.InvariantCulture, $"  {"all",-48} {calls.Sum(call => call.Calls),6} {"",20} {calls.Sum(call => call.Refused),8} {calls.Sum(call => call.Unanswered),10}");
    }

    /// <param name="sentBack">Dead letters that the storm was reason enough for.</param>
    /// <param name="unexpected">How many there were beside them, or failed once more after it.</param>
    public static IEnumerable<string> OfLetters(IReadOnlyCollection<StatedLetter> sentBack, int unexpected)
    {
        yield return Line("dead letters, because something was away", sentBack.Count);
        foreach (var kind in sentBack.CountBy(letter => $"{letter.Queue}: {letter.Reason}").OrderBy(kind => kind.Key, StringComparer.Ordinal))
            yield return Line($"  {kind.Key}", kind.Value);
        yield return Line("other dead letters", unexpected);
    }

    private static string Line(string what, int times) => string.Create(CultureInfo.InvariantCulture, $"  {what,-40} {times,4}");
}
