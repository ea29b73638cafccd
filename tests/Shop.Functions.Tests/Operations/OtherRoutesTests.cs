using System.Net;
using System.Text.RegularExpressions;
using Shop.Functions.Operations;
using Shop.Functions.Tests.Architecture;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Operations;

/// <summary>What the Functions host would answer with an empty 404.</summary>
public sealed partial class OtherRoutesTests(OneShop one) : IClassFixture<OneShop>
{
    public static TheoryData<string> Routes => [.. HttpFunction.All.Where(function => function.Methods.Length > 0).Select(function => function.Route).Distinct()];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_method_that_an_address_does_not_take_is_405_with_those_that_it_takes(string route)
    {
        // Where a place is named, another route may fit as well.
        var taken = HttpFunction.All.Where(function => Covers(function.Route, route)).SelectMany(function => function.Methods).Select(method => method.ToUpperInvariant()).Distinct().ToList();
        string[] all = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"];
        var path = $"api/{Placeholder().Replace(route, "x")}";
        foreach (var method in all.Except(taken))
        {
            var answer = await one.Shop.Anonymous().CallAsync(method, path);
            answer.Content.Headers.Allow.ShouldBe([.. taken, "OPTIONS"], ignoreOrder: true, $"{method} {route}");
            if (method == "HEAD") answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
            else await answer.ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        }

        var options = await one.Shop.Anonymous().CallAsync("OPTIONS", path);
        options.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        options.Content.Headers.Allow.ShouldBe([.. taken, "OPTIONS"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("GET", "api/nothing")]
    [InlineData("POST", "api/orders/x/y/z?a=b")]
    [InlineData("OPTIONS", "api/nothing")]
    [InlineData("DELETE", "api/")]
    [InlineData("GET", "api/products/a/b")]
    public async Task An_address_that_there_is_not_is_a_problem(string method, string path) =>
        await (await one.Shop.Anonymous().CallAsync(method, path)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown-route");

    [Fact]
    public void Whatever_can_be_read_can_be_asked_for_without_its_body() =>
        HttpFunction.All.Where(function => function.Methods.Contains("get") && !function.Methods.Contains("head")).Select(function => function.Name).ShouldBeEmpty();

    [Fact]
    public async Task Head_says_what_get_says_and_sends_nothing()
    {
        var ada = await one.Shop.Customer("head@example.com");
        var order = await ada.OrderAsync();
        foreach (var path in (string[])["api/products", "api/account", $"api/orders/{order}", "api/orders", $"api/orders/{order}/tracking/stream", "api/privacy/policy", "api/openapi.json", "api/orders/x"])
        {
            var head = await ada.CallAsync("HEAD", path);
            (await head.TextAsync()).ShouldBeEmpty(path);
            if (path.EndsWith("stream", StringComparison.Ordinal))
            {
                head.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
                continue;
            }

            var get = await ada.CallAsync("GET", path);
            (head.StatusCode, head.Content.Headers.ContentType, head.Headers.ETag).ShouldBe((get.StatusCode, get.Content.Headers.ContentType, get.Headers.ETag), path);
            if (head.Headers.ETag is not null) (await ada.CallAsync("HEAD", path, null, ("If-None-Match", head.Tag()))).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        }
    }

    /// <summary>The Functions host tries routes by the functions' names, whatever ASP.NET Core would take first.</summary>
    [Fact]
    public void By_its_name_it_is_the_last_and_of_two_others_that_fit_the_named_place_comes_first()
    {
        var inOrder = HttpFunction.All.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase).ToList();
        inOrder[^1].Name.ShouldBe(AnswerOtherRoutes.Name);
        var wrong = from first in inOrder[..^1].Index()
                    from later in inOrder[..^1].Index()
                    where first.Index < later.Index && first.Item.Methods.Intersect(later.Item.Methods).Any()
                    where Covers(first.Item.Route, later.Item.Route)
                    select $"{first.Item.Name} hides {later.Item.Name}";
        wrong.ShouldBeEmpty();
    }

    /// <returns>Whether every path of the other route fits this one as well.</returns>
    private static bool Covers(string route, string other)
    {
        var (parts, others) = (route.Split('/'), other.Split('/'));
        return parts.Length == others.Length && parts.Zip(others).All(pair => pair.First[0] == '{' || pair.First == pair.Second);
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
