using System.Collections.Immutable;

namespace Shop.Functions.Orders;

/// <summary>How a journal stays within its limit although nobody knows how often a thing will happen: steps that repeat are told together. Pure.</summary>
public static class JournalRules
{
    /// <returns>The journal with the step at its end. Once it is full, the two earliest of the steps that came most often become one.</returns>
    public static ImmutableArray<JournalEntry> Append(ImmutableArray<JournalEntry> journal, JournalEntry entry) =>
        (journal.Length < Order.MostJournalEntries ? journal : Fold(journal)).Add(entry);

    /// <summary>There are far fewer kinds of steps than steps in a full journal, so two are always alike.</summary>
    private static ImmutableArray<JournalEntry> Fold(ImmutableArray<JournalEntry> journal)
    {
        var kind = journal.CountBy(entry => entry.Kind).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).First().Key;
        var alike = journal.Index().Where(step => step.Item.Kind == kind).Take(2).ToList();
        var (earlier, later) = (alike[0], alike[1]);
        var both = later.Item with { Times = (earlier.Item.Times ?? 1) + (later.Item.Times ?? 1) };
        return journal.SetItem(later.Index, both).RemoveAt(earlier.Index);
    }
}
