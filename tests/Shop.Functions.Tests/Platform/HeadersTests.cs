using System.Net;
using System.Text.RegularExpressions;
using Shop.Functions.Tests.Architecture;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Platform;

/// <summary>What every answer tells a browser, and what a cache may keep.</summary>
public sealed partial class HeadersTests(OneShop one) : IClassFixture<OneShop>
{
    public static TheoryData<string, string> Routes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var function in HttpFunction.All.Where(function => !function.Methods.IsEmpty)) data.Add(function.Methods[0].ToUpperInvariant(), function.Path());
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Every_answer_to_nobody_in_particular_is_closed(string method, string route) =>
        ShouldBeClosed(await one.Shop.Anonymous().CallAsync(method, route));

    [Theory]
    [InlineData("GET", "api/nothing-here", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "api/products", HttpStatusCode.MethodNotAllowed)]
    [InlineData("OPTIONS", "api/products", HttpStatusCode.NoContent)]
    public async Task What_is_no_part_of_the_API_is_answered_closed_as_well(string method, string path, HttpStatusCode expected)
    {
        var answer = await one.Shop.Anonymous().CallAsync(method, path);
        answer.StatusCode.ShouldBe(expected);
        ShouldBeClosed(answer);
        answer.Headers.CacheControl!.ToString().ShouldBe("no-store");
    }

    [Fact]
    public async Task What_is_about_a_person_is_kept_by_no_cache()
    {
        var person = await one.Shop.Customer("headers@example.com");
        var account = await person.GetAsync("api/account", TestContext.Current.CancellationToken);
        var order = await person.OrderAsync();
        string[] paths = ["api/account", "api/account/addresses", "api/account/consents", "api/account/export", "api/orders", $"api/orders/{order}", $"api/orders/{order}/tracking", "api/orders/x"];
        foreach (var path in paths)
        {
            var answer = await person.GetAsync(path, TestContext.Current.CancellationToken);
            ShouldBeClosed(answer);
            answer.Headers.CacheControl!.ToString().ShouldBe("no-store", path);
        }

        var unchanged = await person.GetAsync("api/account", account.Tag());
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        unchanged.Headers.CacheControl!.ToString().ShouldBe("no-store");
        (await one.Shop.Anonymous().CallAsync("GET", "api/products")).Headers.CacheControl!.Public.ShouldBeTrue("it is about nobody");
    }

    private static void ShouldBeClosed(HttpResponseMessage answer)
    {
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("Strict-Transport-Security").ShouldContain("max-age=");
        Header("Referrer-Policy").ShouldBe("no-referrer");
        Header("Content-Security-Policy").ShouldStartWith("default-src 'none'");

        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
