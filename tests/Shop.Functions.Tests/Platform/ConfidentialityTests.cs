using System.Net;
using Azure.Storage.Queues;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Payments.Stripe;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Platform;

/// <summary>What is personal or secret stays out of logs and problem details when storage and providers are gone; <see cref="LeakTests"/> runs all the rest.</summary>
public sealed class ConfidentialityTests(StorageEmulator emulator)
{
    private const string Email = "zz-email@example.com";

    private static readonly object Account = new { name = "ZZ-name", company = "ZZ-company", phone = "+99 777 555" };

    private static readonly object Order = new
    {
        lines = new[] { new { sku = "UPS-LI-1500", quantity = 1 } },
        deliveryAddress = new { name = "ZZ-recipient", line1 = "ZZ-line1", line2 = "ZZ-line2", city = "ZZ-city", region = "ZZ-region", postcode = "ZZ-post", country = "GB" },
        purchaseOrderNumber = "ZZ-po",
    };

    private static readonly string[] Personal = ["ZZ-", "+99 777 555", "zz-email", "zz-payer"];

    [Fact]
    public async Task What_goes_wrong_is_logged_without_personal_data_and_told_without_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = shop.As(Email);
        var problems = new List<HttpResponseMessage>();

        // The process breaks off in the middle of opening an account.
        shop.Calls.Plan = (3, FaultMoment.Before);
        problems.Add(await person.CallAsync("POST", "api/account", System.Net.Http.Json.JsonContent.Create(Account)));
        shop.Calls.Reset();
        (await person.CallAsync("POST", "api/account", System.Net.Http.Json.JsonContent.Create(Account))).StatusCode.ShouldBe(HttpStatusCode.Created);
        problems.Add(await person.CallAsync("POST", "api/account", Call.Json("""{"name":"ZZ-name","company":["ZZ-company"]}""")));
        problems.Add(await person.CallAsync("POST", "api/account", Call.Json("""{"name":"ZZ-name","phone":"ZZ-phone"}""")));

        // The table is gone.
        var tables = new Azure.Data.Tables.TableServiceClient(shop.StorageConnectionString);
        await tables.DeleteTableAsync("orders", TestContext.Current.CancellationToken);
        problems.Add(await person.SendAsync(Api.PlaceOrder("key-1", Order), TestContext.Current.CancellationToken));
        await tables.CreateTableAsync("orders", TestContext.Current.CancellationToken);

        // Stripe refuses, and the queue is gone.
        var order = await person.OrderAsync("key-1", Order);
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.RateLimited));
        problems.Add(await person.StartPaymentAsync(order));
        await shop.Stripe.PayAsync(await person.CheckoutAsync(order), PaymentOutcome.Succeeds, "zz-payer@example.com", "ZZ-payer");
        await new QueueClient(shop.StorageConnectionString, "payment-events").DeleteAsync(TestContext.Current.CancellationToken);
        (await shop.Stripe.DeliverAsync(TestContext.Current.CancellationToken)).ShouldContain(delivery => delivery.Status == 503);
        var body = shop.Stripe.Deliveries[0].Body;
        problems.Add(await Webhook.DeliverAsync(shop, body, "t=1,v1=00"));
        var unreadable = body.Replace("\"api_version\"", "\"version\"", StringComparison.Ordinal);
        (await Webhook.DeliverAsync(shop, unreadable)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var secrets = Secrets(shop, person);
        shop.Log.Entries.Count(entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Error).ShouldBeGreaterThanOrEqualTo(4);
        foreach (var (_, _, text) in shop.Log.Entries) Clean(text, secrets);
        foreach (var problem in problems)
        {
            ((int)problem.StatusCode).ShouldBeGreaterThanOrEqualTo(400);
            problem.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            Clean(await problem.TextAsync(), secrets);
        }
    }

    private static string[] Secrets(RunningShop shop, HttpClient person)
    {
        var account = shop.StorageConnectionString.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal))["AccountKey=".Length..];
        return [person.DefaultRequestHeaders.Authorization!.Parameter!, "sk_test_local_sandbox", Webhook.Secret, account];
    }

    private static void Clean(string text, string[] secrets)
    {
        foreach (var word in Personal) text.ShouldNotContain(word, Case.Insensitive);
        foreach (var secret in secrets) text.ShouldNotContain(secret);
    }
}
