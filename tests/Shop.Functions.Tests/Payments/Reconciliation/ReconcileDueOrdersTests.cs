using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Payments.Reconciliation;

/// <summary>The schedule: an order in flight is looked at when that is due, whoever ended meanwhile, at a cost that only orders in flight have.</summary>
public sealed class ReconcileDueOrdersTests(StorageEmulator emulator)
{
    [Fact]
    public async Task An_order_whose_webhooks_are_lost_is_looked_at_in_time_and_brought_to_its_end()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.LoseWebhooksAsync();

        await SweepAsync(shop);
        (await shop.CountAsync(StorageNames.OrderChecks)).ShouldBe(0, "it is not due yet");
        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        await SweepAsync(shop);
        await SweepAsync(shop);
        (await shop.CountAsync(StorageNames.OrderChecks)).ShouldBe(1, "once is enough until the next hour");
        await shop.SettleAsync();
        await stage.ShouldBeAsync("paid");
        // Once it is seen that its mails are sent.
        shop.Clock.Advance(ReconciliationSchedule.Grace);
        await shop.LookAtDueAsync();
        (await OpenAsync(shop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_promise_made_by_a_process_that_ended_right_after_it_is_kept()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await stage.LookAsync();
        await stage.LookAsync();
        (await OpenAsync(shop)).ShouldBeEmpty("a paid order that its customer has heard of is in nobody's hands any more");

        var grace = shop.As("grace@example.com", "Shop.Finance");
        await grace.ReadAsync("api/reviews");
        shop.Calls.Reset();
        // On record, find, file, find, replace; and then the message is never sent, nor does anybody ask again.
        shop.Calls.Plan = (6, FaultMoment.Before);
        ((int)(await grace.RefundAsync(stage.OrderId, 1_000)).StatusCode).ShouldBe(500);
        shop.Calls.Reset();
        shop.Clock.Advance(ReconciliationSchedule.Grace);
        await shop.LookAtDueAsync();
        shop.Stripe.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(1_000);
        await shop.SettleRefundsAsync();
        await stage.ShouldBeAsync("partly_refunded");
    }

    [Fact]
    public async Task With_nothing_due_it_costs_one_call_however_many_orders_are_stored()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        for (var i = 0; i < 12; i++) await ada.OrderAsync($"key-{i}");
        var schedule = new ReconciliationSchedule(shop.Tables());
        var now = shop.Clock.GetUtcNow();
        for (var i = 0; i < 3; i++) await schedule.SetAsync(OrderIds.IdOf("in flight", $"{i}"), now.AddSeconds(1), Stop);
        await CostsAsync(shop, 1);

        for (var i = 0; i < 2; i++) await schedule.SetAsync(OrderIds.IdOf("due", $"{i}"), now, Stop);
        await CostsAsync(shop, 1 + (2 * 2));
        await CostsAsync(shop, 1);
    }

    [Fact]
    public async Task Looks_that_are_more_than_an_hour_late_are_told_about()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (schedule, now) = (new ReconciliationSchedule(shop.Tables()), shop.Clock.GetUtcNow());
        await schedule.SetAsync(OrderIds.IdOf("late", "0"), now.AddHours(-1), Stop);
        await SweepAsync(shop);
        shop.Log.Entries.ShouldNotContain(entry => entry.Text.Contains("overdue for a look", StringComparison.Ordinal));

