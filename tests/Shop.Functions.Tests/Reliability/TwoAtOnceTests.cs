using System.Net;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>
/// Two handlers on one order, with storage's real tags: the first is held between its read and its write, the second
/// runs from beginning to end, and then the first goes on with what it had read.
/// </summary>
public sealed class TwoAtOnceTests(StorageEmulator emulator)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_payment_that_arrives_while_the_order_is_given_up_pays_it(int write)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.OverstayAsync();
        var other = await shop.OpenUnnotedPageAsync(stage.OrderId, attempt: 2);
        var seen = 0;

        // The first write notes that the page is closed, the second that the order is.
        await shop.RaceAsync(request => Race.IsOrderWrite(request) && Interlocked.Increment(ref seen) == write, () => shop.LookAtAsync(stage.OrderId), async () =>
        {
            await shop.Stripe.PayAsync(other, PaymentOutcome.Succeeds);
            foreach (var text in await shop.TakeEventsAsync()) await shop.ApplyAsync(text);
        });

        await stage.ShouldBeAsync("paid");
        (await shop.OrderAsync(stage.OrderId)).Closed.ShouldBeNull();
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_customer_who_pays_just_before_the_page_is_closed_has_paid()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.OverstayAsync();

        await shop.RaceAsync(Race.IsPostTo("/expire"), () => shop.LookAtAsync(stage.OrderId), () => shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds));
        await stage.ShouldBeAsync("paid");
        await shop.SettleAsync();
        await stage.ShouldBeAsync("paid");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Of_two_payments_that_are_applied_at_once_one_is_kept()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        var first = await shop.TakeEventsAsync();
        await shop.Stripe.PayAsync(await shop.OpenUnnotedPageAsync(stage.OrderId, attempt: 2), PaymentOutcome.Succeeds);
        var second = await shop.TakeEventsAsync();

        await shop.RaceAsync(Race.IsOrderWrite, () => shop.ApplyAllAsync(first), () => shop.ApplyAllAsync(second));
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();

        await stage.ShouldBeAsync("paid");
        stage.Books.Select(book => book.Charged - book.Refunded).Order().ShouldBe([0, 59_760]);
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_refund_and_a_dispute_that_are_applied_at_once_both_count()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await Stage.PaidAsync(shop);
        await shop.Stripe.RefundAsync(stage.Books[0].PaymentIntentId, 1_000);
        var refund = await shop.TakeEventsAsync();
        await shop.Stripe.OpenDisputeAsync(stage.Books[0].PaymentIntentId);
        var dispute = await shop.TakeEventsAsync();

        await shop.RaceAsync(Race.IsOrderWrite, () => shop.ApplyAllAsync(refund), () => shop.ApplyAllAsync(dispute));
        (await shop.OrderAsync(stage.OrderId)).Ledger.Select(fact => fact.Kind).Order().ShouldBe([FactKind.Capture, FactKind.Refund, FactKind.Dispute]);
        await stage.ShouldBeAsync("disputed");
        await shop.SettleAsync();
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task The_same_order_placed_twice_at_once_is_one_order()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        HttpResponseMessage? first = null;
        HttpResponseMessage? second = null;

        await shop.RaceAsync(
            Race.IsPostTo("/orders"),
            async () => first = await ada.SendAsync(Api.PlaceOrder("key-1"), TestContext.Current.CancellationToken),
            async () => second = await ada.SendAsync(Api.PlaceOrder("key-1"), TestContext.Current.CancellationToken));

        first!.StatusCode.ShouldBe(HttpStatusCode.Created);
        first.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        second!.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await first.JsonAsync())["id"]!.GetValue<string>().ShouldBe((await second.JsonAsync())["id"]!.GetValue<string>());
        (await shop.OrdersAsync()).Count.ShouldBe(1);
        await shop.ShouldHoldAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payment_started_twice_at_once_has_one_page(bool atStripe)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        var pages = new List<string>();
        async Task StartAsync() => pages.Add(await stage.Person.CheckoutAsync(stage.OrderId));

        await shop.RaceAsync(atStripe ? Race.IsPostTo("/v1/checkout/sessions") : Race.IsOrderWrite, StartAsync, StartAsync);
        pages.Distinct().ShouldHaveSingleItem();
        shop.Stripe.Sessions.Count.ShouldBe(1);
        (await shop.OrderAsync(stage.OrderId)).Checkouts.ShouldHaveSingleItem().State.ShouldBe(CheckoutState.Open);
        await shop.ShouldHoldAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_event_and_a_look_that_learn_the_same_change_the_order_once(bool eventFirst)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        var events = await shop.TakeEventsAsync();
        Task ApplyAsync() => shop.ApplyAllAsync(events);
        Task LookAsync() => shop.LookAtAsync(stage.OrderId);

        await shop.RaceAsync(Race.IsOrderWrite, eventFirst ? ApplyAsync : LookAsync, eventFirst ? LookAsync : ApplyAsync);
        await stage.ShouldBeAsync("paid");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_list_is_not_put_back_by_a_writer_who_is_late()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.ApplyAllAsync(await shop.TakeEventsAsync());

        await shop.RaceAsync(
            request => request.Method != HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("/accounts(", StringComparison.Ordinal),
            () => shop.LookAtAsync(stage.OrderId),
            async () =>
            {
                await shop.Stripe.RefundAsync(stage.Books[0].PaymentIntentId);
                await shop.SettleRefundsAsync();
            });

        (await stage.Person.ReadAsync("api/orders"))["items"]![0]!["payment"]!["status"]!.GetValue<string>().ShouldBe("refunded");
        await shop.ShouldHoldAsync();
    }
}
