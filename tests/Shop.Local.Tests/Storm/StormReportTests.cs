using System.Collections.Immutable;
using Shop.Local.Storm;

namespace Shop.Local.Tests.Storm;

/// <summary>What a storm says of itself while it goes on and at its end.</summary>
public sealed class StormReportTests
{
    private static readonly Uri Order = new("http://127.0.0.1:9200/api/orders/7KQ2-M4XR-9TBD/shipments/1/restock");

    [Fact]
    public void A_percentile_is_the_smallest_value_that_so_many_do_not_exceed()
    {
        double[] hundred = [.. Enumerable.Range(1, 100).Select(number => (double)number)];
        StormTimings.Percentile(hundred, 0.5).ShouldBe(50);
        StormTimings.Percentile(hundred, 0.95).ShouldBe(95);
        StormTimings.Percentile(hundred, 0.99).ShouldBe(99);
        StormTimings.Percentile([3, 8], 0.5).ShouldBe(3);
        StormTimings.Percentile([3, 8], 0.99).ShouldBe(8);
        StormTimings.Percentile([3], 0.01).ShouldBe(3);
        StormTimings.Percentile([], 0.5).ShouldBe(0);
    }

    [Theory]
    [InlineData("api/orders", "GET /api/orders")]
    [InlineData("api/orders?limit=50", "GET /api/orders")]
    [InlineData("api/orders/7KQ2-M4XR/payments/confirm", "GET /api/orders/{}/payments/confirm")]
    [InlineData("api/orders/7KQ2-M4XR/shipments/1/restock", "GET /api/orders/{}/shipments/{}/restock")]
    [InlineData("api/stock/STORM-1/adjustments", "GET /api/stock/{}/adjustments")]
    [InlineData("checkout/cs_test_1", "GET a payment page")]
    [InlineData("sandbox/faults/api", null)]
    [InlineData("admin/clock", null)]
    [InlineData("token-for", null)]
    public void Calls_are_told_by_what_they_are_for_and_not_by_whom(string path, string? kind) =>
        StormTimings.KindOf(HttpMethod.Get, new Uri($"http://127.0.0.1:9200/{path}")).ShouldBe(kind);

    [Fact]
    public void What_was_answered_for_good_is_timed_and_the_rest_is_counted()
    {
        var timings = new StormTimings();
        foreach (var milliseconds in (int[])[30, 10, 20]) timings.Note(HttpMethod.Put, Order, TimeSpan.FromMilliseconds(milliseconds), isForGood: true);
        timings.Note(HttpMethod.Put, Order, TimeSpan.FromSeconds(9), isForGood: false);
        timings.NoteUnanswered(HttpMethod.Put, Order);
        timings.NoteUnanswered(HttpMethod.Put, Order);

        timings.Figures().ShouldBe([new("PUT /api/orders/{}/shipments/{}/restock", 3, 20, 30, 30, Refused: 1, Unanswered: 2)]);
        timings.Answers.ShouldBe(4);
        timings.Retries.ShouldBe(3);
        StormReport.OfCalls(timings.Figures()).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(
        [
            "milliseconds to an answer calls p50 p95 p99 not now no answer",
            "PUT /api/orders/{}/shipments/{}/restock 3 20 30 30 1 2",
            "all 3 1 2",
        ]);
    }

    [Fact]
    public void Progress_is_one_line_of_what_has_happened_so_far()
    {
        var faults = ImmutableSortedDictionary<StormFault, int>.Empty.Add(StormFault.ShopKilled, 2).Add(StormFault.ClockMoved, 1);
        var progress = new StormProgress(TimeSpan.FromSeconds(130), 10, null, 87, 80, 71, 5120, 31, 61, faults, TimeSpan.FromMinutes(390), 0);

        progress.ToString().ShouldBe(
            "  2:10 of 10:00, violations 0, orders 87 begun 80 done 71 settled, answers 5120 again 31, small faults 61, shop killed 2, app killed 0, storage restarted 0, provider away 0, clock +6.5 h");
        (progress with { Minutes = null, Orders = 200, Violations = 3 }).ToString().ShouldStartWith("  2:10, violations 3, orders 87 of 200 begun");
    }

    [Fact]
    public void In_a_terminal_progress_is_one_line_that_is_written_anew()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = new StormConsole(output, () => 6);
        console.Show("one and more");
        console.Show("two");
        console.Print("a line");
        console.Show("three");

        output.ToString().ShouldBe("one a\r     \rtwo\r   \ra line\nthree");
    }

    [Fact]
    public void Elsewhere_each_is_a_line_of_its_own()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = new StormConsole(output, null);
        console.Show("one and more");
        console.Print("a line");

        output.ToString().ShouldBe("one and more\na line\n");
    }

    [Fact]
    public void A_dead_letter_is_expected_where_something_was_away_and_else_not()
    {
        new StatedLetter("order-checks.1", "order-checks", null).IsExpected.ShouldBeTrue("the process was killed each time");
        new StatedLetter("order-checks.1", "order-checks", "RequestFailedException").IsExpected.ShouldBeTrue();
        new StatedLetter("order-checks.1", "order-checks", "NullReferenceException").IsExpected.ShouldBeFalse();
        StormReport.OfLetters([new("a.1", "a", null), new("b.1", "b", "IOException"), new("b.2", "b", "IOException")], 0).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(["dead letters, because something was away 3", "a: the process ended each time 1", "b: IOException 2", "other dead letters 0"]);
    }
}
