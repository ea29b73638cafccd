namespace Shop.Functions.Orders.Reconciliation;

/// <summary>
/// Of all rows that are due, those that have waited longest, so that under lasting overload everybody waits as long and nobody for ever.
/// Pure; remembers no more of them than it takes.
/// </summary>
/// <param name="most">How many are taken.</param>
/// <param name="overdue">What was due before this is overdue.</param>
public sealed class DueRows(int most, DateTimeOffset overdue)
{
    /// <summary>The shortest wait in front: it gives way to a longer one.</summary>
    private readonly PriorityQueue<ReconciliationRow, DateTimeOffset> _longest = new(Comparer<DateTimeOffset>.Create((one, other) => other.CompareTo(one)));

    /// <summary>How many are overdue, whether they are taken or not.</summary>
    public int Overdue { get; private set; }

    public void Add(ReconciliationRow row)
    {
        if (row.Due < overdue) Overdue++;
        if (_longest.Count < most) _longest.Enqueue(row, row.Due);
        else _longest.EnqueueDequeue(row, row.Due);
    }

    /// <returns>The longest wait first.</returns>
    public IReadOnlyList<ReconciliationRow> Taken() => [.. _longest.UnorderedItems.Select(item => item.Element).OrderBy(row => row.Due)];
}
