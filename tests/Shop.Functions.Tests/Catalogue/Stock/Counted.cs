using System.Net.Http.Json;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Catalogue.Stock;

/// <summary>An item that is counted.</summary>
internal static class Counted
{
    public const string Sku = "GEN-5K";

    private const string Product =
        """{"name":"A generator","category":"Power","description":"5 kVA","unitNet":{"amount":10000,"currency":"GBP"},"vatClass":"standard","weightGrams":9000,"counted":true}""";

    /// <summary>Puts it on sale, if it is not, and so many more into the warehouse; the catalogue is read then.</summary>
    public static async Task StockAsync(this RunningShop shop, int quantity, string sku = Sku)
    {
        await CatalogueTests.WriteAsync(shop.As("olga@example.com", "Shop.Operator"), sku, Product, ("If-None-Match", "*"));
        if (quantity > 0) (await shop.As("fred@example.com", "Shop.Fulfilment").AdjustAsync(quantity, "received", Guid.NewGuid().ToString(), sku)).EnsureSuccessStatusCode();
        await shop.Anonymous().ReadAsync("api/products");
    }

    public static Task<HttpResponseMessage> AdjustAsync(this HttpClient staff, int change, string reason, string key, string sku = Sku) =>
        staff.CallAsync("POST", $"api/stock/{sku}/adjustments", JsonContent.Create(new { change, reason }), ("Idempotency-Key", key));

    public static object Order(int quantity, params string[] skus) => new
    {
        lines = (skus.Length == 0 ? [Sku] : skus).Select(sku => new { sku, quantity }).Append(new { sku = "UPS-LI-1500", quantity = 1 }),
        deliveryAddress = Api.Address,
    };

    public static async Task<(int OnHand, int Reserved)> LevelAsync(this RunningShop shop, string sku = Sku) =>
        await new StockStore(shop.Tables()).FindAsync(sku, TestContext.Current.CancellationToken) is { } level ? (level.OnHand, level.Reserved) : default;
}
