using System.Net;
using Azure.Data.Tables;
using Shop.Functions.Catalogue;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Catalogue;

/// <summary>The catalogue, as a storefront's pages and the caches in front of them see it.</summary>
public sealed class CatalogueTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Anyone_may_list_the_products_and_caches_may_keep_the_list_for_a_minute()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var anyone = shop.Anonymous();
        var response = await anyone.CallAsync("GET", "api/products");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=60");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var items = (await response.JsonAsync())["items"]!.AsArray();
        items.Count.ShouldBe(13);
        var skus = items.Select(item => item!["sku"]!.GetValue<string>()).ToList();
        skus.ShouldBe(skus.Order(StringComparer.Ordinal));
        await (await anyone.GetAsync("api/products", response.Tag())).ShouldBeUnchangedAsync(response.Tag());
    }

    [Fact]
    public async Task A_product_tells_its_price_in_minor_units_and_its_vat_in_per_cent()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var anyone = shop.Anonymous();
        var response = await anyone.CallAsync("GET", "api/products/SENS-TH-01");
        response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=60");
        var product = await response.JsonAsync();
        product["sku"]!.GetValue<string>().ShouldBe("SENS-TH-01");
        product["unitNet"]!.ToJsonString().ShouldBe("""{"amount":5333,"currency":"GBP"}""");
        product["vatRate"]!.ToJsonString().ShouldBe("20");
        // 1066.6 pence of tax, rounded half up.
        product["unitGross"]!.ToJsonString().ShouldBe("""{"amount":6400,"currency":"GBP"}""");
        await (await anyone.GetAsync("api/products/SENS-TH-01", response.Tag())).ShouldBeUnchangedAsync(response.Tag());

        var book = await anyone.ReadAsync("api/products/BOOK-POWER");
        book["vatRate"]!.ToJsonString().ShouldBe("0");
        book["unitGross"]!["amount"]!.GetValue<long>().ShouldBe(2_499);
    }

    [Fact]
    public async Task A_product_in_the_list_reads_as_it_does_by_itself()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var anyone = shop.Anonymous();
        foreach (var item in (await anyone.ReadAsync("api/products"))["items"]!.AsArray())
            (await anyone.ReadAsync($"api/products/{item!["sku"]}")).ToJsonString().ShouldBe(item.ToJsonString());
    }

    [Theory]
    [InlineData("NO-SUCH-THING")]
    [InlineData("ups-li-1500")]
    [InlineData("%27%20or%20true")]
    public async Task An_unknown_product_is_not_found(string sku)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await (await shop.Anonymous().CallAsync("GET", $"api/products/{sku}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_new_price_shows_within_a_minute_under_a_new_tag()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var anyone = shop.Anonymous();
        var list = await anyone.CallAsync("GET", "api/products");
        var product = await anyone.CallAsync("GET", "api/products/UPS-LI-1500");
        var other = await anyone.CallAsync("GET", "api/products/BOOK-POWER");
        await ChangePriceAsync(shop, "UPS-LI-1500", 30_000);

        shop.Clock.Advance(TimeSpan.FromSeconds(61));
        var later = await anyone.GetAsync("api/products/UPS-LI-1500", product.Tag());
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await later.JsonAsync())["unitNet"]!["amount"]!.GetValue<long>().ShouldBe(30_000);
        (await anyone.GetAsync("api/products", list.Tag())).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await anyone.GetAsync("api/products/BOOK-POWER", other.Tag())).ShouldBeUnchangedAsync(other.Tag());
    }

    [Fact]
    public async Task What_cannot_be_sold_is_not_offered()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var table = new TableClient(shop.StorageConnectionString, "catalogue");
        ProductEntity[] broken =
        [
            new() { RowKey = "FREE", Name = "No price", UnitNet = 0, Currency = "GBP" },
            new() { RowKey = "COINS", Name = "No such currency", UnitNet = 100, Currency = "ZZZ" },
            new() { RowKey = "BLANK", Name = " ", UnitNet = 100, Currency = "GBP" },
            new() { RowKey = "TAXED", Name = "No such rate", UnitNet = 100, Currency = "GBP", VatBasisPoints = 10_001 },
        ];
        foreach (var product in broken) await table.AddEntityAsync(product, TestContext.Current.CancellationToken);
        (await shop.Anonymous().ReadAsync("api/products"))["items"]!.AsArray().Count.ShouldBe(13);
    }

    internal static async Task ChangePriceAsync(RunningShop shop, string sku, long unitNet)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var table = new TableClient(shop.StorageConnectionString, "catalogue");
        var product = (await table.GetEntityAsync<ProductEntity>(ProductEntity.Partition, sku, cancellationToken: cancellation)).Value;
        product.UnitNet = unitNet;
        product.Name = "Renamed";
        product.VatBasisPoints = 500;
        await table.UpdateEntityAsync(product, product.ETag, TableUpdateMode.Replace, cancellation);
    }
}
