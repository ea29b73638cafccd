using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Local.Tests.Host;

namespace Shop.Local.Tests.Pages;

/// <summary>One shop, as it is deployed, for all tests that drive a browser; one after the other.</summary>
[CollectionDefinition(nameof(BrowserShop))]
public sealed class BrowserShop(StorageFixture storage) : IAsyncLifetime, ICollectionFixture<BrowserShop>
{
    private string _axe = "";

    /// <summary>Running where there is a browser.</summary>
    public LocalShop Shop { get; private set; } = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null) return;
        _axe = await File.ReadAllTextAsync(Path.Combine(await NodeFolder.InstalledAsync(), "node_modules/axe-core/axe.min.js"), Stop);
        Shop = await LocalShop.StartAsync(new LocalShopOptions { Ports = LocalPorts.Free, StorageConnectionString = storage.NewAccount() }, Stop);
    }

    public ValueTask DisposeAsync() => Shop?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A browser of one's own; without Chromium the test says so and is skipped.</summary>
    internal static Task<Chromium> OpenAsync()
    {
        Assert.SkipWhen(Chromium.Path is null, "This test drives a browser: install chromium (apt-get install chromium).");
        return Chromium.StartAsync();
    }

    /// <summary>The API as somebody with these roles.</summary>
    internal HttpClient ApiAs(string email, params string[] roles)
    {
        var api = new HttpClient { BaseAddress = Shop.Host.Address };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Shop.SignIn!.IssueToken(email, roles));
        return api;
    }

    internal async Task<JsonArray> OrdersAsync(string email)
    {
        using var api = ApiAs(email);
        return (await api.GetFromJsonAsync<JsonNode>("api/orders", Stop))!["items"]!.AsArray();
    }

    /// <summary>What is shown can be used by everybody as far as axe can tell, and needs no scrolling sideways.</summary>
    internal async Task LookAtAsync(Chromium browser, string page)
    {
        // It is large, and stays as long as the document.
        if (await browser.TextAsync("typeof axe") != "object") await browser.RunAsync(_axe);
        var violations = await browser.RunAsync("""
            axe.run(document, { resultTypes: ['violations'] })
              .then(found => found.violations.map(rule => `${rule.id}: ${rule.nodes.map(node => `${node.html}\n${node.failureSummary}`).join('\n')}`).join('\n\n'))
            """);
        violations.ShouldBe("", page);
        (await browser.TextAsync("String(document.documentElement.scrollWidth - document.documentElement.clientWidth)")).ShouldBe("0", $"{page} needs scrolling sideways");
    }

    /// <summary>From the first page to the form that is ready to be sent.</summary>
    internal async Task FillBasketAsync(Chromium browser, string email)
    {
        await browser.GoToAsync(Shop.Host.Address);
        await browser.ClickAsync("button[aria-label*='1500 VA']");
        await browser.ClickAsync("nav [data-view=checkout]");
        await SignInAsync(browser, email);
        await browser.WaitAsync($"document.querySelector('#name')?.value === '{email.Split('@')[0]}'");
        await browser.ClickAsync("form [type=submit]");
        await browser.ClickAsync("fieldset:not([hidden]) button.link");
        await browser.WaitAsync("document.querySelector('#quote').textContent.includes('£298.80')");
    }

    internal static async Task SignInAsync(Chromium browser, string email)
    {
        await browser.ClickAsync("main button:not([aria-label])");
        await browser.TypeAsync("#email", email);
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('#person span')");
    }
}
