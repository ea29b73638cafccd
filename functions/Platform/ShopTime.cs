using System.Globalization;

namespace Shop.Functions.Platform;

/// <summary>Times and days as the shop counts them, for people to read: in mails, in copies, behind links. Pure.</summary>
/// <param name="zone">Of the setting <c>Privacy__TimeZone</c>.</param>
public sealed class ShopTime(TimeZoneInfo zone)
{
    public string Day(DateTimeOffset time) => Local(time).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A day as it is stored, for instance the last on which somebody was here: midnight UTC of the shop's day, whatever its zone.</summary>
    public static string StoredDay(DateTimeOffset midnight) => midnight.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public string Time(DateTimeOffset time) => Local(time).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <returns>Nothing where there is no time.</returns>
    public string Time(DateTimeOffset? time) => time is { } known ? Time(known) : "";

    private DateTime Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).DateTime;
}
