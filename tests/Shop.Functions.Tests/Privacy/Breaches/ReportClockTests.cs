using Shop.Functions.Privacy.Breaches;
using static Shop.Functions.Tests.Privacy.Breaches.SampleBreaches;

namespace Shop.Functions.Tests.Privacy.Breaches;

/// <summary>The 72 hours of Article 33(1), to the second.</summary>
public sealed class ReportClockTests
{
    [Theory]
    [InlineData("00:00:00", "")]
    [InlineData("23:59:59", "")]
    [InlineData("1.00:00:00", "48")]
    [InlineData("1.23:59:59", "48")]
    [InlineData("2.00:00:00", "48 24")]
    [InlineData("2.19:59:59", "48 24")]
    [InlineData("2.20:00:00", "48 24 4")]
    [InlineData("3.00:00:00", "48 24 4")]
    [InlineData("3.00:00:01", "48 24 4 0")]
    [InlineData("400.00:00:00", "48 24 4 0")]
    public void Alerts_are_due_from_their_hour_on(string since, string due)
    {
        var now = Aware + TimeSpan.Parse(since, System.Globalization.CultureInfo.InvariantCulture);
        string.Join(' ', ReportClock.DueAlerts(New, now)).ShouldBe(due);
        ReportClock.StateOf(New, now).ShouldBe(due.EndsWith(" 0", StringComparison.Ordinal) ? ReportState.Overdue : ReportState.Running);
    }

    [Fact]
    public void The_clock_stops_when_it_is_reported_and_when_it_need_not_be()
    {
        var later = Aware.AddDays(30);
        foreach (var (report, state) in new (AuthorityReport, ReportState)[]
        {
            (new(Aware.AddHours(72)), ReportState.Reported),
            (new(Aware.AddHours(72).AddSeconds(1), LateReason: "A strike."), ReportState.ReportedLate),
            (new(NotNeededReason: "The disk was encrypted."), ReportState.NotNeeded),
        })
        {
            var breach = New with { ReportedToAuthority = report };
            ReportClock.StateOf(breach, later).ShouldBe(state);
            ReportClock.DueAlerts(breach, later).ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_report_that_says_nothing_yet_stops_nothing() =>
        ReportClock.StateOf(New with { ReportedToAuthority = new() }, Aware.AddHours(73)).ShouldBe(ReportState.Overdue);
}
