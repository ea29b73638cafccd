using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Platform;

/// <summary>Bad input of every kind, at every function that takes a body: a 4xx problem, and nothing has changed.</summary>
public sealed class BadInputTests(OneShop one) : IClassFixture<OneShop>
{
    private static IReadOnlyDictionary<string, BodyOfFunction> Endpoints => BodyOfFunction.All;

    private static readonly Dictionary<(string Endpoint, string What), byte[]> Bodies = All().ToDictionary(bad => (bad.Endpoint, bad.What), bad => bad.Body);

    public static TheoryData<string, string> BadOnes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (endpoint, what) in Bodies.Keys) data.Add(endpoint, what);
            return data;
        }
    }

    public static TheoryData<string> EndpointNames => [.. Endpoints.Keys];

    [Theory]
    [MemberData(nameof(BadOnes))]
    public async Task A_bad_body_is_refused_and_changes_nothing(string endpoint, string what)
    {
        var problem = await RefusedAsync(endpoint, Call.Json(Bodies[(endpoint, what)]), HttpStatusCode.BadRequest, "invalid");
        problem["errors"]!.AsObject().ShouldNotBeEmpty();
        // The caller knows what was sent; a log or a screenshot of the problem need not.
        problem.ToJsonString().ShouldNotContain("Marked");
        problem.ToJsonString().ShouldNotContain("System.");
    }

    [Theory]
    [MemberData(nameof(EndpointNames))]
    public async Task A_body_beyond_64_kib_is_too_large(string endpoint)
    {
        var right = Endpoints[endpoint].Right;
        var largest = right + new string(' ', (64 * 1024) - right.Length);
        await RefusedAsync(endpoint, Call.Json(largest + " "), HttpStatusCode.RequestEntityTooLarge, "too-large");
        await RefusedAsync(endpoint, Call.Json(new byte[20_000_000]), HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [MemberData(nameof(EndpointNames))]
    public async Task A_body_of_another_kind_is_refused(string endpoint)
    {
        foreach (var type in new[] { null, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/jsonp", "application/octet-stream" })
        {
            var content = new StringContent(Endpoints[endpoint].Right, Encoding.UTF8);
            content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
            await RefusedAsync(endpoint, content, HttpStatusCode.UnsupportedMediaType, "not-json");
        }
    }

    [Theory]
    [MemberData(nameof(EndpointNames))]
    public async Task The_right_body_would_have_been_accepted(string endpoint)
    {
        // Otherwise the refusals above would prove nothing. A shop of its own, for it does change something.
        var (client, path, headers) = await ReadyAsync(endpoint);
        var right = endpoint is "contact" or "newsletter" ? Encoding.UTF8.GetString(BadBodies.With(Endpoints[endpoint].Right, "proof", await client.ProofAsync(endpoint))) : Endpoints[endpoint].Right;
        var content = new StringContent(right, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/problem+json; charset=utf-8");
        var response = await client.CallAsync(Endpoints[endpoint].Method, path, content, headers);
        ((int)response.StatusCode).ShouldBeInRange(200, 202, await response.TextAsync());
    }

    private async Task<JsonNode> RefusedAsync(string endpoint, HttpContent content, HttpStatusCode status, string type)
    {
        var (client, path, headers) = await ReadyAsync(endpoint);
        one.Shop.Calls.Reset();
        var response = await client.CallAsync(Endpoints[endpoint].Method, path, content, headers);
        var problem = await response.ShouldBeProblemAsync(status, type);
        // That staff asked is on record, whatever they asked.
        one.Shop.Calls.Calls.Where(call => !call.Contains("staff", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        return problem;
    }

    /// <summary>Somebody for whom the right body would do.</summary>
    private async Task<(HttpClient Client, string Path, (string, string)[] Headers)> ReadyAsync(string endpoint)
    {
        var path = Endpoints[endpoint].Path;
        if (endpoint == "open account") return (one.Shop.As("new@example.com"), path, []);
        var customer = await one.Shop.Customer("customer@example.com");
        return endpoint switch
        {
            "change account" => (customer, path, [("If-Match", "*")]),
            "place order" => (customer, path, [("Idempotency-Key", "never-used-before")]),
            "add address" or "give consent" or "contact" or "newsletter" => (customer, path, []),
            "review policy" => (one.Shop.As("staff@example.com", "Shop.Privacy"), path, []),
            "place legal hold" or "decide age" => (
                one.Shop.As("staff@example.com", "Shop.Privacy"),
                // Somebody else: what is decided here stays, and would stand in the way of the customer's own requests.
                path.Replace("{id}", (await (await one.Shop.Customer("decided@example.com")).ReadAsync("api/account"))["id"]!.GetValue<string>(), StringComparison.Ordinal), []),
            "place order hold" => (one.Shop.As("staff@example.com", "Shop.Privacy"), path.Replace("{id}", await customer.OrderAsync("for-holds"), StringComparison.Ordinal), []),
            "change address" => (customer, path.Replace("{id}", await AddressAsync(customer), StringComparison.Ordinal), [("If-Match", "*")]),
            "refund" => (one.Shop.As("grace@example.com", "Shop.Finance"), await WithMoneyAsync(customer, path, "for-refunds", 0), [("Idempotency-Key", "never-used-before")]),
            "ship" => (one.Shop.As("fred@example.com", "Shop.Fulfilment"), await WithMoneyAsync(customer, path, "for-parcels", 0), [("Idempotency-Key", "never-used-before")]),
            "correct parcel" or "note event of parcel" => (one.Shop.As("fred@example.com", "Shop.Fulfilment"), await WithParcelAsync(customer, path, $"for {endpoint}"), [("If-Match", "*")]),
            "resolve" => (one.Shop.As("grace@example.com", "Shop.Finance"), await WithMoneyAsync(customer, path, "for-reviews", 1), []),
            _ => (customer, path.Replace("{id}", await customer.OrderAsync("for-payments"), StringComparison.Ordinal), []),
        };
    }

    private static async Task<string> AddressAsync(HttpClient customer) =>
        (await (await customer.CallAsync("POST", "api/account/addresses", Call.Json(BodyOfFunction.AnAddress))).JsonAsync())["id"]!.GetValue<string>();

    /// <summary>The path with an order in it that money has come for, that much more than its total.</summary>
    private async Task<string> WithMoneyAsync(HttpClient customer, string path, string key, long more)
    {
        var id = await customer.OrderAsync(key);
        await one.Shop.ReceiveAsync(id, order => order.Gross + more);
        return path.Replace("{id}", id, StringComparison.Ordinal);
    }

    private async Task<string> WithParcelAsync(HttpClient customer, string path, string key)
    {
        path = await WithMoneyAsync(customer, path, key.Replace(' ', '-'), 0);
        (await one.Shop.As("fred@example.com", "Shop.Fulfilment").ShipAsync(path.Split('/')[2])).StatusCode.ShouldBe(HttpStatusCode.Created);
        return path;
    }

    private static IEnumerable<(string Endpoint, string What, byte[] Body)> All()
    {
        foreach (var (name, (_, _, right, texts)) in Endpoints)
        {
            foreach (var (what, body) in BadBodies.OfAnyKind(right)) yield return (name, what, body);
            foreach (var (what, body) in texts.SelectMany(text => BadBodies.Of(right, text))) yield return (name, what, body);
            yield return (name, "unknown member", BadBodies.With(right, "admin", true));
            yield return (name, "unknown member that is null", BadBodies.With(right, "id", null));
        }

        foreach (var amount in new[] { "\"1\"", "0", "-1", "1.5", "99999999999999999999", "null", "true", "[]" })
            yield return ("refund", $"amount {amount}", BadBodies.With(Endpoints["refund"].Right, "amount/amount", JsonNode.Parse(amount)));
        foreach (var currency in new[] { "gbp", "XXX", "£" }) yield return ("refund", $"currency {currency}", BadBodies.With(Endpoints["refund"].Right, "amount/currency", currency));
        foreach (var amount in new[] { "5", "\"all\"", "{}", "[]" }) yield return ("refund", $"amount as {amount}", BadBodies.With(Endpoints["refund"].Right, "amount", JsonNode.Parse(amount)));
        foreach (var lines in new[] { "5", "[]", "{}", "[null]", "[{}]", """[{"sku":"UPS-LI-1500","quantity":0}]""", """[{"sku":"UPS-LI-1500","quantity":1.5}]""", """[{"line":0,"quantity":1}]""" })
            yield return ("refund", $"lines {lines}", BadBodies.With(Endpoints["refund"].Right, "lines", JsonNode.Parse(lines)));
        foreach (var decision in new[] { "keep", "Accept", "0", "accept,refund" }) yield return ("resolve", $"decision {decision}", BadBodies.With(Endpoints["resolve"].Right, "decision", decision));
        foreach (var number in new[] { "", "1\u00b2", "<1>", "١" }) yield return ("ship", $"tracking number {number}", BadBodies.With(Endpoints["ship"].Right, "trackingNumber", number));
        foreach (var quantity in new[] { "0", "-1", "1.5", "\"1\"", "null" }) yield return ("ship", $"quantity {quantity}", BadBodies.With(Endpoints["ship"].Right, "lines/0/quantity", JsonNode.Parse(quantity)));
        foreach (var lines in new[] { "[]", "{}", "[null]", "[{}]" }) yield return ("ship", $"lines {lines}", BadBodies.With(Endpoints["ship"].Right, "lines", JsonNode.Parse(lines)));
        foreach (var at in new[] { "tomorrow", "2026-13-01T00:00:00Z" }) yield return ("note event of parcel", $"at {at}", BadBodies.With(Endpoints["note event of parcel"].Right, "at", at));
        foreach (var (what, body) in OfOrders(Endpoints["place order"].Right)) yield return ("place order", what, body);
        yield return ("change account", "name null", BadBodies.With(Endpoints["change account"].Right, "name", null));
        yield return ("change account", "name blank", BadBodies.With(Endpoints["change account"].Right, "name", " "));
        yield return ("change account", "e-mail", BadBodies.With(Endpoints["change account"].Right, "email", "eve@example.com"));
        foreach (var given in new[] { "null", "1", "\"true\"" }) yield return ("give consent", $"given {given}", BadBodies.With(Endpoints["give consent"].Right, "given", JsonNode.Parse(given)));
        yield return ("give consent", "withdrawal with a wording", BadBodies.With(Endpoints["give consent"].Right, "given", false));
        yield return ("give consent", "age left out", BadBodies.Without(Endpoints["give consent"].Right, "under16"));
        yield return ("give consent", "parent of an adult", BadBodies.With(Endpoints["give consent"].Right, "under16", false));
        yield return ("give consent", "parent without an address", BadBodies.With(Endpoints["give consent"].Right, "parent/email", "marked.example.com"));
        yield return ("newsletter", "age left out", BadBodies.Without(Endpoints["newsletter"].Right, "under16"));
        yield return ("newsletter", "parent of an adult", BadBodies.With(Endpoints["newsletter"].Right, "under16", false));
        yield return ("open account", "phone of letters", BadBodies.With(Endpoints["open account"].Right, "phone", "call me"));
    }

    private static IEnumerable<(string What, byte[] Body)> OfOrders(string right)
    {
        foreach (var quantity in new[] { "\"1\"", "0", "-1", "1.5", "1e3", "10001", "99999999999999999999", "null", "true", "[]" })
            yield return ($"quantity {quantity}", BadBodies.With(right, "lines/0/quantity", JsonNode.Parse(quantity)));
        yield return ("quantity missing", BadBodies.Without(right, "lines/0/quantity"));
        yield return ("quantity twice", BadBodies.Twice(right, "lines/0/quantity"));
        foreach (var line in new[] { "null", "1", "\"BOOK-POWER\"", "[]", "{}" }) yield return ($"line {line}", BadBodies.With(right, "lines/0", JsonNode.Parse(line)));
        yield return ("price of one's own", BadBodies.With(right, "lines/0/unitNet", 1));
        yield return ("unknown member of the address", BadBodies.With(right, "deliveryAddress/email", "a@example.com"));
        foreach (var member in new[] { "lines", "deliveryAddress" })
        {
            yield return ($"{member} null", BadBodies.With(right, member, null));
            yield return ($"{member} missing", BadBodies.Without(right, member));
            yield return ($"{member} empty array", BadBodies.With(right, member, new JsonArray()));
            yield return ($"{member} empty object", BadBodies.With(right, member, new JsonObject()));
            yield return ($"{member} text", BadBodies.With(right, member, "x"));
        }

        yield return ("101 lines", BadBodies.With(right, "lines", Lines(101, i => $"SKU-{i}")));
        yield return ("one product on two lines", BadBodies.With(right, "lines", Lines(2, _ => "BOOK-POWER")));
        foreach (var country in new[] { "gb", "GBR", "G1", "ＧＢ" }) yield return ($"country {country}", BadBodies.With(right, "deliveryAddress/country", country));
    }

    private static JsonArray Lines(int count, Func<int, string> sku) =>
        [.. Enumerable.Range(0, count).Select(i => new JsonObject { ["sku"] = sku(i), ["quantity"] = 1 })];
}
