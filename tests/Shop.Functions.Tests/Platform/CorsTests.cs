using System.Net;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Platform;

/// <summary>What a browser lets a storefront on another origin do.</summary>
public sealed class CorsTests(OneShop one) : IClassFixture<OneShop>
{
    /// <summary>The origin in the settings file.</summary>
    private const string Storefront = "http://localhost:3000";

    [Theory]
    [InlineData("POST", "api/orders", "authorization,content-type,idempotency-key")]
    [InlineData("PATCH", "api/account", "authorization,content-type,if-match")]
    [InlineData("GET", "api/orders", "authorization,if-none-match")]
    public async Task The_storefront_may_call(string method, string path, string headers)
    {
        var answer = await PreflightAsync(Storefront, method, path, headers);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Storefront]);
        string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Methods")).ShouldContain(method);
        string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Headers")).ShouldContain(headers.Split(',')[^1], Case.Insensitive);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:3001")]
    [InlineData("https://localhost:3000")]
    [InlineData("http://localhost:3000.evil.example")]
    [InlineData("null")]
    public async Task Nobody_else_may(string origin)
    {
        var answer = await PreflightAsync(origin, "POST", "api/orders", "authorization");
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        var call = await one.Shop.Anonymous().CallAsync("GET", "api/products", null, ("Origin", origin));
        call.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task A_storefronts_scripts_may_read_the_headers_they_need()
    {
        var ada = await one.Shop.Customer();
        HttpResponseMessage[] answers =
        [
            await ada.CallAsync("GET", "api/products", null, ("Origin", Storefront)),
            await ada.CallAsync("GET", "api/account", null, ("Origin", Storefront)),
            await ada.CallAsync("POST", "api/orders", Call.Json("{}"), ("Origin", Storefront)),
            await one.Shop.Anonymous().CallAsync("GET", "api/account", null, ("Origin", Storefront)),
        ];
        foreach (var answer in answers)
        {
            answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Storefront]);
            string.Join(", ", answer.Headers.GetValues("Access-Control-Expose-Headers")).Split(", ")
                .ShouldBe(["ETag", "Location", "Idempotency-Replayed", "Retry-After"], ignoreOrder: true);
        }
    }

    /// <summary>What a cache keeps of one who asked without an origin would lock a storefront out.</summary>
    [Theory]
    [InlineData("api/products")]
    [InlineData("api/account")]
    [InlineData("api/nothing")]
    public async Task Every_answer_says_that_it_depends_on_who_asks(string path) =>
        (await one.Shop.Anonymous().CallAsync("GET", path)).Headers.Vary.ShouldContain("Origin");

    private Task<HttpResponseMessage> PreflightAsync(string origin, string method, string path, string headers) => one.Shop.Anonymous().CallAsync(
        "OPTIONS", path, null, ("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", headers));
}
