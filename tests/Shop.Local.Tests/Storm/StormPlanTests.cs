using Shop.Local.Storm;

namespace Shop.Local.Tests.Storm;

/// <summary>The seed decides what is to happen, whoever asks for it and when.</summary>
public sealed class StormPlanTests
{
    [Fact]
    public void The_same_seed_plans_the_same_orders_in_whatever_order_they_are_asked_for()
    {
        var (plan, backwards) = (new StormPlan(7), new StormPlan(7));
        var orders = Enumerable.Range(0, 200).Select(plan.Order).ToList();

        Enumerable.Range(0, 200).Reverse().Select(backwards.Order).Reverse().ShouldBe(orders);
        Enumerable.Range(0, 200).Select(new StormPlan(8).Order).ShouldNotBe(orders);
        orders.Select(order => order.Number).ShouldBe(Enumerable.Range(0, 200));
        foreach (var tender in Enum.GetValues<Tender>()) orders.ShouldContain(order => order.Tender == tender);
        foreach (var paying in Enum.GetValues<Paying>()) orders.ShouldContain(order => order.Paying == paying);
        foreach (var aftermath in Enum.GetValues<Aftermath>()) orders.ShouldContain(order => order.Aftermath == aftermath);
    }

    [Fact]
    public void Great_faults_of_each_kind_are_spread_over_the_storm()
    {
        var plan = PlannedFault.Plan(5, 3, new Random(7));

        plan.ShouldBe(PlannedFault.Plan(5, 3, new Random(7)));
        plan.Select(fault => fault.At).ShouldBeInOrder();
        plan.ShouldAllBe(fault => fault.At >= 0.1 && fault.At < 0.9 && fault.AndAnswers > 0 && fault.Length > TimeSpan.Zero);
        foreach (var kind in plan.GroupBy(fault => fault.Fault))
        {
            var of = kind.Key == StormFault.ShopKilled ? 5 : 3;
            kind.Select(fault => (int)((fault.At - 0.1) / 0.8 * of)).ShouldBe(Enumerable.Range(0, of), $"{kind.Key} has its own part of the storm each time");
        }

        plan.CountBy(fault => fault.Fault).Count().ShouldBe(Enum.GetValues<StormFault>().Length);
        PlannedFault.Plan(0, 0, new Random(7)).ShouldBeEmpty();
    }

    [Fact]
    public void Some_moves_of_the_clock_are_longer_than_an_order_waits_and_some_are_not()
    {
        var moves = PlannedFault.Plan(0, 50, new Random(7)).Where(fault => fault.Fault == StormFault.ClockMoved).Select(fault => fault.Length).ToList();

        moves.ShouldContain(move => move > StormShop.UnpaidLifetime);
        moves.ShouldContain(move => move < StormShop.UnpaidLifetime);
    }

    [Fact]
    public void A_storm_goes_by_its_orders_or_by_the_clock()
    {
        var byOrders = StormOptions.Of(null, null, 7, null, null, 9200, "", null);
        byOrders.Line.ShouldBe("storm --orders 200 --kills 5 --faults 1 --seed 7");
        byOrders.PartOver(50, TimeSpan.FromHours(1)).ShouldBe(0.25);

        var byTheClock = StormOptions.Of(null, 10, 7, null, null, 9200, "", null);
        byTheClock.Line.ShouldBe("storm --minutes 10 --kills 5 --faults 5 --seed 7");
        byTheClock.PartOver(5_000, TimeSpan.FromMinutes(4)).ShouldBe(0.4);

        StormOptions.Of(60, null, 7, 2, 3, 9200, "", null).Line.ShouldBe("storm --orders 60 --kills 2 --faults 3 --seed 7");
        StormOptions.Of(null, 1, 7, 0, null, 9200, "", null).Line.ShouldBe("storm --minutes 1 --kills 0 --faults 1 --seed 7");
    }
}
