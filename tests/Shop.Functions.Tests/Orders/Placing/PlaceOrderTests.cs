using System.Net;
using Azure.Data.Tables;
using Shop.Functions.Catalogue;
using Shop.Functions.Tests.Catalogue;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Orders.Placing;

/// <summary>Placing an order, once, at the catalogue's prices.</summary>
public sealed class PlaceOrderTests(StorageEmulator emulator)
{
    private static readonly object Mixed = new
    {
        lines = new object[] { new { sku = "SENS-TH-01", quantity = 3 }, new { sku = "BOOK-POWER", quantity = 1 } },
        deliveryAddress = Api.Address,
        purchaseOrderNumber = "PO-77",
    };

    [Fact]
    public async Task An_order_answers_where_it_is_and_what_it_comes_to()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var placed = await Place(ada, "key-1", Mixed);
        placed.StatusCode.ShouldBe(HttpStatusCode.Created);
        placed.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        var order = await placed.JsonAsync();
        placed.Headers.Location!.ToString().ShouldBe($"/api/orders/{order["id"]}");
        order["lines"]![0]!.ToJsonString().ShouldBe(
            """{"sku":"SENS-TH-01","name":"Temperature and humidity sensor","quantity":3,"unitNet":{"amount":5333,"currency":"GBP"},"vatRate":20,"net":{"amount":15999,"currency":"GBP"},"vat":{"amount":3200,"currency":"GBP"},"gross":{"amount":19199,"currency":"GBP"}}""");
        order["lines"]![1]!["vat"]!["amount"]!.GetValue<long>().ShouldBe(0);
        order["net"]!["amount"]!.GetValue<long>().ShouldBe(18_498);
        order["vat"]!["amount"]!.GetValue<long>().ShouldBe(3_200);
        order["gross"]!["amount"]!.GetValue<long>().ShouldBe(21_698);
        order["currency"]!.GetValue<string>().ShouldBe("GBP");
        order["purchaseOrderNumber"]!.GetValue<string>().ShouldBe("PO-77");
        order["deliveryAddress"]!["postcode"]!.GetValue<string>().ShouldBe("SW1Y 4JH");
        order["placedAt"]!.GetValue<DateTimeOffset>().ShouldBe(shop.Clock.GetUtcNow());
        order["payment"]!["status"]!.GetValue<string>().ShouldBe("awaiting");
        order["payment"]!["payBefore"]!.GetValue<DateTimeOffset>().ShouldBe(shop.Clock.GetUtcNow().AddDays(1));
        order["cancelled"]!.GetValue<bool>().ShouldBeFalse();

