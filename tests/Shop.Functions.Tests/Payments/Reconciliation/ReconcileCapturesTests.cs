using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Orders;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Payments.Reconciliation;

/// <summary>What was told so long ago that no list has it any more is asked for, capture by capture.</summary>
public sealed class ReconcileCapturesTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stripe", "dispute", "disputed")]
    [InlineData("paypal", "dispute", "disputed")]
    [InlineData("stripe", "refund", "refunded")]
    [InlineData("paypal", "refund", "refunded")]
    public async Task After_more_than_a_month_without_a_run_captures_are_asked_about(string provider, string what, string status)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await shop.PayByAsync(stage, provider);
        await shop.ReconcileEventsAsync();
        await CompleteAsync(shop);
        await shop.LosePaymentAsync(provider, what);

        shop.Clock.Advance(TimeSpan.FromDays(45));
        await shop.ReconcileEventsAsync();
        stage = stage with { Person = shop.As("ada@example.com") };
        await stage.ShouldBeAsync("paid");
        var begun = (await shop.ReconciliationAsync(provider))["captures"]!;
        begun["completedAt"].ShouldBeNull();

        await CompleteAsync(shop);
        await stage.ShouldBeAsync(status);
        var done = (await shop.ReconciliationAsync(provider))["captures"]!;
        (done["asked"]!.GetValue<int>(), done["found"]!.GetValue<int>()).ShouldBe((1, 1));
        done["completedAt"].ShouldNotBeNull();
        shop.Log.Entries.ShouldContain(entry => entry.Text.StartsWith($"{provider}: 1 events never came as webhooks", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("stripe", "/v1/disputes")]
    [InlineData("paypal", "/v1/customer/disputes")]
    public async Task Issue_10_7_a_key_that_may_not_read_disputes_is_told_at_once_and_hides_no_refunds(string provider, string path)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        Stage[] stages = [new(shop, shop.As("ada@example.com")), new(shop, shop.As("bob@example.com"))];
        foreach (var stage in stages) await shop.PayByAsync(stage, provider);
        await shop.ReconcileEventsAsync();
        await CompleteAsync(shop);
        foreach (var _ in stages) await shop.LosePaymentAsync(provider, "refund");
        shop.Clock.Advance(TimeSpan.FromDays(45));
        await shop.ReconcileEventsAsync();

        (provider == "stripe" ? shop.Stripe.Faults : shop.PayPal.Faults).Add(new ApiFault(ApiFaultKind.Forbidden) { Path = path, Times = 5 });
        await CompleteAsync(shop);
        await (stages[0] with { Person = shop.As("ada@example.com") }).ShouldBeAsync("refunded");
        await (stages[1] with { Person = shop.As("bob@example.com") }).ShouldBeAsync("refunded");
        (await shop.ReconciliationAsync(provider))["captures"]!["completedAt"].ShouldBeNull("their disputes are still to be asked for");
        shop.Log.Entries.Count(entry => entry.Level == LogLevel.Critical && entry.Text.StartsWith($"{provider} does not let this shop do that: 403", StringComparison.Ordinal)).ShouldBe(1);

        (provider == "stripe" ? shop.Stripe.Faults : shop.PayPal.Faults).Clear();
        await CompleteAsync(shop);
        (await shop.ReconciliationAsync(provider))["captures"]!["completedAt"].ShouldNotBeNull("the key was put right");
    }

    [Fact]
    public void Issue_10_7_what_an_earlier_version_has_begun_as_one_question_goes_on_as_two()
    {
        var stripe = CaptureReconciliation.Begin("stripe", CaptureReconciliation.Question.Refunds, SampleOrders.Noon).Next("o7", 5, 1, SampleOrders.Noon);
        var paypal = CaptureReconciliation.Begin("paypal", CaptureReconciliation.Question.Refunds, SampleOrders.Noon);
        CaptureReconciliation[] both = [paypal, paypal with { About = CaptureReconciliation.Question.Disputes }];
        CaptureReconciliation.MissingOf([stripe, .. both]).ShouldBe([new("stripe", CaptureReconciliation.Question.Disputes, SampleOrders.Noon, "o7", 0, 0, null)]);
        CaptureReconciliation.MissingOf([stripe.Next(null, 0, 0, SampleOrders.Noon), .. both]).ShouldBeEmpty("it asked both, to the end");
    }

    [Fact]
    public async Task It_costs_one_call_when_nothing_is_to_be_asked_about()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await shop.PayByAsync(stage, "stripe");
        await shop.ReconcileEventsAsync();
        await CompleteAsync(shop);
        shop.Calls.Reset();
        await CompleteAsync(shop);
        shop.Calls.Calls.Count(call => !call.EndsWith("/messages", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', shop.Calls.Calls));
    }

    [Fact]
    public async Task It_goes_on_where_it_was_cut_off_and_asks_about_no_order_that_is_too_old()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (store, orders) = (new ReconciliationStore(shop.Tables()), new OrderStore(shop.Tables()));
        var since = SampleOrders.Noon.AddDays(-1);
        for (var number = 0; number < ReconcileCaptures.PageSize + 5; number++) await AddAsync($"{number}", SampleOrders.Noon);
        await AddAsync("old", SampleOrders.Noon.AddDays(-2));
        await store.BeginCapturesAsync("stripe", since, Stop);
        await shop.Tables().GetTableClient(StorageNames.Reconciliation).DeleteEntityAsync(ReconciliationStore.Partition, "captures-stripe-disputes", cancellationToken: Stop);

        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.ServerError) { Times = 100, ShouldRetry = false });
        await shop.Host.InvokeAsync(nameof(ReconcileCaptures), null, Stop);
        (await StateAsync()).ShouldBe((0, false), "Stripe does not answer");
        shop.Stripe.Faults.Clear();

        // What is to be done, a page, its refunds, its end; the next page, and there the process ends.
        shop.Calls.Reset();
        shop.Calls.Plan = (1 + 1 + ReconcileCaptures.PageSize + 1 + 1 + 1, FaultMoment.Before);
        await Should.ThrowAsync<CrashException>(shop.Host.InvokeAsync(nameof(ReconcileCaptures), null, Stop));
        (await StateAsync()).ShouldBe((ReconcileCaptures.PageSize, false));

        shop.Calls.Reset();
        await shop.Host.InvokeAsync(nameof(ReconcileCaptures), null, Stop);
        (await StateAsync()).ShouldBe((ReconcileCaptures.PageSize + 5, true));
        shop.Calls.Calls.Count(call => call == "GET /v1/refunds").ShouldBe(5);

        async Task AddAsync(string name, DateTimeOffset placedAt) => (await orders.AddAsync(
            SampleOrders.Unpaid.With(SampleOrders.Capture()) with { Id = OrderIds.IdOf("ada", name), PlacedAt = placedAt }, Stop)).ShouldNotBeNull();

        async Task<(long, bool)> StateAsync()
        {
            var state = await store.CapturesAsync(Stop);
            state.Select(about => about.About).ShouldBe([CaptureReconciliation.Question.Refunds, CaptureReconciliation.Question.Disputes]);
            return (state[0].Asked, state.All(about => about.CompletedAt is not null));
        }
    }

    [Fact]
    public async Task An_order_that_cannot_be_read_is_told_about_and_holds_up_no_other()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (store, orders) = (new ReconciliationStore(shop.Tables()), new OrderStore(shop.Tables()));
        string[] ids = [.. Enumerable.Range(0, 3).Select(number => OrderIds.IdOf("ada", $"{number}")).Order(StringComparer.Ordinal)];
        foreach (var id in ids) await orders.AddAsync(SampleOrders.Unpaid.With(SampleOrders.Capture()) with { Id = id, PlacedAt = SampleOrders.Noon }, Stop);
        await shop.Tables().GetTableClient(StorageNames.Orders).UpdateEntityAsync(
            new TableEntity(ids[1], OrderEntity.Row) { [nameof(OrderEntity.Ledger)] = "[{" }, ETag.All, TableUpdateMode.Merge, Stop);
        await store.BeginCapturesAsync("stripe", SampleOrders.Noon.AddDays(-1), Stop);

        await shop.Host.InvokeAsync(nameof(ReconcileCaptures), null, Stop);
        foreach (var state in await store.CapturesAsync(Stop)) (state.Asked, state.CompletedAt is not null).ShouldBe((2, true));
        shop.Log.Entries.ShouldContain(entry => entry.Level == LogLevel.Critical && entry.Text.StartsWith($"Order {ids[1]} cannot be read", StringComparison.Ordinal));
    }

    private static async Task CompleteAsync(RunningShop shop)
    {
        await shop.Host.InvokeAsync(nameof(ReconcileCaptures), null, Stop);
        await shop.SettleAsync();
    }
}
