using Shop.Functions.Payments.Reconciliation;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Payments.Reconciliation;

/// <summary>Where a list is read next, and when its mark moves.</summary>
public sealed class EventListProgressTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly EventListProgress Read = EventListProgress.Begin("stripe", Noon) with { ReadTo = Noon };

    [Fact]
    public void The_first_run_reads_all_that_is_listed_and_knows_that_there_was_more()
    {
        var first = EventListProgress.Begin("stripe", Noon);
        first.IsOutOfReach(Noon).ShouldBeTrue();
        first.AffectsOrdersSince.ShouldBe(Noon.AddDays(-210));
        first.NextPeriod(Noon, Patience).ShouldBe(new(Noon.AddDays(-30).AddHours(1), Noon.AddMinutes(-5), null));
    }

    [Fact]
    public void The_next_run_goes_on_from_the_mark_with_an_overlap_and_leaves_webhooks_their_time() =>
        Read.NextPeriod(Noon.AddMinutes(15), Patience).ShouldBe(new(Noon.AddMinutes(-10), Noon.AddMinutes(10), null));

    [Fact]
    public void The_mark_stays_until_the_last_page_has_been_read()
    {
        var later = Noon.AddMinutes(15);
        var period = Read.NextPeriod(later, Patience);
        var half = Read.After(period, "page 2", 100, 1, ["evt_1"], later);
        half.ReadTo.ShouldBe(Noon);
        half.IsBehind(later, Patience).ShouldBeTrue();

        // The same period, also when more has come since.
        half.NextPeriod(later.AddHours(1), Patience).ShouldBe(period with { Place = "page 2" });
        var whole = half.After(half.NextPeriod(later, Patience), null, 20, 0, [], later);
        whole.ReadTo.ShouldBe(period.To);
        whole.Underway.ShouldBeNull();
        whole.IsBehind(later, Patience).ShouldBeFalse();
        (whole.Events, whole.Found, whole.PassedOn.Single()).ShouldBe((120, 1, "evt_1"));
    }

    [Fact]
    public void A_clock_that_goes_back_moves_no_mark_back() => Read.NextPeriod(Noon.AddHours(-1), Patience).To.ShouldBe(Noon);

    [Fact]
    public void After_a_month_without_a_run_something_was_listed_and_is_not_any_more()
    {
        Read.IsOutOfReach(Noon.AddDays(29)).ShouldBeFalse();
        var late = Noon.AddDays(40);
        Read.IsOutOfReach(late).ShouldBeTrue();
        Read.AffectsOrdersSince.ShouldBe(Noon.AddDays(-180));
        Read.NextPeriod(late, Patience).From.ShouldBe(late.AddDays(-30).AddHours(1));
        // What is read in part was found out before.
        Read.After(Read.NextPeriod(late, Patience), "page 2", 1, 0, [], late).IsOutOfReach(late).ShouldBeFalse();
    }

    [Fact]
    public void What_was_passed_on_is_remembered_as_far_as_a_row_can_hold_it()
    {
        var ids = Enumerable.Range(0, 2_000).Select(number => $"evt_{number:D26}").ToList();
        var full = Read.After(Read.NextPeriod(Noon, Patience), null, ids.Count, ids.Count, ids, Noon);
        full.PassedOn[^1].ShouldBe(ids[^1]);
        EventListRow.Of(full).PassedOn.Length.ShouldBeInRange(20_000, 32_768);
        EventListRow.Of(full).ToProgress().PassedOn.ShouldBe(full.PassedOn);
    }
}
