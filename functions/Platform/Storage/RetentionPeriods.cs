using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Shop.Functions.Platform.Storage;

/// <summary>
/// Settings <c>Privacy__*</c>: how long things are kept. The bounds are what the policy can answer for: a shorter time
/// would break what the shop must be able to show, a longer one would keep what nobody needs.
/// </summary>
public sealed class RetentionPeriods : IValidatableObject
{
    public const string Section = "Privacy";

    /// <summary>Days after which counts of how often somebody does something go: no span of them is longer than one.</summary>
    public const int RateCountDays = 2;

    /// <summary>Days from placing, for orders that no money ever came for. Longer than an order may wait for its payment.</summary>
    [Range(7, 90, ErrorMessage = "Privacy__UnpaidOrderDays must be between 7 and 90.")]
    public int UnpaidOrderDays { get; set; } = 30;

    /// <summary>Months from delivery, for the address of a paid order.</summary>
    [Range(1, 24, ErrorMessage = "Privacy__DeliveryMonths must be between 1 and 24.")]
    public int DeliveryMonths { get; set; } = 12;

    /// <summary>Years from the end of the financial year, for what tax law wants kept about a sale.</summary>
    [Range(6, 10, ErrorMessage = "Privacy__FiscalYears must be between 6 and 10: the law asks for 6.")]
    public int FiscalYears { get; set; } = 6;

    /// <summary>The same for sales to the European Union under the one-stop shop.</summary>
    [Range(10, 12, ErrorMessage = "Privacy__OssYears must be between 10 and 12: the law asks for 10.")]
    public int OssYears { get; set; } = 10;

    /// <summary>Month and day on which the financial year ends, <c>MM-dd</c>.</summary>
    public string FinancialYearEnd { get; set; } = "03-31";

    /// <summary>The IANA name of the time zone whose days count: of a financial year, of a period, of "as of".</summary>
    public string TimeZone { get; set; } = "Europe/London";

    /// <summary>Months without use after which an account goes.</summary>
    [Range(6, 60, ErrorMessage = "Privacy__InactiveAccountMonths must be between 6 and 60.")]
    public int InactiveAccountMonths { get; set; } = 24;

    /// <summary>Days that a message nobody could handle is kept on its poison queue.</summary>
    [Range(7, 90, ErrorMessage = "Privacy__DeadLetterDays must be between 7 and 90.")]
    public int DeadLetterDays { get; set; } = 30;

    /// <summary>Years that the report of a purge is kept.</summary>
    [Range(1, 10, ErrorMessage = "Privacy__PurgeReportYears must be between 1 and 10.")]
    public int PurgeReportYears { get; set; } = 6;

    /// <summary>Months that the register of what staff did is kept.</summary>
    [Range(12, 72, ErrorMessage = "Privacy__StaffActionMonths must be between 12 and 72.")]
    public int StaffActionMonths { get; set; } = 24;

    /// <summary>Years that a breach is kept on record after it was closed: as long as claims may follow from it.</summary>
    [Range(6, 10, ErrorMessage = "Privacy__BreachYears must be between 6 and 10.")]
    public int BreachYears { get; set; } = 6;

    /// <summary>How long one run of the purge works before it leaves the rest to a message; below host.json's functionTimeout.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:04:00", ErrorMessage = "Privacy__PurgeRunTime must be between 00:00:00 and 00:04:00.")]
    public TimeSpan PurgeRunTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <returns>The shop's day at that moment: a sale half an hour after midnight in summer is not yet that of the day before.</returns>
    public DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone()).DateTime);

    /// <returns>The last day of the financial year that the day is in.</returns>
    public DateOnly YearEnd(DateOnly day)
    {
        var end = DateOnly.ParseExact($"{day.Year:D4}-{FinancialYearEnd}", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return day <= end ? end : end.AddYears(1);
    }

    /// <returns>The calendar year in which the financial year of that moment begins: what people call it by.</returns>
    public int FinancialYearOf(DateTimeOffset time) => YearEnd(DayOf(time)).AddYears(-1).AddDays(1).Year;

    public TimeZoneInfo Zone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // In a year that is not a leap year, so that every year has such a day.
        if (!DateOnly.TryParseExact("2001-" + FinancialYearEnd, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            yield return new("Privacy__FinancialYearEnd must be a month and a day that every year has, for instance 03-31.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return new("Privacy__TimeZone must be the IANA name of a time zone that this machine knows, for instance Europe/London.");
    }
}
