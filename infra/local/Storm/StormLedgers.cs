using System.Globalization;

namespace Shop.Local.Storm;

/// <summary>Whether what belongs to no single order adds up, once all has come to rest: the stock, and the rows of numbers.</summary>
public static class StormLedgers
{
    /// <param name="start">How many there were at the beginning.</param>
    /// <param name="orders">What was done about each order, and what the shop says of it.</param>
    /// <returns>What is wrong, in words; nothing when all is right.</returns>
    public static IEnumerable<string> OfStock(int start, StatedStock stated, IReadOnlyCollection<(Deeds Deeds, Claimed Claimed)> orders)
    {
        var onHand = start - orders.Sum(order => order.Deeds.CountedSent) + orders.Sum(order => order.Deeds.Restocked);
        var reserved = orders.Where(order => MayStillBeSent(order.Claimed)).Sum(order => order.Deeds.Counted - order.Deeds.CountedSent);
        if (stated.OnHand != onHand) yield return $"{onHand} should be on hand of {start}, and the shop says {stated.OnHand}";
        if (stated.Reserved != reserved) yield return $"{reserved} should be reserved, and the shop says {stated.Reserved}";
        if (stated.Reserved > stated.OnHand) yield return $"{stated.Reserved} are sold of {stated.OnHand}";
    }

    /// <returns>What is wrong, in words; nothing when all is right.</returns>
    public static IEnumerable<string> OfNumbers(IReadOnlyCollection<StatedDocument> documents)
    {
        foreach (var row in documents.GroupBy(document => document.Number[..document.Number.LastIndexOf('-')]))
        {
            var numbers = row.Select(document => int.Parse(document.Number[(document.Number.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture)).Order().ToList();
            if (numbers.Distinct().Count() < numbers.Count) yield return $"a number of {row.Key} was given twice: {string.Join(", ", numbers)}";
            if (numbers[0] != 1 || numbers[^1] != numbers.Distinct().Count()) yield return $"{row.Key} has a gap: {string.Join(", ", numbers)}";
        }
    }

    /// <returns>What is wrong with the documents of one order, in words; nothing when all is right.</returns>
    public static IEnumerable<string> OfDocuments(Deeds deeds, Claimed claimed, IReadOnlyCollection<StatedDocument> documents)
    {
        var invoices = documents.Count(document => document.Kind == "invoice");
        var credited = documents.Where(document => document.Kind == "credit_note").Sum(document => document.Gross);
        if (invoices > 1) yield return "it has two invoices";
        if (invoices == 0 && credited > 0) yield return "a credit note is for no invoice";
        // One that ended first was no sale, and one that was invoiced before it ended is credited.
        if (invoices == 0 && claimed is { Cancelled: false, Received: > 0 }) yield return "it was paid, and has no invoice";
        var due = Math.Min(Math.Max(claimed.Refunded - Math.Max(claimed.Received - deeds.Gross, 0), 0), deeds.Gross);
        if (invoices == 1 && credited != due) yield return $"{credited} is credited, and {due} went back of its price";
    }

    /// <param name="listed">The ids in a customer's list.</param>
    /// <param name="placed">The ids of what the customer was told is placed.</param>
    /// <param name="soldOut">How many the customer was told ended as they were placed.</param>
    /// <returns>What is wrong with the list, in words; nothing when all is right.</returns>
    public static IEnumerable<string> OfList(string name, IReadOnlyCollection<string> listed, IReadOnlyCollection<string> placed, int soldOut)
    {
        var more = listed.Distinct(StringComparer.Ordinal).Except(placed, StringComparer.Ordinal).Count();
        if (listed.Distinct(StringComparer.Ordinal).Count() < listed.Count) yield return $"{name}'s list has an order twice";
        if (placed.Except(listed, StringComparer.Ordinal).Any() || more > soldOut) yield return $"{name}'s list has {listed.Count} orders, and {placed.Count} were placed, besides {soldOut} that were sold out";
    }

    private static bool MayStillBeSent(Claimed claimed) => claimed is { Cancelled: false, Payment: not "refunded" };
}
