using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Tests.Platform.RateLimiting;

public sealed class RateRuleTests
{
    [Theory]
    [InlineData(1, "2026-03-02T09:59:59Z", "2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z")]
    [InlineData(1, "2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z")]
    [InlineData(24, "2026-03-02T23:59:59Z", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z")]
    [InlineData(24, "2026-06-02T00:30:00+01:00", "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z")]
    public void Spans_follow_each_other_from_midnight_utc(int hours, string at, string start, string end) =>
        new RateRule("use", 1, TimeSpan.FromHours(hours)).SpanAt(Time(at)).ShouldBe(new(Time(start), Time(end)));

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(0, 2, 3)]
    [InlineData(2, 0, 3)]
    [InlineData(3, 0, null)]
    [InlineData(2, 1, null)]
    [InlineData(9, 0, null)]
    public void What_is_stored_and_what_is_not_count_together(int stored, int unstored, int? next) =>
        new RateRule("use", 3, TimeSpan.FromHours(1)).Next(stored, unstored).ShouldBe(next);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