        var read = await ada.CallAsync("GET", placed.Headers.Location.ToString());
        read.Tag().ShouldBe(placed.Tag());
        (await read.TextAsync()).ShouldBe(await placed.TextAsync());
        await (await ada.GetAsync($"api/orders/{order["id"]}", read.Tag())).ShouldBeUnchangedAsync(read.Tag());
    }

    [Fact]
    public async Task Prices_names_and_rates_are_frozen_when_the_order_is_placed()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var placed = await Place(ada, "key-1");
        await CatalogueTests.ChangePriceAsync(shop, "UPS-LI-1500", 1);
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        (await (await ada.CallAsync("GET", placed.Headers.Location!.ToString())).TextAsync()).ShouldBe(await placed.TextAsync());
        (await (await Place(ada, "key-1")).TextAsync()).ShouldBe(await placed.TextAsync());
        (await (await Place(ada, "key-2")).JsonAsync())["net"]!["amount"]!.GetValue<long>().ShouldBe(2);
    }

    [Fact]
    public async Task A_retry_gets_the_same_answer_and_makes_no_second_order()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var first = await Place(ada, "key-1");
        var again = await Place(ada, "key-1");
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        again.Tag().ShouldBe(first.Tag());
        (await again.TextAsync()).ShouldBe(await first.TextAsync());
        (await ada.ReadAsync("api/orders"))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_layout_of_the_json_does_not_make_another_request_but_its_contents_do()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        const string Body = """{"lines":[{"sku":"UPS-LI-1500","quantity":1}],"deliveryAddress":{"name":"A","line1":"1","city":"London","postcode":"N1","country":"GB"}}""";
        const string Laid = """{ "deliveryAddress": {"country":"GB","name":"\u0041","line1":"1","city":"London","postcode":"N1"}, "lines": [{"quantity":1,"sku":"UPS-LI-1500"}] }""";
        (await ada.CallAsync("POST", "api/orders", Call.Json(Body), ("Idempotency-Key", "k"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ada.CallAsync("POST", "api/orders", Call.Json(Laid), ("Idempotency-Key", "k"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var other = Body.Replace("\"quantity\":1", "\"quantity\":2", StringComparison.Ordinal);
        await (await ada.CallAsync("POST", "api/orders", Call.Json(other), ("Idempotency-Key", "k"))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await ada.ReadAsync("api/orders"))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_of_two_people_makes_two_orders()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await (await shop.Customer()).OrderAsync("key-1");
        var bob = await (await shop.Customer("bob@example.com")).OrderAsync("key-1");
        ada.ShouldNotBe(bob);
    }

    [Fact]
    public async Task Twenty_at_once_under_one_key_make_one_order()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Place(ada, "key-1")));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created);
        answers.Count(answer => !answer.Headers.Contains("Idempotency-Replayed")).ShouldBe(1);
        answers.Select(answer => answer.Tag()).Distinct().ShouldHaveSingleItem();
        (await ada.ReadAsync("api/orders"))["items"]!.AsArray().Count.ShouldBe(1);
        new TableClient(shop.StorageConnectionString, "orders").Query<TableEntity>(cancellationToken: TestContext.Current.CancellationToken).Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a\tb")]
    [InlineData("256")]
    public async Task A_missing_or_bad_key_is_asked_for(string? key)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        (string, string)[] headers = key is null ? [] : [("Idempotency-Key", key == "256" ? new string('k', 256) : key)];
        shop.Calls.Reset();
        var content = System.Net.Http.Json.JsonContent.Create(Api.AnOrder);
        await (await ada.CallAsync("POST", "api/orders", content, headers)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, key is null ? "idempotency-key-missing" : "idempotency-key-odd");
        shop.Calls.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_keys_are_none_and_255_characters_are_one()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var content = System.Net.Http.Json.JsonContent.Create(Api.AnOrder);
        await (await ada.CallAsync("POST", "api/orders", content, ("Idempotency-Key", "a"), ("Idempotency-Key", "b")))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "idempotency-key-odd");
        (await Place(ada, new string('k', 255))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Who_has_no_account_is_told_to_open_one()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await (await Place(shop.As("stranger@example.com"), "key-1")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "no-account");
        shop.Calls.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unknown_products_are_named_by_their_lines()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        shop.Calls.Reset();
        var lines = new[] { new { sku = "GONE-1", quantity = 1 }, new { sku = "BOOK-POWER", quantity = 1 }, new { sku = "GONE-2", quantity = 1 } };
        var problem = await (await Place(ada, "key-1", new { lines, deliveryAddress = Api.Address })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "unknown-product");
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["lines[0].sku", "lines[2].sku"]);
        shop.Calls.Writes.ShouldBeEmpty();
        // Nothing was placed, so the key is still free.
        (await Place(ada, "key-1")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(40, HttpStatusCode.Created)]
    [InlineData(250, HttpStatusCode.UnprocessableEntity)]
    public async Task A_hundred_lines_are_placed_if_there_is_room_for_them(int nameLength, HttpStatusCode expected)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var names = Enumerable.Range(0, 100).Select(i => $"LONG-{i:D3}").ToList();
        var products = names.Select(sku => new ProductEntity { RowKey = sku, Name = new string('n', nameLength), UnitNet = 100, Currency = "GBP", VatBasisPoints = 2_000 });
        await new TableClient(shop.StorageConnectionString, "catalogue").SubmitTransactionAsync(
            products.Select(product => new TableTransactionAction(TableTransactionActionType.Add, product)), TestContext.Current.CancellationToken);
        shop.Calls.Reset();
        var answer = await Place(ada, "key-1", new { lines = names.Select(sku => new { sku, quantity = 10_000 }), deliveryAddress = Api.Address });
        answer.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.Created) return;
        await answer.ShouldBeProblemAsync(expected, "too-long");
        shop.Calls.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Issue_10_8_an_order_that_no_provider_takes_is_refused_before_it_is_stored()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var product = new ProductEntity { RowKey = "DINAR", Name = "A cable", UnitNet = 1_296, Currency = "KWD" };
        await new TableClient(shop.StorageConnectionString, "catalogue").AddEntityAsync(product, TestContext.Current.CancellationToken);
        shop.Calls.Reset();
        await (await Place(ada, "key-1", new { lines = new[] { new { sku = "DINAR", quantity = 1 } }, deliveryAddress = Api.Address }))
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "not-payable");
        shop.Calls.Writes.ShouldBeEmpty();
        (await Place(ada, "key-2", new { lines = new[] { new { sku = "DINAR", quantity = 5 } }, deliveryAddress = Api.Address })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private static Task<HttpResponseMessage> Place(HttpClient client, string key, object? body = null) =>
        client.SendAsync(Api.PlaceOrder(key, body), TestContext.Current.CancellationToken);
}
