using System.Net;
using System.Net.Http.Json;

namespace Shop.Local.Tests.Pages;

/// <summary>What holds for every page: anybody can use it, on any screen, by day and by night.</summary>
[Collection(nameof(BrowserShop))]
public sealed class PageTests(BrowserShop running)
{
    private const string Manual = "https://shop.example/manuals/COOL-ROW-12";

    /// <summary>Where it is, and what is there once it is shown; the ones behind them need somebody who is signed in.</summary>
    private static readonly (string Page, string Shown)[] Pages =
    [
        ("", ".product img"), ("?q=nothing+like+it", "form + p:not(:empty)"), ("products/COOL-ROW-12", $"#main a[href='{Manual}']"), ("checkout", ".quantity input"), ("contact", "#text"),
        ("newsletter", "#under16"), ("nowhere", "#main a"), ("orders", ".orders .badge"), ("account", "#erasure-title"), ("account/addresses/new", "#label"),
    ];

    private readonly string _email = $"{Guid.NewGuid():N}@example.com";

    private LocalShop Shop => running.Shop;

    [Fact]
    public async Task Every_page_can_be_used_by_everybody_on_a_desk_by_day_and_on_a_telephone_by_night()
    {
        await using var browser = await BrowserShop.OpenAsync();
        await PointToManualAsync();
        await running.FillBasketAsync(browser, "ada.lovelace@example.com");
        await running.LookAtAsync(browser, "checkout with a new address");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('button[value=pay]')");
        await running.LookAtAsync(browser, "Stripe's page");
        await browser.ClickAsync("button[value=pay]");
        await browser.WaitAsync("document.querySelector('#documents-title') && document.querySelector('.steps li.paid')");
        await PictureAsync(browser, "order");
        var name = await browser.TextAsync("document.querySelector('h1').textContent");
        var order = await browser.TextAsync("location.hash.slice(2).split('/returned')[0]");
        await browser.GoToAsync(Shop.Host.Address);
        await browser.ClickAsync("button[aria-label*='1500 VA']");
        await PictureAsync(browser, "storefront");

        foreach (var (width, isDark) in new[] { (1200, false), (375, true) })
        {
            await browser.SizeAsync(width, isDark);
            foreach (var (page, shown) in Pages.Append((order, ".steps li.paid")))
            {
                await browser.WaitAsync($"(location.hash = '#/{page}', true)");
                await browser.WaitAsync($"document.querySelector({System.Text.Json.JsonSerializer.Serialize(shown)})");
                await running.LookAtAsync(browser, $"{page} at {width} px");
            }

            await browser.WaitAsync("(location.hash = '#/contact', true)");
            await browser.ClickAsync("form [type=submit]");
            await browser.WaitAsync("document.querySelector('.problem')");
            await running.LookAtAsync(browser, $"a form with mistakes at {width} px");
        }

        foreach (var address in new[] { Shop.SignIn!.Address, Shop.Stripe!.Address, Shop.PayPal!.Address, Shop.MailPage!.Address, Shop.Newsletter!.Address, Shop.Carrier!.Address })
        {
            await browser.GoToAsync(address);
            await browser.WaitAsync($"location.href === '{address}' && document.querySelector('h1')");
            await running.LookAtAsync(browser, $"{address} at 375 px");
            if (address == Shop.Stripe.Address) (await browser.TextAsync("document.body.textContent")).ShouldContain(name, Case.Sensitive, "people know an order by its number");
        }

        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Neither_a_keyboard_nor_a_second_tab_nor_an_odd_quantity_loses_anything()
    {
        await using var browser = await BrowserShop.OpenAsync();
        async Task Holds(int count) => (await browser.TextAsync("document.querySelector('#basket-count').textContent")).ShouldBe($"{count}");

        await browser.GoToAsync(Shop.Host.Address);
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

        await BrowserShop.SignInAsync(browser, $"{Guid.NewGuid():N}@example.com");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('#line1')");
        // This one does not answer the other, as where it sleeps: that somebody is signed in is known all the same.
        await browser.WaitAsync("document.querySelector('form') && (BroadcastChannel.prototype.postMessage = () => {}, true)");
        await using (var other = await browser.OpenTabAsync("/#/checkout"))
        {
            // Which tab opened the account is known to that tab only.
            await other.WaitAsync("document.querySelector('#person span') && document.querySelector('#name') && document.querySelector('#basket-count').textContent === '3'");
            other.Complaints.ShouldBeEmpty();
        }

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

    [Fact]
    public async Task People_find_change_and_erase_what_is_kept_about_them()
    {
        await using var browser = await BrowserShop.OpenAsync();
        await browser.GoToAsync(new Uri(Shop.Host.Address, "#/account"));
        await BrowserShop.SignInAsync(browser, _email);
        await browser.WaitAsync("document.querySelector('main').textContent.includes('nothing is kept about you')");
        await browser.ClickAsync("form [type=submit]");

        await browser.ClickAsync("a[href='#/account/addresses/new']");
        foreach (var (field, text) in new[] { ("name", "Ada Lovelace"), ("line1", "12 St James's Square"), ("city", "London"), ("postcode", "SW1Y 4JH") }) await browser.TypeAsync($"#{field}", text);
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('#addresses-title + ul')?.textContent.includes('SW1Y 4JH')");

        await browser.TypeAsync("#company", "Analytical Engines Ltd");
        await browser.ClickAsync("form:has(#company) [type=submit]");
        await browser.WaitAsync("document.querySelector('form:has(#company) [role=status]').textContent === 'It is changed.'");
        await browser.ClickAsync("#given");
        await browser.ClickAsync("form:has(#given) [type=submit]");
        await browser.WaitAsync("document.querySelector('#consents-title + p').textContent.includes('confirmed by the link')");
        await browser.ClickAsync("#consents-title ~ .actions button");
        await browser.WaitAsync("document.querySelector('#consents-title + p').textContent === 'You get no news by e-mail.'");
        await running.LookAtAsync(browser, "an account with everything in it");

        await browser.ClickAsync("#erasure-title ~ .actions button");
        await browser.ClickAsync("button.danger");
        await browser.WaitAsync("document.querySelector('h1').textContent === 'Your account is erased'");
        await running.LookAtAsync(browser, "what is said of an erasure");
        using var api = running.ApiAs(_email);
        (await api.GetAsync("api/account", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_has_no_account_can_write_to_the_desk_and_join_the_newsletter()
    {
        await using var browser = await BrowserShop.OpenAsync();
        await browser.GoToAsync(new Uri(Shop.Host.Address, "#/contact"));
        foreach (var (field, text) in new[] { ("name", "Grace Hopper"), ("email", _email), ("subject", "A question"), ("text", "How loud is it?") }) await browser.TypeAsync($"#{field}", text);
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('h1').textContent === 'Thank you'");
        Shop.Mail!.Mails.ShouldContain(mail => mail.Text.Contains("How loud is it?") && mail.Text.Contains(_email));

        await browser.ClickAsync("footer a[href='#/newsletter']");
        await browser.TypeAsync("#email", _email);
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('h1').textContent === 'One more step'");
        browser.Complaints.ShouldBeEmpty();
    }

    /// <summary>Staff say where there is more to read about a product.</summary>
    private async Task PointToManualAsync()
    {
        using var olga = running.ApiAs("olga@example.com", "Shop.Operator");
        using var writing = new HttpRequestMessage(HttpMethod.Put, "api/products/COOL-ROW-12")
        {
            Content = JsonContent.Create(new
            {
                name = "In-row cooling unit 12 kW",
                category = "Cooling",
                description = "Chilled water, variable fans, leak detection.",
                descriptionUrl = Manual,
                pictures = new[] { "/pictures/COOL-ROW-12.svg" },
                unitNet = new { amount = 812_000, currency = "GBP" },
                vatClass = "standard",
                weightGrams = 240_000,
            }),
        };
        writing.Headers.TryAddWithoutValidation("If-Match", "*");
        (await olga.SendAsync(writing, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    private static async Task PictureAsync(Chromium browser, string name)
    {
        if (!Chromium.KeepsPictures) return;
        await browser.SizeAsync(1200);
        await browser.WaitAsync("document.fonts.status === 'loaded' && [...document.images].every(image => image.complete || image.loading === 'lazy')");
        await browser.KeepPictureAsync($"storefront/{name}.png");
    }
}
