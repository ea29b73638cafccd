using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Policy;

/// <summary>
/// What is kept, why, for how long and what happens then: the same object is published, decides what a purge does and
/// dates what is scheduled. Days are the shop's own (Privacy__TimeZone); on the day something is due it may go.
/// </summary>
public sealed class RetentionPolicy
{
    /// <summary>How long something that is held beyond its time is left before it is looked at again.</summary>
    public const int HeldDays = 30;

    private readonly RetentionPeriods _periods;

    public RetentionPolicy(RetentionPeriods periods, DataMap map)
    {
        _periods = periods;
        Rules = RetentionRules.Of(periods);
        Map = map;
        var document = JsonSerializer.SerializeToUtf8Bytes(PolicyView.Of(this, ""), PolicyJson.Web.PolicyView);
        Version = Convert.ToHexStringLower(SHA256.HashData(document).AsSpan(0, 16));
    }

    public ImmutableArray<RetentionRule> Rules { get; }

    public DataMap Map { get; }

    /// <summary>A hash over the whole policy and the data map: another version is another policy.</summary>
    public string Version { get; }

    /// <returns>The rules for data of this class that is about this; empty would mean that it is kept for no reason.</returns>
    public IEnumerable<RetentionRule> RulesFor(Subject subject, DataClass dataClass) =>
        Rules.Where(rule => (rule.Subject is null || rule.Subject == subject) && rule.Classes.Contains(dataClass));

    public DateOnly UnpaidOrderDue(DateTimeOffset placedAt) => DayOf(placedAt).AddDays(_periods.UnpaidOrderDays);

    public DateOnly DeliveryDue(DateTimeOffset delivered) => DayOf(delivered).AddMonths(_periods.DeliveryMonths);

    /// <param name="lastMoved">When money last moved for the sale.</param>
    /// <param name="isOneStopShop">Whether its VAT is a member state's, declared through the one-stop shop.</param>
    public DateOnly FiscalDue(DateTimeOffset lastMoved, bool isOneStopShop)
    {
        var day = DayOf(lastMoved);
        var yearEnd = _periods.YearEnd(day);
        if (!isOneStopShop) return yearEnd.AddYears(_periods.FiscalYears).AddDays(1);
        // The regulation counts from the end of the calendar year.
        var calendar = new DateOnly(day.Year, 12, 31);
        return (yearEnd > calendar ? yearEnd : calendar).AddYears(_periods.OssYears).AddDays(1);
    }

    /// <returns>When a sale may go of which nobody knows where the goods went, or whose VAT they bore.</returns>
    public DateOnly LongestFiscalDue(DateTimeOffset lastMoved) => FiscalDue(lastMoved, isOneStopShop: true);

    /// <param name="lastSeen">The day of the last use.</param>
    public DateOnly AccountDue(DateOnly lastSeen) => lastSeen.AddMonths(_periods.InactiveAccountMonths);

    public DateOnly ErasureRecordDue(DateTimeOffset confirmedAt) => DayOf(confirmedAt).AddYears(_periods.PurgeReportYears);

    public DateOnly BreachDue(DateTimeOffset closedAt) => DayOf(closedAt).AddYears(_periods.BreachYears);

    public DateOnly PurgeReportDue(DateTimeOffset finishedAt) => DayOf(finishedAt).AddYears(_periods.PurgeReportYears);

    /// <param name="day">A day of the register, <c>yyyyMMdd</c>.</param>
    public DateOnly StaffActionsDue(string day) =>
        DateOnly.ParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture).AddMonths(_periods.StaffActionMonths).AddDays(1);

    /// <param name="day">A day of counts, <c>yyyyMMdd</c>.</param>
    public static DateOnly RateCountsDue(string day) =>
        DateOnly.ParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture).AddDays(RetentionPeriods.RateCountDays);

    /// <returns>A dead letter set aside before this may go.</returns>
    public DateTimeOffset DeadLettersBefore(DateTimeOffset now) => now.AddDays(-_periods.DeadLetterDays);

    /// <summary>Whose days and times count.</summary>
    public TimeZoneInfo Zone => _periods.Zone();

    /// <inheritdoc cref="RetentionPeriods.DayOf" />
    public DateOnly DayOf(DateTimeOffset time) => _periods.DayOf(time);
}
