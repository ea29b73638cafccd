using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Privacy.Policy;

/// <summary>What the policy's words amount to in days, and how it is published.</summary>
public sealed class RetentionPolicyTests(OneShop one) : IClassFixture<OneShop>
{
    [Theory]
    // A British sale: six years from the end (31 March) of the financial year.
    [InlineData("2026-03-31T22:59:59Z", false, "2032-04-01")]
    // In London it is half an hour after midnight, in summer time: the new financial year has begun.
    [InlineData("2026-03-31T23:30:00Z", false, "2033-04-01")]
    [InlineData("2026-04-01T00:00:00Z", false, "2033-04-01")]
    [InlineData("2024-02-29T23:59:59Z", false, "2030-04-01")]
    [InlineData("2026-11-22T12:00:00Z", false, "2033-04-01")]
    // One under the one-stop shop: ten years from the end of the calendar year, or of the financial year where that is later.
    [InlineData("2026-02-01T12:00:00Z", true, "2037-01-01")]
    [InlineData("2026-11-22T12:00:00Z", true, "2037-04-01")]
    public void Fiscal_data_stays_from_the_end_of_the_financial_year(string moved, bool isOneStopShop, string due) =>
        Policy().FiscalDue(Time(moved), isOneStopShop).ShouldBe(Day(due));

    [Fact]
    public void The_other_clocks_run_from_the_day_itself()
    {
        Policy().UnpaidOrderDue(Time("2026-01-31T23:00:00Z")).ShouldBe(Day("2026-03-02"));
        Policy().DeliveryDue(Time("2026-02-28T23:00:00Z")).ShouldBe(Day("2027-02-28"));
        Policy().AccountDue(Day("2024-02-29")).ShouldBe(Day("2026-02-28"));
        Policy().PurgeReportDue(Time("2026-11-22T00:00:00Z")).ShouldBe(Day("2032-11-22"));
        Policy().DeadLettersBefore(Time("2026-11-22T01:00:00Z")).ShouldBe(Time("2026-10-23T01:00:00Z"));
    }

    [Theory]
    // The clocks go forward at 01:00 UTC on 29 March 2026 and back at 01:00 UTC on 25 October.
    [InlineData("2026-03-28T23:59:59Z", "2026-03-28")]
    [InlineData("2026-03-29T22:59:59Z", "2026-03-29")]
    [InlineData("2026-03-29T23:00:00Z", "2026-03-30")]
    [InlineData("2026-10-24T23:00:00Z", "2026-10-25")]
    [InlineData("2026-10-25T23:59:59Z", "2026-10-25")]
    [InlineData("2028-02-28T23:59:59Z", "2028-02-28")]
    [InlineData("2028-02-29T12:00:00Z", "2028-02-29")]
    [InlineData("2026-07-01T01:30:00+02:00", "2026-07-01")]
    public void A_day_is_the_shops_day(string time, string day) => Policy().DayOf(Time(time)).ShouldBe(Day(day));

    [Fact]
    public void Another_time_zone_has_other_days_and_one_that_nobody_knows_is_refused_by_name()
    {
        Policy(new() { TimeZone = "Europe/Helsinki" }).DayOf(Time("2026-01-01T22:00:00Z")).ShouldBe(Day("2026-01-02"));
        Policy(new() { TimeZone = "America/New_York" }).DayOf(Time("2026-01-01T04:59:59Z")).ShouldBe(Day("2025-12-31"));
        Complaint(new() { TimeZone = "London" }).ShouldStartWith("Privacy__TimeZone must be");
    }

    [Fact]
    public void Another_financial_year_and_other_periods_move_the_dates_and_change_the_version()
    {
        var other = Policy(new() { FinancialYearEnd = "12-31", FiscalYears = 7, InactiveAccountMonths = 12 });
        other.FiscalDue(Time("2026-11-22T12:00:00Z"), isOneStopShop: false).ShouldBe(Day("2034-01-01"));
        other.AccountDue(Day("2026-11-22")).ShouldBe(Day("2027-11-22"));
        other.Version.ShouldNotBe(Policy().Version);
        Policy().Version.ShouldBe(Policy().Version);
    }