        for (var i = 1; i < 3; i++) await schedule.SetAsync(OrderIds.IdOf("late", $"{i}"), now.AddHours(-1).AddSeconds(-1), Stop);
        await SweepAsync(shop);
        shop.Log.Entries.ShouldContain(entry => entry.Text.StartsWith("2 orders were overdue for a look", StringComparison.Ordinal));
    }

    /// <summary>A table is read by its keys, so the first rows that are found are always those of the same orders.</summary>
    [Fact]
    public async Task Whoever_has_waited_longest_is_looked_at_first_and_all_that_are_overdue_are_counted()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (schedule, now) = (new ReconciliationSchedule(shop.Tables()), shop.Clock.GetUtcNow());
        var ids = Enumerable.Range(0, 40).Select(i => OrderIds.IdOf("late", $"{i}")).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < ids.Count; i++) await schedule.SetAsync(ids[i], now.AddHours(-2).AddMinutes(-i), Stop);
        var due = await schedule.DueAsync(now, now.AddHours(-1), 3, Stop);
        due.Taken().Select(row => row.RowKey).ShouldBe(ids.AsEnumerable().Reverse().Take(3));
        due.Overdue.ShouldBe(ids.Count);
    }

    [Fact]
    public async Task A_look_that_happens_while_the_timer_sends_it_says_when_the_next_one_is()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var schedule = new ReconciliationSchedule(shop.Tables());
        var (id, now) = (OrderIds.IdOf("ada", "key"), shop.Clock.GetUtcNow());
        await schedule.SetAsync(id, now, Stop);
        var read = (await schedule.DueAsync(now, now, 1, Stop)).Taken().ShouldHaveSingleItem();
        await schedule.SetAsync(id, now.AddMinutes(15), Stop);
        await schedule.PostponeAsync(read, now.AddHours(1), Stop);
        (await schedule.FindAsync(id, Stop))!.Due.ShouldBe(now.AddMinutes(15));

        await schedule.RemoveAsync((await schedule.FindAsync(id, Stop))!, Stop);
        await schedule.PostponeAsync(read, now.AddHours(1), Stop);
        (await OpenAsync(shop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_of_an_older_version_is_found_and_moves_to_its_partition()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, now) = (OrderIds.IdOf("ada", "key"), shop.Clock.GetUtcNow());
        await shop.Tables().GetTableClient(StorageNames.OpenOrders).AddEntityAsync(new ReconciliationRow { PartitionKey = "open", RowKey = id, Due = now }, Stop);
        await SweepAsync(shop);
        (await shop.CountAsync(StorageNames.OrderChecks)).ShouldBe(1);
        (await new ReconciliationSchedule(shop.Tables()).FindAsync(id, Stop))!.Due.ShouldBe(now.AddHours(1));
        (await OpenAsync(shop)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_order_that_is_gone_leaves_no_row_behind()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var gone = OrderIds.IdOf("nobody", "nothing");
        await new ReconciliationSchedule(shop.Tables()).SetAsync(gone, shop.Clock.GetUtcNow(), Stop);
        await shop.LookAtAsync(gone);
        await shop.LookAtAsync(gone);
        (await OpenAsync(shop)).ShouldHaveSingleItem("somebody may still be placing it");
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await shop.LookAtAsync(gone);
        (await OpenAsync(shop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_look_does_not_put_off_what_was_filed_because_the_order_is_about_to_change()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var order = await (await shop.Customer()).OrderAsync();
        var (schedule, now) = (new ReconciliationSchedule(shop.Tables()), shop.Clock.GetUtcNow());
        await schedule.SetAsync(order, now + ReconciliationSchedule.Grace, Stop);
        await shop.LookAtAsync(order);
        (await schedule.FindAsync(order, Stop))!.Due.ShouldBe(now + ReconciliationSchedule.Grace);

        // A row that the timer has sent, and one that somebody files while the look is at the order.
        await schedule.SetAsync(order, now.AddHours(1), Stop);
        var read = await schedule.FindAsync(order, Stop);
        await schedule.SetAsync(order, now.AddMinutes(2), Stop);
        await schedule.SettleAsync(order, read, now, now.AddHours(12), isHindered: true, Stop);
        (await schedule.FindAsync(order, Stop))!.ShouldSatisfyAllConditions(row => row.Due.ShouldBe(now.AddMinutes(2)), row => row.IsHindered.ShouldBe(true));
        await schedule.SettleAsync(order, read, now, null, isHindered: false, Stop);
        await schedule.SettleAsync(order, null, now, now.AddMinutes(5), isHindered: false, Stop);
        (await schedule.FindAsync(order, Stop))!.Due.ShouldBe(now.AddMinutes(2));
        await schedule.SettleAsync(order, read, now, now.AddMinutes(1), isHindered: false, Stop);
        (await schedule.FindAsync(order, Stop))!.Due.ShouldBe(now.AddMinutes(1), "earlier harms nobody");
    }

    [Fact]
    public async Task A_row_that_is_filed_again_while_it_is_taken_out_stays()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var schedule = new ReconciliationSchedule(shop.Tables());
        var id = OrderIds.IdOf("ada", "key");
        await schedule.SetAsync(id, shop.Clock.GetUtcNow(), Stop);
        var read = (await schedule.FindAsync(id, Stop))!;
        await schedule.SetAsync(id, shop.Clock.GetUtcNow().AddMinutes(1), Stop);
        await schedule.RemoveAsync(read, Stop);
        (await OpenAsync(shop)).ShouldHaveSingleItem();
        await schedule.RemoveAsync((await schedule.FindAsync(id, Stop))!, Stop);
        (await OpenAsync(shop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Issue_10_15_an_event_that_needs_a_provider_that_does_not_answer_waits_in_the_schedule_and_comes_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await shop.PayByAsync(stage, "stripe");
        await stage.LookAsync();
        // A dispute names the payment and no order: whose it is only Stripe can say.
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.ResetBeforeCommit) { Times = 100, Method = "GET", Path = "/v1/payment_intents/*" });
        await shop.Stripe.OpenDisputeAsync(stage.Books.Single().PaymentIntentId);
        await shop.SettleAsync();
        (await shop.CountAsync(StorageNames.PaymentEvents)).ShouldBe(0, "the platform takes a message that waits for work to do now");
        (await OpenAsync(shop)).ShouldHaveSingleItem();

        await SweepAsync(shop);
        (await shop.CountAsync(StorageNames.PaymentEvents)).ShouldBe(0, "it is not due yet");
        shop.Stripe.Faults.Clear();
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(shop);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("disputed");

        // Its goods are held now, and what is taken off the list of what is to be sent is looked at once more.
        shop.Clock.Advance(ReconciliationSchedule.Grace);
        await SweepAsync(shop);
        await shop.SettleAsync();
        (await OpenAsync(shop)).ShouldBeEmpty();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task SweepAsync(RunningShop shop) => shop.Host.InvokeAsync(ReconcileDueOrders.FunctionName, "", Stop);

    private static async Task CostsAsync(RunningShop shop, int calls)
    {
        shop.Calls.Reset();
        await SweepAsync(shop);
        shop.Calls.Calls.Count.ShouldBe(calls, string.Join('\n', shop.Calls.Calls));
    }

    private static async Task<List<string>> OpenAsync(RunningShop shop) =>
        [.. (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.OpenOrders))).Select(row => row.RowKey)];
}
