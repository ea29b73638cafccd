using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Listing;

/// <summary>Whoever writes an order's state into the list late covers nothing newer, however much has happened to the order.</summary>
public sealed class ListedStatesTests(StorageEmulator emulator)
{
    private static readonly Order Paid = Unpaid.With(Capture());

    [Theory]
    [InlineData(1, 2)]
    [InlineData(9, 10)]
    [InlineData(199, 200)]
    [InlineData(200, 201)]
    [InlineData(399, 400)]
    [InlineData(10_000, 10_150)]
    public void Of_two_writers_who_come_in_any_order_the_later_state_is_shown(int earlier, int later)
    {
        var (before, after) = (Of(Unpaid, earlier), Of(Paid, later));
        before.Name.ShouldNotBe(after.Name);
        foreach (var row in new[] { new[] { before, after }, [after, before] })
            ListedState.Parse(ListedStates.LatestOf([("Number", "7K2Q"), .. row])!).ShouldBe(ListedState.Of(Paid));
    }

    [Fact]
    public void A_row_has_room_for_all_places()
    {
        var names = Enumerable.Range(0, 5_000).Select(version => Of(Paid, version).Name).Distinct().ToList();
        names.Count.ShouldBeLessThan(240, "a table's row has 252 properties");
        names.ShouldAllBe(name => name.Length == "State0000".Length);
        Of(Paid, 7).ShouldBe(("State0007", "Paid|Unfulfilled|False"));
    }

    [Fact]
    public async Task A_full_journal_lists_each_change_under_its_own_version()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var shop = await RunningShop.StartAsync(emulator);
        var id = await (await shop.Customer()).OrderAsync();
        var (store, index) = (new OrderStore(shop.Tables()), new OrderIndex(shop.Tables()));
        var full = await store.ChangeAsync(id, order => Enumerable.Range(0, 2 * Order.MostJournalEntries)
            .Aggregate(order, (current, i) => current.With(new JournalEntry(Noon.AddSeconds(i), JournalKinds.PaymentStarted))), stop);
        var cancelled = await store.ChangeAsync(id, order => order.Cancel(Noon), stop);
        cancelled!.Version.ShouldBe(full!.Version + 1);
        await index.WriteAsync(cancelled, stop);
        await index.WriteAsync(full, stop);
        var (listed, _) = await index.PageAsync(full.AccountId, OrderFilter.Everything, 1, null, stop);
        listed.ShouldHaveSingleItem().Cancelled.ShouldBeTrue();
        // As a version before this one has left it, whose list counted the steps.
        var old = OrderEntity.Of(full);
        old.Version = null;
        old.ToOrder().Version.ShouldBe(2 * Order.MostJournalEntries + 1);
    }

    private static (string Name, string? State) Of(Order order, int version) => ListedStates.Of(order with { Version = version });
}
