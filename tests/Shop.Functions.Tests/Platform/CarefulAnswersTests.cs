using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Platform;

/// <summary>Whoever gets a request wrong is told what is wrong with it, all of it, and nothing that is not so.</summary>
public sealed class CarefulAnswersTests(OneShop one) : IClassFixture<OneShop>
{
    private const string Encoded = "The body is UTF-16 or UTF-32: send it as UTF-8.";

    [Theory]
    [InlineData("POST", "api/account", "{}", "name: This is missing.")]
    [InlineData("POST", "api/orders/quote", "{}", "deliveryAddress: This is missing.|lines: This is missing.")]
    [InlineData(
        "POST", "api/orders/quote", """{"lines":[{"sku":" "},{"quantity":"2","colour":"red"}],"deliveryAddress":{"name":"","city":7,"country":"XX"},"purchaseOrderNumber":null,"note":1}""",
        "deliveryAddress.city: A text is needed here.|deliveryAddress.country: No country has this code (ISO 3166-1, two capital letters); the United Kingdom is GB, Greece is GR.|deliveryAddress.line1: This is missing.|"
        + "deliveryAddress.name: Something is needed here.|deliveryAddress.postcode: Something is needed here.|lines[0].quantity: This is missing.|lines[0].sku: Something is needed here.|lines[1].colour: There is no such member.|"
        + "lines[1].quantity: A whole number is needed here.|lines[1].sku: This is missing.|note: There is no such member.")]
    [InlineData("POST", "api/account/addresses", """{"name":null,"line1":"\u202e1 Street","country":"GB","postcode":5}""",
        "city: This is missing.|line1: Characters that change the direction of what follows are not allowed.|name: The value may not be null.|postcode: A text is needed here.")]
    [InlineData("POST", "api/account/consents", """{"given":"yes"}""", "given: true or false is needed here.|purpose: This is missing.")]
    [InlineData("POST", "api/account/consents", """{"purpose":"other","given":true,"parent":{"name":" "}}""",
        "parent: Only for somebody under 16 who gives consent.|parent.email: This is missing.|parent.name: Something is needed here.|purpose: Only marketing is asked for here.|under16: Say whether the person is under 16.|wording: Something is needed here.")]
    [InlineData("POST", "api/contact", """{"kind":"praise","proof":{}}""",
        "email: This is missing.|kind: One of: enquiry, support.|name: This is missing.|proof.answer: This is missing.|proof.challenge: This is missing.|subject: This is missing.|text: This is missing.")]
    [InlineData("POST", "api/orders/x/payments", """{"provider":"cash","returnUrl":"https://elsewhere.example/"}""",
        "cancelUrl: This is missing.|provider: One of: stripe, paypal.|returnUrl: An address on the storefront is needed.")]
    [InlineData("PATCH", "api/account", """{"name":5,"phone":"x"}""", "name: A text is needed here.|phone: A telephone number: digits, spaces and + - ( ) . / x, at most 40 characters.")]
    public Task All_that_is_missing_or_wrong_is_told_at_once(string method, string path, string body, string told) => ShouldTellAsync(one.Shop.As("ada@example.com"), method, path, Call.Json(body), told);

    [Theory]
    [InlineData("Shop.Finance", "api/orders/x/refunds", """{"amount":{"amount":0}}""", "amount.amount: More than nothing, in minor units.|amount.currency: An ISO 4217 code in capitals, for instance GBP.|reason: This is missing.")]
    [InlineData("Shop.Fulfilment", "api/orders/x/shipments/1/events", """{"kind":"lost","expectedBy":"2026-11-29T10:00:00Z"}""",
        "at: This is missing.|eventId: This is missing.|kind: One of: collected, in_transit, out_for_delivery, delivered, failed, returned.")]
    [InlineData("Shop.Privacy", "api/privacy/breaches", """{"noticedAt":"2026-11-29T10:00:00","scope":{"dataClasses":["none"],"people":-1}}""",
        "noticedAt: A time with its offset is needed here, for instance 2026-11-29T10:00:00Z.|scope.dataClasses: none is no class of personal data.|scope.people: Between 0 and 10000000000.|whatHappened: Something is needed here.")]
    [InlineData("Shop.Privacy", "api/privacy/policy/reviews", """{"outcome":"Unchanged"}""", "outcome: One of: unchanged, to_change.")]
    [InlineData("Shop.Operator", "api/operations/replay", """{"provider":"stripe","from":"2026-11-29"}""", "from: A time with its offset is needed here, for instance 2026-11-29T10:00:00Z.|to: This is missing.")]
    public Task Staff_are_told_at_once_as_well(string role, string path, string body, string told) =>
        ShouldTellAsync(one.Shop.As("staff@example.com", role), "POST", path, Call.Json(body), told, ("Idempotency-Key", "careful"));

