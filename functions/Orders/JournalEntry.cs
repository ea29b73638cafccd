namespace Shop.Functions.Orders;

/// <summary>A step in the order's life, in the order in which it was learnt.</summary>
/// <param name="At">When it happened, by the clock of whoever reported it.</param>
/// <param name="Kind">What happened, for instance <c>placed</c> or <c>capture_completed</c>.</param>
/// <param name="Key">The fact it is about, if any.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, if money is involved.</param>
public sealed record JournalEntry(DateTimeOffset At, string Kind, string? Key = null, long? Amount = null, string? Currency = null)
{
    /// <summary>For how many steps of its kind it stands, of which it is the last; null for one.</summary>
    public int? Times { get; init; }
}
