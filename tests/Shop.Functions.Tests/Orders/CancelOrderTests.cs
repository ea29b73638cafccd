using System.Net;
using Shop.Functions.Orders;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Orders;

/// <summary>An order ends before anything has left: its pages are closed, its money goes back, whoever is faster.</summary>
public sealed class CancelOrderTests(StorageEmulator emulator)
{
    [Fact]
    public async Task An_unpaid_order_ends_and_its_pages_are_closed_at_both_providers()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        var atPayPal = await stage.Person.PayPalCheckoutAsync(stage.OrderId);
        await shop.PayPal.ApproveAsync(atPayPal);
        await shop.LoseWebhooksAsync();

        var answer = await stage.Person.CancelAsync(stage.OrderId);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        var order = await answer.JsonAsync();
        order["cancelled"]!.GetValue<bool>().ShouldBeTrue();
        order["fulfilment"]!["status"]!.GetValue<string>().ShouldBe("unfulfilled");
        await shop.SettleAsync();

        shop.Stripe.Sessions.ShouldHaveSingleItem().Status.ShouldBe("expired");
        shop.PayPal.Captures.ShouldBeEmpty("what was approved is not taken any more");
        (await shop.OrderAsync(stage.OrderId)).Checkouts.ShouldAllBe(checkout => checkout.IsOver);
        await (await stage.Person.StartPaymentAsync(stage.OrderId)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "order-closed");
        (await stage.Person.ReadAsync("api/orders"))["items"]![0]!["cancelled"]!.GetValue<bool>().ShouldBeTrue();
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_paid_order_ends_and_all_of_it_goes_back()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await Stage.PaidAsync(shop);
        (await stage.Person.CancelAsync(stage.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        stage.Books.ShouldHaveSingleItem().Refunded.ShouldBe(59_760);
        await stage.ShouldBeAsync("refunded");
        var told = (await stage.Person.ReadAsync($"api/orders/{stage.OrderId}/tracking"))["events"]!.AsArray().Select(step => step!["kind"]!.GetValue<string>()).ToList();
        told.ShouldContain("cancelled");
        told[^1].ShouldBe("refunded");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Staff_say_why_they_take_back_a_sale_and_the_order_tells_who_and_why()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await Stage.PaidAsync(shop);
        var grace = shop.As("grace@example.com", "Shop.Finance");
        (await (await grace.CancelAsync(stage.OrderId)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid"))["errors"]!["reason"].ShouldNotBeNull();
        foreach (var wrong in new object[] { new { reason = "Ada called" }, new { note = "Ada called" }, new { reason = "other", note = " " } })
            await (await grace.CancelAsync(stage.OrderId, wrong)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        await (await stage.Person.CancelAsync(stage.OrderId, new { reason = "other" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        (await shop.OrderAsync(stage.OrderId)).Closed.ShouldBeNull();

        (await grace.CancelAsync(stage.OrderId, new { reason = "out_of_stock", note = "Ada knows" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var entry = (await shop.OrderAsync(stage.OrderId)).Journal.Single(entry => entry.Kind == JournalKinds.Cancelled);
        (entry.Role, entry.Reason, entry.Note).ShouldBe(("finance", "out_of_stock", "Ada knows"));
        entry.By.ShouldNotBeNullOrEmpty();
        foreach (var path in new[] { $"api/orders/{stage.OrderId}", $"api/orders/{stage.OrderId}/tracking" })
            (await stage.Person.ReadAsync(path)).ToJsonString().ShouldNotContain(entry.By);
        (await grace.CancelAsync(stage.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK, "it is cancelled, and why is on record");
    }

    [Fact]
    public async Task Cancelling_twice_gives_the_same_answer_and_one_refund()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await Stage.PaidAsync(shop);
        var first = await stage.Person.CancelAsync(stage.OrderId);
        var second = await stage.Person.CancelAsync(stage.OrderId);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.TextAsync()).ShouldBe(await first.TextAsync());
        second.Tag().ShouldBe(first.Tag());
        await shop.SettleAsync();
        shop.Stripe.Refunds.ShouldHaveSingleItem();
        (await stage.Person.CancelAsync(stage.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await shop.OrderAsync(stage.OrderId)).Journal.Count(entry => entry.Kind == JournalKinds.Cancelled).ShouldBe(1);
    }

    [Fact]
    public async Task What_has_left_can_no_longer_be_cancelled()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await Stage.PaidAsync(shop);
        (await shop.As("fred@example.com", "Shop.Fulfilment").ShipAsync(stage.OrderId)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await stage.Person.CancelAsync(stage.OrderId)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "already-shipped");
        (await shop.OrderAsync(stage.OrderId)).Closed.ShouldBeNull();
        shop.Stripe.Refunds.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_its_customer_and_finance_cancel_an_order()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = await Stage.PaidAsync(shop);
        await (await (await shop.Customer("eve@example.com")).CancelAsync(stage.OrderId)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await shop.As("fred@example.com", "Shop.Fulfilment").CancelAsync(stage.OrderId)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await stage.Person.CancelAsync("nonsense")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await shop.OrderAsync(stage.OrderId)).Closed.ShouldBeNull();
        (await (await shop.As("grace@example.com", "Shop.Finance").CancelAsync(stage.OrderId, new { reason = "other" })).JsonAsync())["deliveryAddress"].ShouldBeNull();
        (await shop.OrderAsync(stage.OrderId)).Closed!.Reason.ShouldBe(ClosingReason.Cancelled);
    }

    [Fact]
    public async Task A_delayed_payment_that_arrives_after_cancelling_goes_back()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.SucceedsLater);
        await shop.SettleAsync();
        (await stage.Person.CancelAsync(stage.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("pending");
        await shop.Stripe.SettlePaymentAsync(stage.SessionId);
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        await stage.ShouldBeAsync("refunded");
        await shop.ShouldHoldAsync();
    }
}
