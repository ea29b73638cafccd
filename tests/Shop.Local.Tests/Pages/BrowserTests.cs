using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Local.Tests.Host;

namespace Shop.Local.Tests.Pages;

/// <summary>The storefront as a person uses it, in a real browser.</summary>
public sealed class BrowserTests(StorageFixture storage)
{
    [Fact]
    public async Task A_newcomer_clicks_from_the_first_page_to_a_paid_order()
    {
        RequireChromium();
        await using var shop = await StartAsync();
        await using var browser = await Chromium.StartAsync();
        var email = $"{Guid.NewGuid():N}@example.com";
        await FillBasketAsync(browser, shop, email);
        await browser.ClickAsync("form [type=submit]");

        await browser.ClickAsync("button[value=pay]");
        await browser.WaitAsync("document.querySelector('.status .badge.paid')");
        await browser.WaitAsync("document.querySelector('.steps li.paid')");
        (await browser.TextAsync("location.pathname")).ShouldBe("/");
        (await browser.TextAsync("document.querySelector('.facts').textContent")).ShouldContain("£298.80");
        (await browser.TextAsync("document.querySelector('#basket-count').textContent")).ShouldBe("0");

        await browser.ClickAsync("nav [data-view=orders]");
        await browser.WaitAsync("document.querySelector('.orders .badge.paid')");
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_approves_at_PayPal_comes_back_to_a_paid_order()
    {
        RequireChromium();
        await using var shop = await StartAsync();
        // The page itself takes the approved money: no webhook tells the shop in time.
        shop.PayPal!.Faults.Add(new WebhookFault(WebhookFaultKind.Delay) { Times = 9, Delay = TimeSpan.FromHours(1) });
        await using var browser = await Chromium.StartAsync();
        await FillBasketAsync(browser, shop, $"{Guid.NewGuid():N}@example.com");
        await browser.ClickAsync("input[value=paypal]");
        await browser.ClickAsync("form [type=submit]");

        await browser.ClickAsync("button[value=approve]");
        await browser.WaitAsync("document.querySelector('.status .badge.paid')");
        (await browser.TextAsync("location.search")).ShouldBe("");
        (await browser.TextAsync("document.querySelector('.facts').textContent")).ShouldContain("£298.80");
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_cancels_a_paid_order_sees_the_money_go_back()
    {
        RequireChromium();
        await using var shop = await StartAsync();
        await using var browser = await Chromium.StartAsync();
        await FillBasketAsync(browser, shop, $"{Guid.NewGuid():N}@example.com");
        await browser.ClickAsync("input[value=paypal]");
        await browser.ClickAsync("form [type=submit]");
        await browser.ClickAsync("button[value=approve]");
        await browser.WaitAsync("document.querySelector('.status .badge.paid')");

        // Once to be asked, once to be sure.
        await browser.ClickAsync(".actions button.link");
        await browser.ClickAsync(".actions button.quiet");
        await browser.WaitAsync("document.querySelector('.refunds .badge.succeeded')");
        await browser.WaitAsync("document.querySelector('.status .badge.refunded')");
        (await browser.TextAsync("document.querySelector('.refunds').textContent")).ShouldContain("£298.80");
        (await browser.TextAsync("String(document.querySelectorAll('.actions button').length)")).ShouldBe("0");
        shop.PayPal!.Books.ShouldHaveSingleItem().Refunded.ShouldBe(298_80);
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_whose_answer_is_lost_is_placed_once_however_often_the_page_is_refreshed()
    {
        RequireChromium();
        await using var shop = await StartAsync();
        await using var browser = await Chromium.StartAsync();
        var email = $"{Guid.NewGuid():N}@example.com";
        await FillBasketAsync(browser, shop, email);
        // The order arrives, but its answer does not.
        await browser.WaitAsync("""
            (fetch => window.fetch = async (path, request) => {
              const answer = await fetch(path, request);
              if (path === '/api/orders') throw new TypeError('The connection was lost.');
              return answer;
            })(window.fetch)
            """);
        await browser.ClickAsync("form [type=submit]");
        await browser.ClickAsync(".problem button");
        await browser.WaitAsync("document.querySelector('.problem button')");

        await browser.ReloadAsync();
        await browser.WaitAsync("document.querySelector('button[value=pay]')");
        (await OrdersAsync(shop, email)).Count.ShouldBe(1);
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Neither_a_keyboard_nor_a_second_tab_nor_an_odd_quantity_loses_anything()
    {
        RequireChromium();
        await using var shop = await StartAsync();
        await using var browser = await Chromium.StartAsync();
        async Task Holds(int count) => (await browser.TextAsync("document.querySelector('#basket-count').textContent")).ShouldBe($"{count}");

        await browser.GoToAsync(shop.Host.Address);
        await browser.ClickAsync("button[aria-label*='1500 VA']");
        await browser.ReloadAsync();
        await browser.WaitAsync("document.querySelector('.product') && document.activeElement === document.body");
        await browser.PressTabAsync();
        (await browser.TextAsync("document.activeElement.className")).ShouldBe("skip");

        await browser.ClickAsync("nav [data-view=checkout]");
        foreach (var odd in (string[])["", "1.5", "99999", "0"])
        {
            await browser.TypeAsync(".quantity input", odd);
            (await browser.TextAsync("document.querySelector('.quantity input').getAttribute('aria-invalid')")).ShouldBe("true", odd);
            await Holds(1);
        }

        await browser.TypeAsync(".quantity input", "3");
        await browser.ClickAsync("[aria-label^=Remove]");
        await Holds(0);
        await browser.ClickAsync("[aria-label^=Put]");
        await Holds(3);
        (await browser.TextAsync("document.querySelector('.totals').textContent")).ShouldContain("£896.40");

        await SignInAsync(browser, $"{Guid.NewGuid():N}@example.com");
        await browser.WaitAsync("document.querySelector('form') && (window.other = window.open('/#/checkout'))");
        await browser.WaitAsync("window.other.document.querySelector('form') && window.other.document.querySelector('#basket-count').textContent === '3'");
        await browser.ClickAsync("form [type=submit]");
        (await browser.TextAsync("document.querySelector('.problems').textContent")).ShouldContain("Street: This is needed.");

        await browser.WaitAsync("(location.hash = '#/nowhere')");
        await browser.WaitAsync("document.querySelector('h1').textContent === 'There is nothing here'");
        await browser.WaitAsync("(localStorage.setItem('shop.basket', '{'), location.hash = '#/', true)");
        await browser.ReloadAsync();
        await browser.WaitAsync("document.querySelector('.product')");
        await Holds(0);
        browser.Complaints.ShouldBeEmpty();
    }

    private static void RequireChromium() =>
        Assert.SkipWhen(Chromium.Path is null, "This test drives a browser: install chromium (apt-get install chromium).");

    private Task<LocalShop> StartAsync() => LocalShop.StartAsync(
        new LocalShopOptions { Ports = LocalPorts.Free, StorageConnectionString = storage.ConnectionString },
        TestContext.Current.CancellationToken);

    /// <summary>Up to the form that is ready to be sent.</summary>
    private static async Task FillBasketAsync(Chromium browser, LocalShop shop, string email)
    {
        await browser.GoToAsync(shop.Host.Address);
        await browser.ClickAsync("button[aria-label*='1500 VA']");
        await browser.ClickAsync("nav [data-view=checkout]");
        await SignInAsync(browser, email);
        await browser.ClickAsync("fieldset button.link");
        (await browser.TextAsync("document.querySelector('#name').value")).ShouldBe(email.Split('@')[0]);
    }

    private static async Task SignInAsync(Chromium browser, string email)
    {
        await browser.ClickAsync("main section button:not([aria-label])");
        await browser.TypeAsync("#email", email);
        await browser.ClickAsync("form [type=submit]");
    }

    private static async Task<JsonArray> OrdersAsync(LocalShop shop, string email)
    {
        using var api = new HttpClient { BaseAddress = shop.Host.Address };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shop.SignIn!.IssueToken(email));
        return (await api.GetFromJsonAsync<JsonNode>("api/orders", TestContext.Current.CancellationToken))!["items"]!.AsArray();
    }
}