    [Fact]
    public async Task What_is_no_text_is_told_by_what_it_is()
    {
        var ada = one.Shop.As("ada@example.com");
        var right = """{"name":"Ada"}""";
        await ShouldTellAsync(ada, Call.Json([]), "$: The body is empty.");
        await ShouldTellAsync(ada, Call.Json("{\"name\":"), "$: This is not valid JSON, or it is nested too deeply.");
        await ShouldTellAsync(ada, Call.Json([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8]), "$: The body is not valid UTF-8.");
        await ShouldTellAsync(ada, Call.Json("{\"name\":\"\\ud800\"}"), "name: There is half a character in this: a surrogate without its other half.");
        await ShouldTellAsync(ada, Call.Json("{\"name\":\"x\",\"\\udc00\":1}"), "$: The name of a member has half a character in it: a surrogate without its other half.");
        await ShouldTellAsync(ada, Call.Json(Encoding.Unicode.GetBytes(right)), $"$: {Encoded}");
        await ShouldTellAsync(ada, Call.Json(Encoding.BigEndianUnicode.GetBytes(right)), $"$: {Encoded}");
        await ShouldTellAsync(ada, Call.Json([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(right)]), "$: The body begins as UTF-16 or UTF-32: send it as UTF-8.");
        await ShouldTellAsync(ada, Call.Json("{\"name\":\"x\",\"Dear Ada, this is no name\":1}"), "$: There is no such member.");
    }

    [Theory]
    [InlineData("application/json; charset=utf-16", false)]
    [InlineData("application/json; charset=iso-8859-1", false)]
    [InlineData("application/json; charset=\"UTF-8\"", true)]
    [InlineData("application/json; charset=utf-8", true)]
    public async Task A_charset_that_is_not_utf8_is_named_as_the_reason(string type, bool isTaken)
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var answer = await one.Shop.As("ada@example.com").CallAsync("POST", "api/account", content);
        if (isTaken) await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        else await answer.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "charset-not-utf8");
    }

    [Theory]
    [InlineData(null, "idempotency-key-missing")]
    [InlineData("two words", "idempotency-key-odd")]
    [InlineData("", "idempotency-key-odd")]
    [InlineData("256", "idempotency-key-odd")]
    public async Task An_odd_key_is_not_called_missing(string? key, string type)
    {
        var odd = key == "256" ? new string('k', 256) : key;
        (string, string)[] headers = odd is null ? [] : [("Idempotency-Key", odd)];
        await (await one.Shop.As("ada@example.com").CallAsync("POST", "api/orders", Call.Json("{}"), headers)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, type);
    }

    [Fact]
    public async Task If_Match_is_a_tag_in_quotes_and_is_compared_strongly()
    {
        var ada = await one.Shop.Customer("tags@example.com");
        var tag = (await ada.CallAsync("GET", "api/account")).Tag();
        foreach (var odd in new[] { tag.Trim('"'), "W/", "\"open", "*, x" })
            await (await ChangeAsync(odd)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "etag-malformed");
        await (await ChangeAsync("W/" + tag)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        // Reading compares weakly: a proxy that compresses weakens a tag, and it is the same answer still.
        (await ada.GetAsync("api/account", "W/" + tag)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await ChangeAsync($"\"another\", {tag}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        Task<HttpResponseMessage> ChangeAsync(string ifMatch) => ada.CallAsync("PATCH", "api/account", Call.Json("""{"company":"Tags"}"""), ("If-Match", ifMatch));
    }

    [Theory]
    [InlineData("api/orders?limt=5", "limt: There is no such query member.")]
    [InlineData("api/orders?limit=5&limit=6", "limit: It is there more than once.")]
    [InlineData("api/account?verbose=true&x%20y=1", "$: There is no such query member.|verbose: There is no such query member.")]
    public Task Query_members_that_are_unknown_are_refused(string path, string told) => ShouldTellAsync(one.Shop.As("ada@example.com"), "GET", path, null, told);

    [Fact]
    public async Task A_link_that_a_mail_program_has_added_to_and_a_providers_address_are_taken_as_they_are()
    {
        (await one.Shop.Anonymous().CallAsync("GET", "api/tracking?link=x&utm_source=mail")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await (await one.Shop.Anonymous().CallAsync("POST", "api/webhooks/stripe?environment=live", Call.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "bad-signature");
    }

    [Fact]
    public async Task An_account_that_is_open_is_not_opened_with_other_details()
    {
        var ada = await one.Shop.Customer("again@example.com");
        var name = (await ada.ReadAsync("api/account"))["name"]!.GetValue<string>();
        (await ada.CallAsync("POST", "api/account", Call.Json(new JsonObject { ["name"] = name }.ToJsonString()))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await ada.CallAsync("POST", "api/account", Call.Json("""{"name":"Somebody Else"}"""))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "account-open");
        (await ada.ReadAsync("api/account"))["name"]!.GetValue<string>().ShouldBe(name);
    }

    private static Task ShouldTellAsync(HttpClient client, HttpContent content, string told) => ShouldTellAsync(client, "POST", "api/account", content, told);

    /// <param name="told">Every error, by its path, with bars between them.</param>
    private static async Task ShouldTellAsync(HttpClient client, string method, string path, HttpContent? content, string told, params (string, string)[] headers)
    {
        var answer = await client.CallAsync(method, path, content, [.. headers, ("If-Match", "*")]);
        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        var errors = problem["errors"]!.AsObject().OrderBy(error => error.Key, StringComparer.Ordinal).Select(error => $"{error.Key}: {string.Join(" ", error.Value!.AsArray().Select(one => one!.GetValue<string>()))}");
        string.Join('|', errors).ShouldBe(told);
    }
}
