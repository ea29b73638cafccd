using Shop.Functions.Platform;

namespace Shop.Functions.Orders;

/// <summary>A step in the order's life, in the order in which it was learnt.</summary>
/// <param name="At">When it happened, by the clock of whoever reported it.</param>
/// <param name="Kind">What happened, for instance <c>placed</c> or <c>capture_completed</c>.</param>
/// <param name="Key">The fact it is about, if any.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, if money is involved.</param>
/// <param name="Role">The role of the staff who did it; null for anybody else.</param>
/// <param name="By">Which of them, where what <paramref name="Key"/> names does not say so; gone when the order is restricted.</param>
/// <param name="Reason">Why, as a code, likewise.</param>
/// <param name="Note">What else they said, likewise; it goes with the person.</param>
public sealed record JournalEntry(
    DateTimeOffset At,
    string Kind,
    string? Key = null,
    long? Amount = null,
    string? Currency = null,
    [property: DataClass(DataClass.Operational)] string? Role = null,
    [property: DataClass(DataClass.Staff)] string? By = null,
    [property: DataClass(DataClass.OrderFiscal)] string? Reason = null,
    [property: DataClass(DataClass.Note)] string? Note = null)
{
    /// <summary>For how many steps of its kind it stands, of which it is the last; null for one.</summary>
    public int? Times { get; init; }

    /// <returns>The step as one that staff took; the very same when nobody of them did.</returns>
    public JournalEntry Of(ByStaff? by) => by is null ? this : this with { Role = by.Role, By = by.Id, Reason = by.Reason, Note = by.Note };

    /// <returns>The step without anybody who can be told from others.</returns>
    public JournalEntry Restricted() => this is { By: null, Note: null } ? this : this with { By = null, Note = null };
}
