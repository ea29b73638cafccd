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
        await RaceAsync(shop, request => IsOrderWrite(request) && Interlocked.Increment(ref seen) == write, () => shop.LookAtAsync(stage.OrderId), async () =>
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

        await RaceAsync(shop, IsTo("/expire"), () => shop.LookAtAsync(stage.OrderId), () => shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds));
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

        await RaceAsync(shop, IsOrderWrite, () => ApplyAllAsync(shop, first), () => ApplyAllAsync(shop, second));
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
        var stage = await PaidAsync(shop);
        await shop.Stripe.RefundAsync(stage.Books[0].PaymentIntentId, 1_000);
        var refund = await shop.TakeEventsAsync();
        await shop.Stripe.OpenDisputeAsync(stage.Books[0].PaymentIntentId);
        var dispute = await shop.TakeEventsAsync();

        await RaceAsync(shop, IsOrderWrite, () => ApplyAllAsync(shop, refund), () => ApplyAllAsync(shop, dispute));
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

        await RaceAsync(
            shop,
            request => request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/orders", StringComparison.Ordinal),
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

        await RaceAsync(shop, atStripe ? IsTo("/v1/checkout/sessions") : IsOrderWrite, StartAsync, StartAsync);
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
        Task ApplyAsync() => ApplyAllAsync(shop, events);
        Task LookAsync() => shop.LookAtAsync(stage.OrderId);

        await RaceAsync(shop, IsOrderWrite, eventFirst ? ApplyAsync : LookAsync, eventFirst ? LookAsync : ApplyAsync);
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
        await ApplyAllAsync(shop, await shop.TakeEventsAsync());

        await RaceAsync(
            shop,
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
        Task PayAsync() => ApplyAllAsync(shop, paid);
        async Task CancelAsync() => (await stage.Person.CancelAsync(stage.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await RaceAsync(shop, IsOrderWrite, paymentFirst ? PayAsync : CancelAsync, paymentFirst ? CancelAsync : PayAsync);
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

        await RaceAsync(
            shop,
            IsTo("/v1/checkout/sessions"),
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
        var stage = await PaidAsync(shop);
        var answers = new List<HttpStatusCode>();
        Func<Task> Refund(string who) => async () => answers.Add((await shop.As(who, "Shop.Finance").RefundAsync(stage.OrderId, 40_000, who)).StatusCode);

        await RaceAsync(shop, IsOrderWrite, Refund("grace@example.com"), Refund("heidi@example.com"));
        answers.ShouldBe([HttpStatusCode.Accepted, HttpStatusCode.Conflict]);
        await shop.SettleAsync();
        shop.Stripe.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(40_000);
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Two_looks_at_once_make_a_promised_refund_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await PaidAsync(shop);
        (await shop.As("grace@example.com", "Shop.Finance").RefundAsync(stage.OrderId, 40_000)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await RaceAsync(shop, IsTo("/v1/refunds"), () => shop.LookAtAsync(stage.OrderId), () => shop.LookAtAsync(stage.OrderId));
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
        var stage = await PaidAsync(shop);
        HttpStatusCode shipped = default, cancelled = default;
        async Task ShipAsync() => shipped = (await shop.As("fred@example.com", "Shop.Fulfilment").ShipAsync(stage.OrderId)).StatusCode;
        async Task CancelAsync() => cancelled = (await stage.Person.CancelAsync(stage.OrderId)).StatusCode;

        await RaceAsync(shop, IsOrderWrite, parcelFirst ? ShipAsync : CancelAsync, parcelFirst ? CancelAsync : ShipAsync);
        // Whoever was held loses: the other went through meanwhile.
        (shipped, cancelled).ShouldBe(parcelFirst ? (HttpStatusCode.Conflict, HttpStatusCode.OK) : (HttpStatusCode.Created, HttpStatusCode.Conflict));
        var order = await shop.OrderAsync(stage.OrderId);
        (order.Closed is null).ShouldBe(order.Shipments.Length == 1);
        await shop.SettleAsync();
        await shop.ShouldHoldAsync();
    }

    private static async Task<Stage> PaidAsync(RunningShop shop)
    {
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        return stage;
    }

    private static async Task ApplyAllAsync(RunningShop shop, List<string> events)
    {
        foreach (var text in events) await shop.ApplyAsync(text);
    }

    private static bool IsOrderWrite(HttpRequestMessage request) =>
        request.Method != HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("/orders(", StringComparison.Ordinal);

    private static Func<HttpRequestMessage, bool> IsTo(string path) =>
        request => request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith(path, StringComparison.Ordinal);

    /// <summary>Holds <paramref name="first"/> at the call that fits, runs <paramref name="second"/>, and lets the first go on.</summary>
    internal static async Task RaceAsync(RunningShop shop, Func<HttpRequestMessage, bool> fits, Func<Task> first, Func<Task> second)
    {
        var gate = shop.Calls.Hold(fits);
        var held = first();
        try
        {
            await gate.ArrivedAsync();
            await second();
        }
        finally
        {
            gate.Open();
            await held;
        }
    }
}
