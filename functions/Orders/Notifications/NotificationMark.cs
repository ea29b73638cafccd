using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Notifications;

/// <summary>What became of a notification. An order has one of each at most, and short ones: there is always room for them.</summary>
/// <param name="Notification">Its key.</param>
/// <param name="At">When it came to be so.</param>
/// <param name="Tries">How often it was begun to be sent.</param>
/// <param name="Document">The number of the invoice or the credit note that it named; empty when there was none yet; null of a mail that named one if there was one, as all did before this was noted.</param>
public sealed record NotificationMark(
    [property: DataClass(DataClass.Operational)] string Notification,
    [property: DataClass(DataClass.Operational)] DateTimeOffset At,
    [property: DataClass(DataClass.Operational)] NotificationState State,
    [property: DataClass(DataClass.Operational)] int Tries = 1,
    [property: DataClass(DataClass.OrderFiscal)] string? Document = null)
{
    /// <summary>Longer than handing a mail over may take: whoever has not said by then what became of it has ended.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Nobody need send it any more.</summary>
    public bool IsFinal => State is NotificationState.Sent or NotificationState.Refused;

    /// <summary>Somebody sees to it already, or has.</summary>
    public bool IsTaken(DateTimeOffset now) => IsFinal || (State == NotificationState.Sending && At + Lease > now);

    /// <returns>The marks with this one in the place of an earlier one; what is final stays as it is.</returns>
    public static ImmutableArray<NotificationMark> Merge(ImmutableArray<NotificationMark> marks, NotificationMark mark)
    {
        var known = marks.FirstOrDefault(other => other.Notification == mark.Notification);
        if (known is null) return marks.Add(mark);
        return known.IsFinal ? marks : marks.Replace(known, mark);
    }
}