    [Theory]
    [InlineData(nameof(RetentionPeriods.UnpaidOrderDays), 6)]
    [InlineData(nameof(RetentionPeriods.UnpaidOrderDays), 91)]
    [InlineData(nameof(RetentionPeriods.DeliveryMonths), 25)]
    [InlineData(nameof(RetentionPeriods.FiscalYears), 5)]
    [InlineData(nameof(RetentionPeriods.OssYears), 9)]
    [InlineData(nameof(RetentionPeriods.InactiveAccountMonths), 5)]
    [InlineData(nameof(RetentionPeriods.DeadLetterDays), 91)]
    [InlineData(nameof(RetentionPeriods.PurgeReportYears), 0)]
    public void A_period_out_of_bounds_is_refused_by_name(string setting, int value)
    {
        var periods = new RetentionPeriods();
        typeof(RetentionPeriods).GetProperty(setting)!.SetValue(periods, value);
        Complaint(periods).ShouldStartWith($"Privacy__{setting} must be between");
    }

    [Theory]
    [InlineData("02-29")]
    [InlineData("31-03")]
    [InlineData("")]
    public void A_year_end_that_some_years_lack_is_refused_by_name(string end) =>
        Complaint(new() { FinancialYearEnd = end }).ShouldStartWith("Privacy__FinancialYearEnd must be");

    [Fact]
    public async Task The_app_does_not_start_with_a_period_out_of_bounds()
    {
        var failed = await Should.ThrowAsync<Exception>(() => RunningShop.StartAsync(
            new StorageEmulator(), new Dictionary<string, string?> { ["Privacy:FiscalYears"] = "1" }, one.Shop.StorageConnectionString));
        failed.ToString().ShouldContain("Privacy__FiscalYears must be between 6 and 10");
    }

    [Fact]
    public async Task Anyone_may_read_the_policy_and_caches_may_keep_it()
    {
        var response = await one.Shop.Anonymous().CallAsync("GET", "api/privacy/policy");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=300");
        var policy = await response.JsonAsync();
        policy["version"]!.GetValue<string>().ShouldBe(Policy().Version);
        var fiscal = policy["rules"]!.AsArray().Single(rule => rule!["id"]!.GetValue<string>() == "order-fiscal")!;
        fiscal["period"]!.GetValue<string>().ShouldBe("P6Y");
        fiscal["basis"]!.GetValue<string>().ShouldBe("legal_obligation");
        fiscal["heldBy"]!.AsArray().Select(hold => hold!.GetValue<string>()).ShouldBe(["open_order", "open_dispute", "legal_hold"]);
        var email = policy["dataMap"]!.AsArray().Single(row => row!["place"]!.GetValue<string>() == "accounts" && row["kind"]!.GetValue<string>() == "profile")!["properties"]!
            .AsArray().Single(property => property!["name"]!.GetValue<string>() == "Email")!;
        email["class"]!.GetValue<string>().ShouldBe("contact");
        email["rules"]!.AsArray().Select(rule => rule!.GetValue<string>()).ShouldBe(["account"]);
        await (await one.Shop.Anonymous().GetAsync("api/privacy/policy", response.Tag())).ShouldBeUnchangedAsync(response.Tag());
    }

    private static RetentionPolicy Policy(RetentionPeriods? periods = null) => new(periods ?? new(), DataMap.OfShop);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static string Complaint(RetentionPeriods periods)
    {
        var complaints = new List<ValidationResult>();
        Validator.TryValidateObject(periods, new(periods), complaints, validateAllProperties: true).ShouldBeFalse();
        return complaints.ShouldHaveSingleItem().ErrorMessage!;
    }
}
