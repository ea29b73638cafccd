using System.Collections.Immutable;
using Shop.Local.Storm;

namespace Shop.Local.Tests.Storm;

/// <summary>A storm in which nothing happens is not without a violation.</summary>
public sealed class StormEvidenceTests
{
    private static readonly ImmutableArray<PlannedFault> Faults = PlannedFault.Plan(1, 1, new Random(7));

    private static readonly ImmutableSortedDictionary<StormFault, int> AllBrought = Enum.GetValues<StormFault>().ToImmutableSortedDictionary(fault => fault, _ => 1);

    private static readonly Dictionary<string, int> EachKind = StormWeather.Kinds.ToDictionary(kind => kind, _ => 1);

    [Fact]
    public void What_was_planned_and_has_happened_is_enough()
    {
        var planned = Plans(3, Aftermath.CameBack);
        StormEvidence.Missing(planned, [Happened(planned[1])], Faults, AllBrought, EachKind, 0).ShouldBeEmpty();
    }

    [Fact]
    public void What_was_planned_and_has_never_happened_is_told()
    {
        var planned = Plans(3, Aftermath.CameBack);
        Missing(planned, Happened(planned[0]) with { Restocked = 0 }).ShouldBe(["3 orders were to be put on the shelf again, and none was"]);
        Missing(planned, Happened(planned[0]) with { Fulfilment = "delivered", Restocked = 0 }).Count.ShouldBe(2);
        Missing(Plans(3, Aftermath.Sent)).ShouldBe(["3 orders were to be paid by Stripe, and none was", "3 orders were to be sent, and none was"]);
        Missing(Plans(2, Aftermath.Sent)).ShouldBeEmpty("two may come to nothing");
    }

    [Fact]
    public void A_great_fault_that_was_left_out_is_told() =>
        StormEvidence.Missing([], [], Faults, AllBrought.SetItem(StormFault.AppKilled, 0), EachKind, 0).ShouldBe(["AppKilled was planned 1 times, and was there 0 times"]);

    [Fact]
    public void After_many_orders_each_small_fault_has_been_there_and_lost_webhooks_were_found()
    {
        var planned = Plans(StormWeather.Kinds.Count * 2, Aftermath.Nothing);
        Deeds[] done = [Happened(planned[0])];
        StormEvidence.Missing(planned, done, Faults, AllBrought, EachKind, 1).ShouldBeEmpty();
        StormEvidence.Missing(planned, done, Faults, AllBrought, EachKind, 0).ShouldHaveSingleItem().ShouldContain("found no event");
        StormEvidence.Missing(planned, done, Faults, AllBrought, new Dictionary<string, int>(EachKind.Skip(1)), 1).ShouldBe([$"there was no {StormWeather.Kinds[0]}"]);
    }

    private static List<string> Missing(PlannedOrder[] planned, params Deeds[] done) => [.. StormEvidence.Missing(planned, done, Faults, AllBrought, EachKind, 0)];

    private static PlannedOrder[] Plans(int count, Aftermath aftermath) =>
        [.. Enumerable.Range(0, count).Select(number => new PlannedOrder(number, 0, 1, Tender.Stripe, Paying.Pays, aftermath, Counted: 2))];

    private static Deeds Happened(PlannedOrder plan) => new("o1", 10_000) { Plan = plan, Paid = true, Fulfilment = "returned", Counted = 2, CountedSent = 2, Restocked = 1 };
}
