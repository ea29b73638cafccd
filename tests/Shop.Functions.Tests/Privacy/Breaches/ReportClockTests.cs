using Shop.Functions.Privacy.Breaches;
using static Shop.Functions.Tests.Privacy.Breaches.SampleBreaches;

namespace Shop.Functions.Tests.Privacy.Breaches;

/// <summary>The 72 hours of Article 33(1), to the second.</summary>
public sealed class ReportClockTests
{
    [Theory]
    [InlineData("-00:05:00", 72)]
    [InlineData("00:00:00", 72)]
    [InlineData("23:59:59", 72)]
    [InlineData("1.00:00:00", 48)]
    [InlineData("1.23:59:59", 48)]
    [InlineData("2.00:00:00", 24)]
    [InlineData("2.19:59:59", 24)]
    [InlineData("2.20:00:00", 4)]
    [InlineData("3.00:00:00", 4)]
    [InlineData("3.00:00:01", 0)]
    [InlineData("3.23:59:59", 0)]
    [InlineData("4.00:00:00", -24)]
    [InlineData("400.00:00:00", -397 * 24)]
    public void One_alert_is_true_at_a_time_and_from_its_hour_on(string since, int hoursLeft)
    {
        var now = Aware + TimeSpan.Parse(since, System.Globalization.CultureInfo.InvariantCulture);
        ReportClock.AlertOf(New, now).ShouldBe(hoursLeft);
        var state = hoursLeft <= 0 ? ReportState.Overdue : ReportState.Running;
        ReportClock.StateOf(New, now).ShouldBe(state);
        ReportClock.PeopleStateOf(New, now).ShouldBe(state);
    }

    [Fact]
    public void The_clock_stops_when_it_is_reported_and_when_it_need_not_be()
    {
        var later = Aware.AddDays(30);
        foreach (var (report, state) in new (AuthorityReport, ReportState)[]
        {
            (new(Aware.AddHours(72)), ReportState.Reported),
            (new(Aware.AddHours(72).AddSeconds(1), LateReason: "A strike."), ReportState.ReportedLate),
            (new(NotNeededReason: "data_unintelligible"), ReportState.NotNeeded),
        })
        {
            var breach = New with { ReportedToAuthority = report };
            ReportClock.StateOf(breach, later).ShouldBe(state);
            ReportClock.AlertOf(breach, later).ShouldBe(-27 * 24, "the people affected have a clock too");
            ReportClock.AlertOf(breach with { ToldPeople = new(later, "By letter.") }, later).ShouldBeNull();
        }
    }

    [Fact]
    public void People_are_told_in_time_late_or_need_not_be()
    {
        var later = Aware.AddDays(30);
        foreach (var (told, state) in new (PeopleTold, ReportState)[]
        {
            (new(Aware.AddHours(72), "By mail."), ReportState.Reported),
            (new(Aware.AddHours(72).AddSeconds(1), "By mail."), ReportState.ReportedLate),
            (new(NotNeededReason: "data_unintelligible"), ReportState.NotNeeded),
            (new(), ReportState.Overdue),
        })
        {
            var breach = New with { ToldPeople = told };
            ReportClock.PeopleStateOf(breach, later).ShouldBe(state);
            ReportClock.AlertOf(breach, later).ShouldBe(-27 * 24, "the authority is not answered for");
        }
    }

    [Fact]
    public void A_report_that_says_nothing_yet_stops_nothing() =>
        ReportClock.StateOf(New with { ReportedToAuthority = new() }, Aware.AddHours(73)).ShouldBe(ReportState.Overdue);
}
