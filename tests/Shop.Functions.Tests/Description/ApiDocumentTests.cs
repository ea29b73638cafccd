using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Description;

/// <summary>The published description is what the code does, and every answer is as it says.</summary>
public sealed partial class ApiDocumentTests(OneShop one) : IClassFixture<OneShop>
{
    public static TheoryData<string> Operations => [.. FunctionContract.All.SelectMany(function => function.Verbs.Select(verb => $"{verb.ToUpperInvariant()} {function.Route}"))];

    /// <summary>With <c>SHOP_UPDATE_API=1</c> it is written anew; read the difference before committing it.</summary>
    [Fact]
    public void The_file_is_what_the_code_says()
    {
        var file = Path.Combine(Local.LocalSettings.RepositoryRoot, "functions", "openapi.json");
        if (Environment.GetEnvironmentVariable("SHOP_UPDATE_API") is "1") File.WriteAllText(file, ApiDocument.Text);
        File.ReadAllText(file).ShouldBe(ApiDocument.Text, "SHOP_UPDATE_API=1 dotnet test … writes it anew");
    }

    [Fact]
    public void It_is_sound_OpenAPI()
    {
        var read = OpenApiDocument.Parse(ApiDocument.Text, "json");
        var said = read.Diagnostic.ShouldNotBeNull();
        said.Errors.ShouldBeEmpty();
        said.Warnings.ShouldBeEmpty();
        var document = read.Document.ShouldNotBeNull();
        document.Validate(ValidationRuleSet.GetDefaultRuleSet()).ShouldBeEmpty();
        var ids = document.Paths.SelectMany(path => path.Value.Operations!.Values).Select(operation => operation.OperationId).ToList();
        ids.ShouldBeUnique();
        ids.Count.ShouldBe(Operations.Count);
    }

    [Fact]
    public void Every_function_says_what_it_answers_when_all_is_well() =>
        FunctionContract.All.Where(function => function.Answers.IsEmpty).Select(function => function.Name).ShouldBeEmpty();

    [Fact]
    public void What_a_function_reads_of_the_query_is_what_it_says_that_it_takes() =>
        FunctionContract.All.Where(function => !function.Query.SequenceEqual((function.Method.GetCustomAttribute<QueryAttribute>()?.Names ?? []).Order(StringComparer.Ordinal)))
            .Select(function => $"{function.Name}: {string.Join(", ", function.Query)}").ShouldBeEmpty();

