using System.Net;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>Two at once on one order where one of them is staff, or cancels it.</summary>
public sealed class StaffAtOnceTests(StorageEmulator emulator)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payment_and_a_cancellation_at_once_end_with_the_money_back(bool paymentFirst)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        var paid = await shop.TakeEventsAsync();
        Task PayAsync() => shop.ApplyAllAsync(paid);
        async Task CancelAsync() => (await stage.Person.CancelAsync(stage.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await shop.RaceAsync(Race.IsOrderWrite, paymentFirst ? PayAsync : CancelAsync, paymentFirst ? CancelAsync : PayAsync);
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        await stage.ShouldBeAsync("refunded");
        stage.Books.ShouldHaveSingleItem().Refunded.ShouldBe(59_760);
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_page_that_is_opened_while_the_order_is_cancelled_is_closed_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        HttpResponseMessage? started = null;

        await shop.RaceAsync(
            Race.IsPostTo("/v1/checkout/sessions"),
            async () => started = await stage.Person.StartPaymentAsync(stage.OrderId),
            async () => (await stage.Person.CancelAsync(stage.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK));
        await started!.ShouldBeProblemAsync(HttpStatusCode.Conflict, "order-closed");
        await stage.LookAsync();
        shop.Stripe.Sessions.ShouldHaveSingleItem().Status.ShouldBe("expired");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Two_of_the_staff_cannot_promise_more_than_is_left()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await Stage.PaidAsync(shop);
        var answers = new List<HttpStatusCode>();
        Func<Task> Refund(string who) => async () => answers.Add((await shop.As(who, "Shop.Finance").RefundAsync(stage.OrderId, 40_000, who)).StatusCode);

        await shop.RaceAsync(Race.IsOrderWrite, Refund("grace@example.com"), Refund("heidi@example.com"));
        answers.ShouldBe([HttpStatusCode.Accepted, HttpStatusCode.Conflict]);
        await shop.SettleAsync();
        shop.Stripe.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(40_000);
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Two_looks_at_once_make_a_promised_refund_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await Stage.PaidAsync(shop);
        (await shop.As("grace@example.com", "Shop.Finance").RefundAsync(stage.OrderId, 40_000)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await shop.RaceAsync(Race.IsPostTo("/v1/refunds"), () => shop.LookAtAsync(stage.OrderId), () => shop.LookAtAsync(stage.OrderId));
        await shop.SettleAsync();
        shop.Stripe.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(40_000);
        await shop.ShouldHoldAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_parcel_and_a_cancellation_at_once_one_happens(bool parcelFirst)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await Stage.PaidAsync(shop);
        HttpStatusCode shipped = default, cancelled = default;
        async Task ShipAsync() => shipped = (await shop.As("fred@example.com", "Shop.Fulfilment").ShipAsync(stage.OrderId)).StatusCode;
        async Task CancelAsync() => cancelled = (await stage.Person.CancelAsync(stage.OrderId)).StatusCode;

        await shop.RaceAsync(Race.IsOrderWrite, parcelFirst ? ShipAsync : CancelAsync, parcelFirst ? CancelAsync : ShipAsync);
        // Whoever was held loses: the other went through meanwhile.
        (shipped, cancelled).ShouldBe(parcelFirst ? (HttpStatusCode.Conflict, HttpStatusCode.OK) : (HttpStatusCode.Created, HttpStatusCode.Conflict));
        var order = await shop.OrderAsync(stage.OrderId);
        (order.Closed is null).ShouldBe(order.Shipments.Length == 1);
        await shop.SettleAsync();
        await shop.ShouldHoldAsync();
    }
}
