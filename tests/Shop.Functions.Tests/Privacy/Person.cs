using System.Net.Http.Json;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Privacy;

/// <summary>Somebody who has used all there is, with values that nobody else has.</summary>
/// <param name="Values">What identifies them.</param>
internal sealed record Person(HttpClient Client, string AccountId, IReadOnlyList<string> OrderIds, IReadOnlyList<string> Values)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>An account with addresses and consents, an order that waits for its payment and one that was paid and refunded.</summary>
    public static async Task<Person> WithEverythingAsync(RunningShop shop, string name, int seed)
    {
        var random = new Random(seed);
        var values = new List<string>();
        string Own(string what)
        {
            values.Add($"{what}{random.NextInt64():x}");
            return values[^1];
        }

        var client = shop.As(Own(name) + "@example.com");
        var phone = $"+44 {random.Next(100_000_000, 999_999_999)}";
        values.Add(phone);
        (await client.PostAsJsonAsync("api/account", new { name = Own("Name"), company = Own("Company"), phone }, Stop)).EnsureSuccessStatusCode();
        var accountId = (await client.ReadAsync("api/account"))["id"]!.GetValue<string>();
        values.Add(accountId);

        (await client.PostAsJsonAsync("api/account/addresses", Address(Own("Label")), Stop)).EnsureSuccessStatusCode();
        (await client.PostAsJsonAsync("api/account/addresses", Address(null), Stop)).EnsureSuccessStatusCode();
        var parent = new { name = Own("Parent"), email = Own("parent") + "@example.com" };
        (await client.PostAsJsonAsync("api/account/consents", new { purpose = "marketing", given = true, wording = "2026-1", under16 = true, parent }, Stop)).EnsureSuccessStatusCode();
        (await client.PostAsJsonAsync("api/account/consents", new { purpose = "marketing", given = false }, Stop)).EnsureSuccessStatusCode();

        var waiting = await client.OrderAsync($"waiting-{seed}", Order());
        await client.CheckoutAsync(waiting);
        var refunded = await client.OrderAsync($"refunded-{seed}", Order());
        await shop.Stripe.PayAsync(await client.CheckoutAsync(refunded), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await shop.Stripe.RefundAsync(shop.Stripe.Books.Single(book => book.ClientReferenceId == refunded).PaymentIntentId);
        await shop.SettleAsync();
        foreach (var refund in shop.Stripe.Refunds.Where(refund => refund.Status == "pending")) await shop.Stripe.SettleRefundAsync(refund.Id, true);
        await shop.SettleAsync();
        return new(client, accountId, [waiting, refunded], values);

        object Address(string? label) => new
        {
            label,
            name = Own("Recipient"),
            line1 = Own("Line"),
            line2 = Own("Second"),
            city = Own("City"),
            region = Own("Region"),
            postcode = $"P{random.Next():x}",
            country = "GB",
        };

        object Order() => new
        {
            lines = new[] { new { sku = "UPS-LI-1500", quantity = 1 } },
            deliveryAddress = new
            {
                name = Own("Recipient"),
                line1 = Own("Line"),
                line2 = Own("Second"),
                city = Own("City"),
                region = Own("Region"),
                postcode = $"P{random.Next():x}",
                country = "GB",
            },
            billingAddress = new { name = Own("Payer"), line1 = Own("Mill"), line2 = Own("Unit"), city = Own("Town"), region = Own("Shire"), postcode = $"P{random.Next():x}", country = "GB" },
            purchaseOrderNumber = Own("PO"),
        };
    }
}
