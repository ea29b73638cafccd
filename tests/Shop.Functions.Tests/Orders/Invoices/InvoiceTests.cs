using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Erasures;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Orders.Invoices;

public sealed class InvoiceTests(StorageEmulator emulator)
{
    [Fact]
    public async Task A_customer_gets_the_invoice_of_what_was_paid_and_the_credit_note_of_what_went_back()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var (grace, fred) = (shop.As("grace@example.com", "Shop.Finance"), shop.As("fred@example.com", "Shop.Fulfilment"));
        var id = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(id), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await grace.RefundAsync(id, 1_000);
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        await shop.SettleAsync();

        var listed = (await ada.ReadAsync($"api/orders/{id}/documents"))["items"]!.AsArray();
        listed.Select(item => $"{item!["kind"]} {item["number"]} {item["gross"]!["amount"]} {item["vat"]!["amount"]}")
            .ShouldBe(["invoice 2026-000001 59760 9960", "credit_note C2026-000001 1000 167"]);
        var invoice = await ada.ReadAsync($"api/orders/{id}/documents/2026-000001");
        (invoice["seller"]!["vatNumber"]!.GetValue<string>(), invoice["customer"]![0]!.GetValue<string>()).ShouldBe(("GB 123 4567 82", "Ada Lovelace"));
        invoice["totals"]!.AsArray().Select(total => $"{total!["vatRate"]} {total["net"]!["amount"]} {total["vat"]!["amount"]}").ShouldBe(["20 49800 9960"]);
        var note = await grace.ReadAsync($"api/orders/{id}/documents/C2026-000001");
        note["invoice"]!["number"]!.GetValue<string>().ShouldBe("2026-000001");
        (note["reason"]!.GetValue<string>(), note["country"]!.GetValue<string>(), note["vatTreatment"]!.GetValue<string>()).ShouldBe(("faulty", "GB", "domestic"));
        JsonNode.DeepEquals(note["lines"], invoice["lines"]).ShouldBeTrue("it says which goods it is about");
        (await (await ada.CallAsync("GET", $"api/orders/{id}/documents/C2026-000001", null, ("Accept", "text/html"))).TextAsync()).ShouldContain(note["lines"]![0]!["sku"]!.GetValue<string>());

        var page = await ada.CallAsync("GET", $"api/orders/{id}/documents/2026-000001", null, ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await page.TextAsync()).ShouldContain("VAT invoice 2026-000001");
        var pdf = await ada.CallAsync("GET", $"api/orders/{id}/documents/C2026-000001", null, ("Accept", "application/pdf"));
        pdf.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        Encoding.ASCII.GetString((await pdf.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).AsSpan(0, 5)).ShouldBe("%PDF-");

        foreach (var path in new[] { $"api/orders/{id}/documents", $"api/orders/{id}/documents/2026-000001" })
        {
            (await (await shop.Customer("bob@example.com")).GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await fred.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await ada.GetAsync($"api/orders/{id}/documents/2026-000002", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        // A bank takes the money of another one, and it is cancelled with nothing sent.
        var lost = await LostAsync(shop, ada);
        (await DocumentsAsync()).ShouldBe(["invoice 2026-000002"]);
        (await grace.CancelAsync(lost, new { reason = "suspected_fraud" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await shop.SettleAsync();
        (await DocumentsAsync()).ShouldBe(["invoice 2026-000002", "credit_note C2026-000002"]);
        (await ada.ReadAsync($"api/orders/{lost}/documents/C2026-000002"))["reason"]!.GetValue<string>().ShouldBe("nothing_supplied");
        await shop.ShouldHoldAsync();

        // The customer goes; what they bought stays, and what nobody can be sent any more is no sale.
        var bob = shop.As("bob@example.com");
        var left = await LostAsync(shop, bob);
        await bob.EraseAsync();
        await shop.SettleAsync();
        (await shop.OrderAsync(left)).Documents.Select(document => document.Number).ShouldBe(["2026-000003", "C2026-000003"]);
        await new OrderStore(shop.Tables()).ChangeAsync(id, Restriction.Restrict, TestContext.Current.CancellationToken);
        var kept = await grace.ReadAsync($"api/orders/{id}/documents/2026-000001");
        kept["customer"].ShouldBeNull();
        kept["gross"]!["amount"]!.GetValue<long>().ShouldBe(59_760);

        async Task<string[]> DocumentsAsync() =>
            [.. (await ada.ReadAsync($"api/orders/{lost}/documents"))["items"]!.AsArray().Select(item => $"{item!["kind"]} {item["number"]}")];
    }

    [Theory]
    [InlineData(null, DocumentFormat.Json)]
    [InlineData("*/*", DocumentFormat.Json)]
    [InlineData("application/pdf", DocumentFormat.Pdf)]
    [InlineData("application/json, application/pdf;q=0.5", DocumentFormat.Json)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", DocumentFormat.Page)]
    [InlineData("application/pdf;q=0", DocumentFormat.Json)]
    [InlineData("nonsense", DocumentFormat.Json)]
    public void What_is_named_and_liked_best_is_sent(string? accept, DocumentFormat format)
    {
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        if (accept is not null) http.Request.Headers.Accept = accept;
        DocumentFormats.AskedFor(http.Request).ShouldBe(format);
    }

    [Fact]
    public void It_names_whom_the_order_names_for_it()
    {
        var forCompany = SampleOrders.Unpaid.With(SampleOrders.Capture()).Issued() with
        {
            BillingAddress = new() { Name = "Engines Ltd", Line1 = "1 Mill Lane", City = "Leeds", Postcode = "LS1 1AA", Country = "GB" },
        };
        DocumentView.Of(forCompany, forCompany.Documents[0], null, new(), new()).Customer!.Value.ShouldBe(["Engines Ltd", "1 Mill Lane", "Leeds", "LS1 1AA", "GB"]);
    }

    /// <returns>An order that a customer has paid, and whose money a bank has taken since.</returns>
    private static async Task<string> LostAsync(RunningShop shop, HttpClient customer)
    {
        var order = await customer.OrderAsync(key: "lost");
        await shop.Stripe.PayAsync(await customer.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await shop.Stripe.CloseDisputeAsync(await shop.Stripe.OpenDisputeAsync(shop.Stripe.Books.Last().PaymentIntentId), DisputeOutcome.Lost);
        await shop.SettleAsync();
        return order;
    }
}
