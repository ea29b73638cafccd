using Shop.Functions.Orders;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Tests.Scale;

/// <summary>Whether the shop would do at those loads what docs/cost-and-scale.md concludes from its limits: a day of orders, minute by minute, and the keys that they have.</summary>
public sealed class ScaleSimulationTests
{
    private const int Day = 24 * 60;
    private const int Minutes = 180;

    /// <summary>A batch a run, whatever waits; below the stated load the backlog is worked off, beyond it grows without end.</summary>
    [Theory]
    [InlineData(ReconcileEvents.MostPages * ScaleLimits.EventsOfAPage, 15, ScaleLimits.OverlapSeconds, ScaleLimits.EventsASecond)]
    public void A_timer_keeps_up_to_its_stated_rate_and_not_beyond(int batch, int everyMinutes, int overlapSeconds, double aSecond)
    {
        Backlog(0.95, twiceAtNoon: false).ShouldBeLessThanOrEqualTo(batch);
        Backlog(1.05, twiceAtNoon: false).ShouldBeGreaterThan(2 * batch);
        Backlog(0.8, twiceAtNoon: true).ShouldBeLessThanOrEqualTo(batch, "an hour with twice as many is worked off after it");

        double Backlog(double load, bool twiceAtNoon)
        {
            var waiting = 0.0;
            for (var minute = 0; minute < Day; minute++)
            {
                waiting += load * aSecond * 60 * (twiceAtNoon && minute / 60 == 12 ? 2 : 1);
                if (minute % everyMinutes == everyMinutes - 1) waiting = Math.Max(0, waiting - Math.Max(0, batch - (load * aSecond * overlapSeconds)));
            }

            return waiting;
        }
    }

    /// <summary>By the timer's own decision, over rows as it finds them: by their keys. Each row is a look at another order.</summary>
    [Fact]
    public void Looks_keep_up_to_their_stated_rate_and_beyond_it_everybody_waits_as_long()
    {
        var calm = Looks(0.95);
        (calm.Backlog, calm.LongestWait).ShouldBe((0, 0));
        var noon = Looks(0.8, twiceInTheMiddle: true);
        noon.Backlog.ShouldBe(0, "half an hour with twice as many is worked off after it");
        var crowded = Looks(1.2);
        crowded.Backlog.ShouldBe(ReconcileDueOrders.Most / 5 * Minutes);
        // As long as the backlog takes, whatever the order's first character: nobody is passed over.
        crowded.LongestWait.ShouldBeLessThanOrEqualTo((crowded.Backlog / ReconcileDueOrders.Most) + 1);
        crowded.Waiting.CountBy(row => row.PartitionKey).Max(partition => partition.Value).ShouldBeLessThan(2 * crowded.Backlog / 32);
    }

    /// <param name="load">Of the stated rate.</param>
    /// <returns>What waits in the end, and for how many minutes whoever waited longest did, or does.</returns>
    private static (int Backlog, int LongestWait, IReadOnlyCollection<ReconciliationRow> Waiting) Looks(double load, bool twiceInTheMiddle = false)
    {
        var start = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
        var waiting = new SortedSet<ReconciliationRow>(Comparer<ReconciliationRow>.Create((one, other) => string.CompareOrdinal(one.RowKey, other.RowKey)));
        var longest = 0;
        for (var minute = 0; minute < Minutes; minute++)
        {
            var now = start.AddMinutes(minute);
            var coming = (int)Math.Round(load * ScaleLimits.LooksASecond * 60) * (twiceInTheMiddle && minute is >= 30 and < 60 ? 2 : 1);
            for (var i = 0; i < coming; i++) waiting.Add(ReconciliationRow.Of(OrderIds.IdOf($"minute-{minute}", $"key-{i}"), now));
            var due = new DueRows(ReconcileDueOrders.Most, now);
            foreach (var row in waiting) due.Add(row);
            var taken = due.Taken();
            waiting.ExceptWith(taken);
            longest = Math.Max(longest, taken.Concat(waiting).Max(row => (int)(now - row.Due).TotalMinutes));
        }

        return (waiting.Count, longest, waiting);
    }

    /// <summary>The hottest partition has little more than its share, so that many partitions carry nearly that many times what one does.</summary>
    [Fact]
    public void Orders_spread_evenly_over_the_partitions_that_they_are_counted_on()
    {
        var ids = Enumerable.Range(0, 20_000).Select(i => OrderIds.IdOf($"customer-{i % 700}", $"key-{i}")).ToList();
        Hottest(ids.Select(ReconciliationRow.PartitionOf), 32).ShouldBeLessThan(1.25);
        Hottest(ids.Select(id => RetentionSchedule.PartitionOf(new(2026, 12, 29), id)), RetentionSchedule.Shards).ShouldBeLessThan(1.1);

        double Hottest(IEnumerable<string> partitions, int expected)
        {
            var sizes = partitions.CountBy(partition => partition).ToList();
            sizes.Count.ShouldBe(expected);
            return (double)sizes.Max(size => size.Value) * expected / ids.Count;
        }
    }
}
