using System.Net.Http.Json;

namespace Shop.Local.Tests;

/// <summary>What a customer's client asks of the shop.</summary>
internal static class CustomerCalls
{
    /// <summary>One line to one address.</summary>
    /// <param name="key">The idempotency key.</param>
    /// <param name="name">Whom it goes to.</param>
    public static async Task<HttpResponseMessage> PlaceOrderAsync(
        this HttpClient customer, string key, string sku = "BOOK-POWER", int quantity = 1, string name = "Ada Lovelace")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/orders")
        {
            Content = JsonContent.Create(new
            {
                lines = new[] { new { sku, quantity } },
                deliveryAddress = new { name, line1 = "12 St James's Square", city = "London", postcode = "SW1Y 4JH", country = "GB" },
            }),
        };
        request.Headers.Add("Idempotency-Key", key);
        return await customer.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