    /// <summary>Nothing comes from elsewhere, and the policy lets nothing go there.</summary>
    [Fact]
    public async Task Anyone_may_read_it_as_a_page()
    {
        var page = await one.Shop.Anonymous().CallAsync("GET", "api/docs");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'none'; script-src 'self';");
        (await page.TextAsync()).ShouldNotContain("//");
        var script = await one.Shop.Anonymous().CallAsync("GET", "api/docs/scalar.js", null, ("Accept-Encoding", "gzip"));
        (script.StatusCode, script.Content.Headers.ContentType!.MediaType, script.Content.Headers.ContentEncoding.Single()).ShouldBe((HttpStatusCode.OK, "text/javascript", "gzip"));
        var plain = await one.Shop.Anonymous().CallAsync("GET", "api/docs/scalar.js");
        (await plain.TextAsync()).ShouldContain("api-reference");
        (await one.Shop.Anonymous().GetAsync("api/docs/scalar.js", plain.Tag())).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        // They are two representations: a strong tag names one of them, and a cache that has the one must not take it for the other.
        script.Tag().ShouldNotBe(plain.Tag());
        (await one.Shop.Anonymous().CallAsync("GET", "api/docs/scalar.js", null, ("Accept-Encoding", "gzip"), ("If-None-Match", plain.Tag()))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var known = await one.Shop.Anonymous().CallAsync("GET", "api/docs/scalar.js", null, ("Accept-Encoding", "gzip"), ("If-None-Match", script.Tag()));
        (known.StatusCode, known.Tag()).ShouldBe((HttpStatusCode.NotModified, script.Tag()));
    }

    [Theory]
    [InlineData("br, gzip", true)]
    [InlineData("x-gzip;q=0.5", true)]
    [InlineData("*", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("gzip;q=0, *", false)]
    [InlineData("*;q=0, identity", false)]
    [InlineData("br, deflate", false)]
    [InlineData("not a list of codings;;q", false)]
    public async Task The_script_comes_compressed_to_whoever_takes_it_so(string accepted, bool isPacked)
    {
        var script = await one.Shop.Anonymous().CallAsync("HEAD", "api/docs/scalar.js", null, ("Accept-Encoding", accepted));
        (script.StatusCode, script.Content.Headers.ContentEncoding.Contains("gzip")).ShouldBe((HttpStatusCode.OK, isPacked));
        script.Headers.Vary.ShouldContain("Accept-Encoding");
    }

    [Fact]
    public async Task Anyone_may_read_it()
    {
        var answer = await one.Shop.Anonymous().CallAsync("GET", "api/openapi.json");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonNode.DeepEquals(await answer.JsonAsync(), JsonNode.Parse(ApiDocument.Text)).ShouldBeTrue();
        (await one.Shop.Anonymous().GetAsync("api/openapi.json", answer.Tag())).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Whatever_is_asked_the_answer_is_as_described_and_never_a_failure(string operation)
    {
        var (verb, route) = operation.Split(' ') is [var first, var second] ? (first, second) : throw new ArgumentException(operation);
        var path = $"api/{Placeholder().Replace(route, "x")}";
        string[] roles = [StaffRoles.Finance, StaffRoles.Fulfilment, StaffRoles.Operator, StaffRoles.Privacy];
        var differences = new List<string?>();
        // Whoever may not call it is turned away before the body is read.
        await AskAsync(one.Shop.Anonymous(), null);
        await AskAsync(one.Shop.As("nobody@example.com"), null);
        var everybody = one.Shop.As("everybody@example.com", roles);
        foreach (var body in Bodies(verb)) await AskAsync(everybody, body);
        await AskAsync(everybody, null, "?notThere=1");
        // Where there is such a thing, more of the code is walked.
        var places = await PlacesAsync(everybody);
        path = $"api/{Placeholder().Replace(route, place => places.GetValueOrDefault($"{route.Split('/')[0]}/{place.Value}", places.GetValueOrDefault(place.Value, "x")))}";
        await AskAsync(everybody, null);
        foreach (var (body, isAllowed) in GeneratedBodies.Of(verb, route))
        {
            var status = await AskAsync(everybody, Call.Json(body));
            if (!isAllowed) status.ShouldBeInRange(400, 499, $"{operation}: {body}");
        }

        differences.OfType<string>().Distinct().ShouldBeEmpty();

        async Task<int> AskAsync(HttpClient client, HttpContent? body, string query = "")
        {
            var answer = await client.CallAsync(verb, path + query, body, ("Idempotency-Key", "walk"), ("If-Match", "\"x\""));
            ((int)answer.StatusCode).ShouldBeLessThan(500, operation);
            differences.Add(await ApiContract.DifferenceAsync(answer));
            return (int)answer.StatusCode;
        }
    }

    /// <summary>Places of a paid order with a parcel and a promised refund, and of its customer; as long as no operation has ended them.</summary>
    private async Task<Dictionary<string, string>> PlacesAsync(HttpClient everybody)
    {
        var own = await one.Shop.Customer("walked@example.com");
        var account = (await own.ReadAsync("api/account"))["id"]!.GetValue<string>();
        var order = await own.OrderAsync("walked");
        await one.Shop.ReceiveAsync(order);
        await everybody.ShipAsync(order, "walked");
        var refund = (await (await everybody.RefundAsync(order, 100, "walked")).JsonAsync())["id"]?.GetValue<string>() ?? "x";
        return new()
        {
            ["orders/{id}"] = order,
            ["reviews/{orderId}"] = order,
            ["{orderId}"] = order,
            ["{refundId}"] = refund,
            ["{number}"] = "1",
            ["privacy/{id}"] = account,
            ["{accountId}"] = account,
            ["{sku}"] = "UPS-LI-1500",
            ["{carrier}"] = "parcelco",
        };
    }

    private static IEnumerable<HttpContent?> Bodies(string verb)
    {
        yield return null;
        if (verb is "GET" or "DELETE") yield break;
        foreach (var text in (string[])["{", "{}", "[]", "null", "7", """{"unknown":1}"""]) yield return Call.Json(text);
        yield return new ByteArrayContent([0x7b, 0xff, 0x7d]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        yield return new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded");
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
