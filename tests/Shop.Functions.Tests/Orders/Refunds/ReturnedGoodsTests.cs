using System.Net;
using System.Net.Http.Json;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Orders.Refunds;

/// <summary>From a parcel that comes back to the credit note of what was in it.</summary>
public sealed class ReturnedGoodsTests(StorageEmulator emulator)
{
    [Fact]
    public async Task What_came_back_is_offered_with_its_lines_and_its_credit_note_lists_those_alone()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, grace, fred) = (await shop.Customer(), shop.As("grace@example.com", "Shop.Finance"), shop.As("fred@example.com", "Shop.Fulfilment"));
        var id = await ada.OrderAsync("mixed", new { lines = new object[] { new { sku = "UPS-LI-1500", quantity = 2 }, new { sku = "BOOK-POWER", quantity = 3 } }, deliveryAddress = Api.Address });
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(id), Local.Stripe.PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await fred.ShipAsync(id, "books", lines: new { sku = "BOOK-POWER", quantity = 2 });
        await fred.ShipAsync(id, "rest");
        (await fred.CallAsync("POST", $"api/orders/{id}/shipments/1/events", JsonContent.Create(new { eventId = "back", kind = "returned", at = shop.Clock.GetUtcNow() }))).EnsureSuccessStatusCode();

        var offer = (await grace.ReadAsync($"api/orders/{id}"))["fulfilment"]!["refundOffer"]!;
        offer["lines"]!.ToJsonString().ShouldBe("""[{"sku":"BOOK-POWER","quantity":2}]""");
        (await ada.ReadAsync($"api/orders/{id}"))["fulfilment"]!["refundOffer"].ShouldBeNull("it is for staff to decide");
        await (await RefundAsync(new { lines = new[] { new { sku = "BOOK-POWER", quantity = 4 } }, reason = "returned" })).ShouldBeProblemAsync(HttpStatusCode.Conflict, "more-than-left");
        await (await RefundAsync(new { lines = new[] { new { sku = "RACK-42U", quantity = 1 } }, reason = "returned" })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "not-ordered");
        var body = new { amount = new { amount = offer["amount"]!.GetValue<long>(), currency = offer["currency"]!.GetValue<string>() }, lines = offer["lines"], reason = "returned" };
        var accepted = await (await RefundAsync(body)).JsonAsync();
        accepted["lines"]!.ToJsonString().ShouldBe(offer["lines"]!.ToJsonString());
        (await RefundAsync(body)).Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        await (await RefundAsync(new { lines = new[] { new { sku = "BOOK-POWER", quantity = 1 } }, reason = "returned" })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await grace.ReadAsync($"api/orders/{id}"))["fulfilment"]!["refundOffer"].ShouldBeNull();
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        await shop.SettleAsync();

        (await ada.ReadAsync($"api/orders/{id}/refunds"))["items"]![0]!["lines"]!.ToJsonString().ShouldBe(offer["lines"]!.ToJsonString());
        var note = await ada.ReadAsync($"api/orders/{id}/documents/C2026-000001");
        note["lines"]!.AsArray().Select(line => $"{line!["sku"]} {line["quantity"]} {line["gross"]!["amount"]}").ShouldBe([$"BOOK-POWER 2 {offer["amount"]}"]);
        note["totals"]!.AsArray().Select(total => $"{total!["vatRate"]} {total["vat"]!["amount"]} {total["gross"]!["amount"]}").ShouldBe([$"0 0 {offer["amount"]}"]);
        note["isForOrder"].ShouldBeNull();
        (await (await ada.CallAsync("GET", $"api/orders/{id}/documents/C2026-000001", null, ("Accept", "text/html"))).TextAsync()).ShouldNotContain("UPS-LI-1500");
        await shop.ShouldHoldAsync();

        Task<HttpResponseMessage> RefundAsync(object what) => grace.CallAsync("POST", $"api/orders/{id}/refunds", JsonContent.Create(what), ("Idempotency-Key", "returned"));
    }
}
