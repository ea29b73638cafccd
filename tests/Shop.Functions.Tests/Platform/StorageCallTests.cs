using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Payments.Stripe;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Platform;

/// <summary>Storage calls are the cost, in time and in money, so they are counted: these are the budgets of DESIGN §10.</summary>
public sealed class StorageCallTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Placing_an_order_costs_six_calls_once_the_catalogue_is_read()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await shop.Anonymous().ReadAsync("api/products");
        await CostsAsync(shop, 6, () => ada.OrderAsync());
        await CostsAsync(shop, 2, () => ada.OrderAsync());
    }

    [Fact]
    public async Task Reading_costs_one_call_whatever_is_read()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        for (var i = 0; i < 4; i++) await ada.OrderAsync($"more-{i}");
        await CostsAsync(shop, 1, () => ada.ReadAsync($"api/orders/{order}"));
        await CostsAsync(shop, 1, () => ada.ReadAsync($"api/orders/{order}/tracking"));
        await CostsAsync(shop, 1, () => ada.ReadAsync("api/orders?limit=2"));
        await CostsAsync(shop, 1, () => ada.ReadAsync("api/account"));
        await CostsAsync(shop, 0, () => shop.Anonymous().ReadAsync("api/products"));
        shop.Clock.Advance(TimeSpan.FromSeconds(61));
        await CostsAsync(shop, 1, () => Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shop.Anonymous().ReadAsync("api/products/BOOK-POWER"))));
    }

    [Fact]
    public async Task The_first_use_of_an_account_on_a_day_costs_one_call_more()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await shop.Anonymous().ReadAsync("api/products");
        shop.Clock.Advance(TimeSpan.FromDays(1));
        ada = shop.As("ada@example.com");
        await shop.Anonymous().ReadAsync("api/products");
        await CostsAsync(shop, 7, () => ada.OrderAsync());
        await CostsAsync(shop, 1, () => ada.ReadAsync("api/account"));
        await CostsAsync(shop, 6, () => ada.OrderAsync("another"));
    }

    [Fact]
    public async Task An_address_or_a_consent_costs_two_calls_to_read_and_three_to_change_and_asking_for_a_mail_one_more()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await CostsAsync(shop, 3, () => ada.CallAsync("POST", "api/account/addresses", System.Net.Http.Json.JsonContent.Create(Api.Address)));
        await CostsAsync(shop, 2, () => ada.ReadAsync("api/account/addresses"));
        await CostsAsync(shop, 4, () => ada.CallAsync("POST", "api/account/consents", Call.Json("""{"purpose":"marketing","given":true,"wording":"2026-1","under16":false}""")));
        await CostsAsync(shop, 2, () => ada.ReadAsync("api/account/consents"));
    }

    [Fact]
    public async Task Opening_an_account_costs_three_calls_and_changing_it_two()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = shop.As("ada@example.com");
        await CostsAsync(shop, 3, () => ada.CallAsync("POST", "api/account", Call.Json("""{"name":"Ada"}""")));
        await CostsAsync(shop, 1, () => ada.CallAsync("POST", "api/account", Call.Json("""{"name":"Ada"}""")));
        await CostsAsync(shop, 2, () => ada.CallAsync("PATCH", "api/account", Call.Json("""{"name":"Ada"}"""), ("If-Match", "*")));
    }

    [Fact]
    public async Task A_webhook_costs_one_call_and_applying_its_event_five_and_three_more_where_the_order_comes_to_be_paid()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var body = await Webhook.OfPaymentAsync(shop, ada, order);
        await CostsAsync(shop, 1, () => Webhook.DeliverAsync(shop, body));

        // Receive, read, put on the list of what is to be sent, file for the mail, replace, file for the look that issues the invoice,
        // ask for it, delete. The look: receive, read its row, read; what is due onto the order (2), the counter, the number, the
        // order learns it (2); on the list of what is to be sent it is, list, ask for the mails, say when the next look is, delete.
        // The two mails: receive, delete, and for each claim (2), the address, mark (2).
        // And the polls that find nothing more, which idle shops make as well.
        await ApplyAsync(3, 8 + 14 + 12);
        // A duplicate changes nothing and so does not write the order.
        await Webhook.DeliverAsync(shop, body);
        await ApplyAsync(1, 4);

        async Task ApplyAsync(int messages, int calls)
        {
            shop.Calls.Reset();
            (await shop.Host.DrainQueuesAsync(TestContext.Current.CancellationToken)).ShouldBe(messages);
            var polls = shop.Calls.Calls.Where(call => call.StartsWith("GET ", StringComparison.Ordinal) && call.EndsWith("/messages", StringComparison.Ordinal)).ToList();
            (shop.Calls.Calls.Count - polls.Count + messages).ShouldBe(calls, string.Join('\n', shop.Calls.Calls));
        }
    }

    [Fact]
    public async Task What_customers_and_staff_do_with_an_order_costs_a_handful_of_calls()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var (grace, fred) = (shop.As("grace@example.com", "Shop.Finance"), shop.As("fred@example.com", "Shop.Fulfilment"));
        var order = await ada.OrderAsync();
        await Webhook.DeliverAsync(shop, await Webhook.OfPaymentAsync(shop, ada, order));
        await shop.Host.DrainQueuesAsync(TestContext.Current.CancellationToken);

        // What staff do is put on record by one call before it is done; the first of a day is scheduled to go as well.
        await CostsAsync(shop, 3, () => grace.ReadAsync("api/reviews"));
        await CostsAsync(shop, 2, () => grace.ReadAsync("api/reviews"));
        // On record; read; file where the timer looks; read, replace; tell somebody to carry it out; on record why.
        await CostsAsync(shop, 7, () => grace.RefundAsync(order, 1));
        await CostsAsync(shop, 4, () => grace.RefundAsync(order, 1));
        await CostsAsync(shop, 2, () => grace.RefundAsync(order, 1_000_000, "too-much"));
        await CostsAsync(shop, 2, () => fred.ReadAsync("api/fulfilment/orders"));
        // With the schedule for the mail that says so; likewise below.
        await CostsAsync(shop, 5, () => fred.ShipAsync(order, "part", lines: new { sku = "UPS-LI-1500", quantity = 1 }));
        // The rest: it leaves the list of what is to be sent.
        await CostsAsync(shop, 7, () => fred.ShipAsync(order));
        await CostsAsync(shop, 5, () => fred.DeliverAsync(order, 1));
        await CostsAsync(shop, 4, () => fred.CarryAsync(order, 2, "in_transit", shop.Clock.GetUtcNow()));
        await CostsAsync(shop, 5, () => fred.CarryAsync(order, 2, "returned", shop.Clock.GetUtcNow()));
        await CostsAsync(shop, 1, () => ada.CancelAsync(order));
        // The order; on record, and in the customer's copy, both at once.
        await CostsAsync(shop, 3, () => grace.ReadAsync($"api/orders/{order}"));
        await CostsAsync(shop, 1, () => ada.ReadAsync($"api/orders/{order}"));
        await CostsAsync(shop, 1, () => ada.ReadAsync($"api/orders/{order}/documents"));
        await CostsAsync(shop, 2, () => ada.ReadAsync($"api/orders/{order}/documents/2026-000001"));
        var other = await ada.OrderAsync("key-2");
        await CostsAsync(shop, 6, () => ada.CancelAsync(other));
        await CostsAsync(shop, 2, () => ada.CancelAsync(other));
    }

    [Fact]
    public async Task An_approval_at_paypal_costs_five_calls_and_taking_its_money_and_invoicing_it_nineteen_and_a_mail_seven()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(3));
        await shop.LookAtDueAsync();
        shop.Mail.Mails.ShouldHaveSingleItem();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.PayPal.DeliverAsync(TestContext.Current.CancellationToken);

        shop.Calls.Reset();
        (await shop.Host.DrainQueuesAsync(TestContext.Current.CancellationToken)).ShouldBe(3);
        // The event: receive, read, replace, ask for a look, delete. The look: receive, read its row among the orders in
        // flight, read; read again after PayPal's answer, which is no news; read, put on the list of what is to be sent, file
        // and replace for the capture; what is due onto the order (2), the counter, the number, the order learns it (2); list, ask
        // for the mail, say when the next look is (the capture has filed it: one more to see that), delete. The mail: receive, read and claim, read the address, read and mark, delete.
        var storage = shop.Calls.Calls.Where(call => !call.Contains("/v2/", StringComparison.Ordinal) && !call.Contains("/v1/", StringComparison.Ordinal)).ToList();
        var polls = storage.Count(call => call.StartsWith("GET ", StringComparison.Ordinal) && call.EndsWith("/messages", StringComparison.Ordinal));
        (storage.Count - polls + 3).ShouldBe(5 + 19 + 7, string.Join('\n', shop.Calls.Calls));
        shop.Mail.Mails.Count.ShouldBe(2);
        shop.Calls.Calls.Count(call => call.Contains("/v2/", StringComparison.Ordinal)).ShouldBe(2, "PayPal is asked how the order stands, and for the money");
        await CostsAsync(shop, 1, () => ada.ReadAsync($"api/orders/{order}"));
    }

    [Fact]
    public async Task A_webhook_that_is_turned_away_costs_nothing()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await CostsAsync(shop, 0, () => Webhook.DeliverAsync(shop, "{}", "t=1,v1=00"));
    }

    private static async Task CostsAsync(RunningShop shop, int calls, Func<Task> use)
    {
        shop.Calls.Reset();
        await use();
        shop.Calls.Calls.Count.ShouldBe(calls, string.Join('\n', shop.Calls.Calls));
    }
}
