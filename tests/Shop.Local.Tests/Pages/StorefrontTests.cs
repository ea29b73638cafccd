using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shop.Local.Tests.Host;

namespace Shop.Local.Tests.Pages;

/// <summary>What a browser gets from the storefront, and what it lets customers do, without a browser.</summary>
public sealed partial class StorefrontTests(StorageFixture storage)
{
    [Fact]
    public async Task The_first_pages_and_everything_they_refer_to_is_served()
    {
        await using var shop = await StartAsync();
        using var http = new HttpClient { BaseAddress = shop.Host.Address };
        var waiting = new Queue<string>(["/", "/desks"]);
        var types = new Dictionary<string, string>();
        while (waiting.TryDequeue(out var path))
        {
            var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            types[path] = response.Content.Headers.ContentType!.MediaType!;
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (path.EndsWith(".md", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal)) continue;
            ForeignAddress().Matches(text).Select(found => found.Value).ShouldBeEmpty($"{path} refers to another site");
            foreach (var reference in References().Matches(text).Select(found => found.Groups["path"].Value))
            {
                var full = new Uri(new Uri(http.BaseAddress, path), reference).AbsolutePath;
                // The API answers for itself, and types are for programs that check.
                if (full.EndsWith(".d.ts", StringComparison.Ordinal)) continue;
                if (!full.StartsWith("/api/", StringComparison.Ordinal) && !types.ContainsKey(full) && !waiting.Contains(full)) waiting.Enqueue(full);
            }
        }

        types["/"].ShouldBe("text/html");
        types["/storefront/storefront.js"].ShouldBe("text/javascript");
        types["/desks/parts.js"].ShouldBe("text/javascript");
        types["/shared/openapi-fetch.js"].ShouldBe("text/javascript");
        types["/shared/pages.css"].ShouldBe("text/css");
        types["/shared/settings.json"].ShouldBe("application/json");
        types["/README.md"].ShouldBe("text/plain");
    }

    [Fact]
    public async Task Its_scripts_may_reach_the_api_and_the_sign_in_and_nothing_else()
    {
        await using var shop = await StartAsync();
        using var http = new HttpClient { BaseAddress = shop.Host.Address };
        var response = await http.GetAsync("/", TestContext.Current.CancellationToken);
        var policy = response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().Split("; ");
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("style-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain($"connect-src 'self' {shop.SignIn!.Address.GetLeftPart(UriPartial.Authority)}");
        policy.ShouldContain("require-trusted-types-for 'script'");
        policy.ShouldAllBe(rule => !rule.Contains("unsafe", StringComparison.Ordinal) && !rule.Contains('*'));
    }

    [Fact]
    public async Task A_customer_can_sign_in_order_and_be_sent_back_to_it()
    {
        await using var shop = await StartAsync();
        var origin = shop.Host.Address.GetLeftPart(UriPartial.Authority);
        using var browser = new SignInBrowser(origin);
        using var api = new HttpClient { BaseAddress = shop.Host.Address };
        var settings = (await api.GetFromJsonAsync<JsonNode>("/shared/settings.json", TestContext.Current.CancellationToken))!;
        settings["stripeSandbox"]!.GetValue<string>().ShouldBe(shop.Stripe!.Address.ToString());
        settings["payPalSandbox"]!.GetValue<string>().ShouldBe(shop.PayPal!.Address.ToString());
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await browser.SignInAsync(settings, "grace@example.com"));

        (await api.PostAsJsonAsync("api/account", new { name = "Grace Hopper" }, TestContext.Current.CancellationToken)).StatusCode.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
        var id = await OrderAsync(api);
        (await PayAsync(api, id, "https://elsewhere.example")).ShouldBe(HttpStatusCode.BadRequest);
        (await PayAsync(api, id, origin)).ShouldBe(HttpStatusCode.OK);
        (await PayAsync(api, id, $"http://localhost:{shop.Host.Address.Port}")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_takes_nothing_from_the_functions()
    {
        await using var shop = await StartAsync();
        using var http = new HttpClient { BaseAddress = shop.Host.Address };
        (await http.GetAsync("/storefront/nothing.js", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.PostAsync("/", null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var products = await http.GetAsync("/api/products", TestContext.Current.CancellationToken);
        products.StatusCode.ShouldBe(HttpStatusCode.OK);
        // The app's own, which runs nothing; the pages' policy allows their scripts.
        products.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldNotContain("script-src");
        shop.Host.Functions.ShouldNotContain(function => function.Name.Contains("storefront", StringComparison.OrdinalIgnoreCase));
    }

    private Task<LocalShop> StartAsync() => LocalShop.StartAsync(
        new LocalShopOptions { Ports = LocalPorts.Free, StorageConnectionString = storage.NewAccount(), Automatic = false }.InThisProcess(),
        TestContext.Current.CancellationToken);

    private static async Task<string> OrderAsync(HttpClient api)
    {
        var response = await api.PlaceOrderAsync(Guid.NewGuid().ToString());
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["id"]!.GetValue<string>();
    }

    private static async Task<HttpStatusCode> PayAsync(HttpClient api, string id, string origin)
    {
        var body = new { provider = "stripe", returnUrl = $"{origin}/#/orders/{id}/returned", cancelUrl = $"{origin}/#/orders/{id}" };
        return (await api.PostAsJsonAsync($"api/orders/{id}/payments", body, TestContext.Current.CancellationToken)).StatusCode;
    }

    [GeneratedRegex("""(?:(?:href|src)=|from |fetch\()"(?<path>(?:\.{0,2}/)[^"{}]+)""")]
    private static partial Regex References();

    // SVG's namespace is a name, not an address.
    [GeneratedRegex("https?://(?!www.w3.org/2000/svg)[^\\s\"'`]+")]
    private static partial Regex ForeignAddress();
}
