using System.Net;
using Azure.Data.Tables;
using Shop.Functions.Catalogue;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;

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
            new() { RowKey = "CLASS", Name = "No such class", UnitNet = 100, Currency = "GBP", VatClass = "Luxury" },
        ];
        foreach (var product in broken) await table.AddEntityAsync(product, TestContext.Current.CancellationToken);
        (await shop.Anonymous().ReadAsync("api/products"))["items"]!.AsArray().Count.ShouldBe(13);
    }

    [Fact]
    public async Task Staff_put_a_product_on_sale_and_change_it_if_it_is_as_they_read_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (anyone, olga) = (shop.Anonymous(), shop.As("olga@example.com", "Shop.Operator"));
        await (await WriteAsync(shop.As("fred@example.com", "Shop.Fulfilment"), "CABLE-2M", Cable, ("If-None-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await WriteAsync(olga, "CABLE-2M", Cable)).ShouldBeProblemAsync((HttpStatusCode)428, "precondition-missing");
        await (await WriteAsync(olga, "CABLE-2M", Cable, ("If-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        var created = await WriteAsync(olga, "CABLE-2M", Cable, ("If-None-Match", "*"));
        (created.StatusCode, created.Headers.Location!.ToString()).ShouldBe((HttpStatusCode.Created, "/api/products/CABLE-2M"));
        await (await WriteAsync(olga, "CABLE-2M", Cable, ("If-None-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");

        var read = await anyone.CallAsync("GET", "api/products/CABLE-2M");
        read.Tag().ShouldBe(created.Tag());
        (await read.JsonAsync())["mostPerOrder"]!.GetValue<int>().ShouldBe(20);
        (await read.TextAsync()).ShouldBe(await created.TextAsync());
        (await read.JsonAsync())["descriptionUrl"]!.GetValue<string>().ShouldBe("https://shop.example/manuals/cable");
        (await anyone.ReadAsync("api/products/UPS-LI-1500"))["descriptionUrl"].ShouldBeNull();
        (await read.JsonAsync())["pictures"]!.ToJsonString().ShouldBe("""["https://shop.example/cable.jpg","/pictures/cable.svg"]""");

        var dearer = await WriteAsync(olga, "CABLE-2M", Cable.Replace("500", "600"), ("If-Match", read.Tag()));
        (await dearer.JsonAsync())["unitGross"]!["amount"]!.GetValue<long>().ShouldBe(720);
        await (await WriteAsync(olga, "CABLE-2M", Cable, ("If-Match", read.Tag()))).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        var actions = (await shop.Officer().ReadAsync("api/privacy/staff-actions"))["items"]!.AsArray();
        actions.Count(line => line!["what"]!.GetValue<string>() == "write_product" && line["about"]?.GetValue<string>() == "product:CABLE-2M").ShouldBe(6);
    }

    [Fact]
    public async Task What_is_withdrawn_can_be_looked_at_but_neither_found_nor_ordered_and_placed_orders_keep_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, olga) = (await shop.Customer(), shop.As("olga@example.com", "Shop.Operator"));
        (await WriteAsync(olga, "CABLE-2M", Cable, ("If-None-Match", "*"))).EnsureSuccessStatusCode();
        var body = new { lines = new[] { new { sku = "CABLE-2M", quantity = 1 } }, deliveryAddress = Api.Address };
        var order = await ada.OrderAsync("key-1", body);
        (await WriteAsync(olga, "CABLE-2M", Cable.Replace("\"withdrawn\":false", "\"withdrawn\":true"), ("If-Match", "*"))).EnsureSuccessStatusCode();

        (await shop.Anonymous().ReadAsync("api/products"))["items"]!.AsArray().Count.ShouldBe(13);
        (await shop.Anonymous().ReadAsync("api/products/CABLE-2M"))["withdrawn"]!.GetValue<bool>().ShouldBeTrue();
        var refused = await (await ada.SendAsync(Api.PlaceOrder("key-2", body), TestContext.Current.CancellationToken)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "unknown-product");
        refused["errors"]!["lines[0].sku"]![0]!.GetValue<string>().ShouldBe("This product is no longer sold.");
        (await ada.ReadAsync($"api/orders/{order}"))["lines"]![0]!["name"]!.GetValue<string>().ShouldBe("A cable");
    }

    [Fact]
    public void What_is_wrong_with_a_product_is_said_all_at_once()
    {
        new WriteProduct.Request(" ", "", "", new(0, "XXX"), VatClass.Standard, 0, ["http://shop.example/a", "https://user@shop.example/", null!, "https://shop.example/\"a", "//shop.example/a", "/pictures/a.svg"], MostPerOrder: 0, DescriptionUrl: "javascript:alert(1)")
            .Validate()!.Errors!.Keys.Order(StringComparer.Ordinal).ShouldBe(
                ["category", "description", "descriptionUrl", "mostPerOrder", "name", "pictures[0]", "pictures[1]", "pictures[2]", "pictures[3]", "pictures[4]", "unitNet.amount", "unitNet.currency", "weightGrams"]);
        var cable = new WriteProduct.Request("A cable", "Power", "Two metres", new(500, "GBP"), VatClass.Standard, 300);
        new[] { null, "/manuals/cable", "https://shop.example/" + new string('a', 479) }.Select(address => cable with { DescriptionUrl = address }).ShouldAllBe(right => right.Validate() == null);
        new[] { "", "//shop.example/a", "http://shop.example/", "https://shop.example/" + new string('a', 480) }
            .Select(address => cable with { DescriptionUrl = address }).ShouldAllBe(wrong => wrong.Validate()!.Errors!.Keys.Single() == "descriptionUrl");
        new[] { "CABLE-2M", "a.b_c" }.ShouldAllBe(sku => Product.IsSku(sku));
        new[] { "", "-A", "A B", "A/B", "É", "Delivery", new string('A', 41) }.ShouldAllBe(sku => !Product.IsSku(sku));
    }

    [Fact]
    public void A_product_from_before_there_were_classes_is_in_the_one_whose_rate_it_had()
    {
        ProductEntity Old(int rate) => new() { RowKey = "OLD", Name = "Old", UnitNet = 100, Currency = "GBP", VatBasisPoints = rate };
        new[] { 2_000, 500, 0 }.Select(rate => Old(rate).ToProduct()!.VatClass).ShouldBe([VatClass.Standard, VatClass.Reduced, VatClass.Zero]);
        Old(1_234).ToProduct().ShouldBeNull();
        var product = Old(2_000).ToProduct()!;
        product.Tag(new()).ShouldNotBe(product.Tag(new() { Standard = 19 }), "the price with VAT is another");
        ProductEntity.Of(new("NEW", "New", "", "", 100, "GBP", VatClass.Reduced)).VatBasisPoints.ShouldBe(500);
    }

    private const string Cable =
        """{"name":"A cable","category":"Power","description":"Two metres\nof copper","descriptionUrl":"https://shop.example/manuals/cable","unitNet":{"amount":500,"currency":"GBP"},"vatClass":"standard","weightGrams":300,"pictures":["https://shop.example/cable.jpg","/pictures/cable.svg"],"mostPerOrder":20,"withdrawn":false}""";

    internal static Task<HttpResponseMessage> WriteAsync(HttpClient staff, string sku, string body, params (string, string)[] headers) =>
        staff.CallAsync("PUT", $"api/products/{sku}", Call.Json(body), headers);

    internal static async Task ChangePriceAsync(RunningShop shop, string sku, long unitNet)
    {
        var body = Cable.Replace("A cable", "Renamed").Replace("500", $"{unitNet}").Replace("standard", "reduced");
        (await WriteAsync(shop.As("olga@example.com", "Shop.Operator"), sku, body, ("If-Match", "*"))).EnsureSuccessStatusCode();
    }
}
