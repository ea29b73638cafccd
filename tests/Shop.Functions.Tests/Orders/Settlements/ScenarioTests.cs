using System.Collections.Immutable;
using FsCheck.Fluent;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Settlements;

/// <summary>Every scenario ends the same in whatever order its steps are heard, and however often.</summary>
public sealed class ScenarioTests
{
    /// <summary>All orders of up to this many steps are tried; of longer scenarios the generated cases try some.</summary>
    private const int MostPermuted = 6;

    public static TheoryData<string> Names => [.. Scenario.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_comes_to_what_it_should(string name)
    {
        var scenario = Scenario.All[name];
        var settlement = Settlement.Of(Told(scenario.Steps));

        (settlement.Payment, settlement.Fulfilment, settlement.ReviewReason).ShouldBe((scenario.Payment, scenario.Fulfilment, scenario.Review));
        settlement.Refunds.Select(owed => $"{owed.Capture.ObjectId}: {owed.Amount.Amount}").ShouldBe(scenario.Refunds);
        settlement.Captures.Select(owed => $"{owed.Provider} {owed.Attempt}").ShouldBe(scenario.Captures);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_order_of_its_steps_each_heard_twice_comes_to_the_same(string name)
    {
        var steps = Scenario.All[name].Steps;
        var expected = Outcome.Of(Told(steps));
        foreach (var order in Permutations([.. steps.Take(MostPermuted)]))
        {
            ImmutableArray<Func<Order, Order>> told = [.. order, .. steps.Skip(MostPermuted)];
            Outcome.Of(Told([.. told, .. told.Reverse()])).ShouldBe(expected);
        }
    }

    [Fact]
    public void Shuffled_and_repeated_it_comes_to_the_same() => Properties.Holds(
        from name in Gen.Elements(Scenario.All.Keys.AsEnumerable())
        let steps = Scenario.All[name].Steps
        from again in Gen.Elements(steps.AsEnumerable()).ListOf()
        from told in Gen.Shuffle([.. steps, .. again.Take(8)])
        select (name, told: told.ToImmutableArray()),
        it => Outcome.Of(Told(it.told)).ShouldBe(Outcome.Of(Told(Scenario.All[it.name].Steps)), it.name),
        count: 10_000);

    /// <summary>Whatever belongs together or not: two scenarios that happen to one order.</summary>
    [Fact]
    public void Two_scenarios_mixed_in_any_order_come_to_the_same() => Properties.Holds(
        from first in Gen.Elements(Scenario.All.Keys.AsEnumerable())
        from second in Gen.Elements(Scenario.All.Keys.AsEnumerable())
        let steps = Scenario.All[first].Steps.AddRange(Scenario.All[second].Steps)
        from told in Gen.Shuffle([.. steps])
        from retold in Gen.Shuffle([.. steps, .. steps])
        select (first, second, told: told.ToImmutableArray(), retold: retold.ToImmutableArray()),
        it => Outcome.Of(Told(it.retold)).ShouldBe(Outcome.Of(Told(it.told)), $"{it.first} + {it.second}"),
        count: 10_000);

    private static Order Told(ImmutableArray<Func<Order, Order>> steps) => steps.Aggregate(Unpaid, (order, step) => step(order));

    private static IEnumerable<ImmutableArray<T>> Permutations<T>(ImmutableArray<T> items) => items.IsEmpty
        ? [[]]
        : Enumerable.Range(0, items.Length).SelectMany(i => Permutations(items.RemoveAt(i)).Select(rest => rest.Insert(0, items[i])));

    /// <summary>All that must not depend on the order in which things are heard, as text that shows a difference.</summary>
    private static class Outcome
    {
        public static string Of(Order order)
        {
            var settlement = Settlement.Of(order);
            foreach (var fact in order.Ledger) JournalSays(order, fact);
            return string.Join('\n', [
                $"{settlement.Payment} {settlement.Fulfilment} {settlement.MayShip} {settlement.AwaitsPayment} {order.Closed}",
                .. settlement.Concerns.Select(concern => concern.ToString()),
                .. settlement.Refundable.Select(left => $"refundable {left}"),
                .. settlement.Refunds.Select(owed => $"owed {owed.IdempotencyKey}"),
                .. settlement.Captures.Select(owed => $"to capture {owed}"),
                .. order.Ledger.Select(fact => fact.ToString()),
                .. order.Checkouts.Select(checkout => checkout.ToString()).Order(StringComparer.Ordinal),
            ]);
        }

        /// <summary>What the journal says on the way may differ; how each fact ended stands in it, once unless it can come back.</summary>
        private static void JournalSays(Order order, LedgerEntry fact)
        {
            string[] kinds = fact.Status == FactStatus.Open
                ? ["dispute_open", JournalKinds.DisputeReopened]
                : [$"{fact.Kind}_{fact.Status}".ToLowerInvariant()];
            var times = order.Journal.Count(entry => entry.Key == fact.Key && kinds.Contains(entry.Kind));
            times.ShouldBeInRange(1, fact.Kind == FactKind.Dispute ? int.MaxValue : 1, fact.Key);
        }
    }
}
