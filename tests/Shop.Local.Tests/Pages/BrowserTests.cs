using System.Net.Http.Json;

namespace Shop.Local.Tests.Pages;

/// <summary>The storefront as a customer uses it, in a real browser.</summary>
[Collection(nameof(BrowserShop))]
public sealed class BrowserTests(BrowserShop running)
{
    private readonly string _email = $"{Guid.NewGuid():N}@example.com";

    private LocalShop Shop => running.Shop;

    [Fact]
    public async Task A_newcomer_clicks_from_the_first_page_to_a_paid_order_though_a_card_is_declined()
    {
        await using var browser = await BrowserShop.OpenAsync();
        await running.FillBasketAsync(browser, _email);
        // Whoever opens the page again is still the same person, without anything about them in the browser.
        await browser.ReloadAsync();
        await browser.ClickAsync("fieldset:not([hidden]) button.link");
        (await browser.TextAsync("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.cookie])"))
            .ShouldNotContain(_email[..8], Case.Insensitive, "nothing personal is kept");
        await browser.ClickAsync("form [type=submit]");

        await browser.ClickAsync("button[value=decline]");
        await browser.WaitAsync("document.querySelector('[role=alert], .fault')");
        await browser.ClickAsync("button[value=pay]");
        await browser.WaitAsync("document.querySelector('.status .badge.paid')");
        await browser.WaitAsync("document.querySelector('.steps li.paid')");
        (await browser.TextAsync("location.pathname")).ShouldBe("/");
        (await browser.TextAsync("document.querySelector('.facts').textContent")).ShouldContain("£298.80");
        (await browser.TextAsync("document.querySelector('#basket-count').textContent")).ShouldBe("0");
        await browser.WaitAsync("/Invoice [0-9]{4}-[0-9]+ /.test(document.querySelector('#documents-title + ul').textContent)");

        await browser.ClickAsync("nav [data-view=orders]");
        await browser.WaitAsync("document.querySelector('.orders .badge.paid')");
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_approves_at_PayPal_comes_back_to_a_paid_order_and_sees_the_money_go_back_when_it_is_cancelled()
    {
        await using var browser = await BrowserShop.OpenAsync();
        await running.FillBasketAsync(browser, _email);
        // The page itself takes the approved money: no webhook tells the shop in time.
        Shop.PayPal!.Faults.Add(new WebhookFault(WebhookFaultKind.Delay) { Times = 9, Delay = TimeSpan.FromHours(1) });
        try
        {
            await browser.ClickAsync("input[value=paypal]");
            await browser.ClickAsync("form [type=submit]");
            await browser.ClickAsync("button[value=approve]");
            await browser.WaitAsync("document.querySelector('.status .badge.paid')");
        }
        finally
        {
            Shop.PayPal.Faults.Clear();
        }

        (await browser.TextAsync("location.search")).ShouldBe("");

        // Once to be asked, once to be sure.
        await browser.ClickAsync(".actions button.link");
        await browser.ClickAsync(".actions button.quiet");
        await browser.WaitAsync("document.querySelector('.refunds .badge.succeeded')");
        await browser.WaitAsync("document.querySelector('.status .badge.refunded')");
        (await browser.TextAsync("document.querySelector('.refunds').textContent")).ShouldContain("£298.80");
        (await browser.TextAsync("String(document.querySelectorAll('.actions button').length)")).ShouldBe("0");
        var order = (await running.OrdersAsync(_email)).ShouldHaveSingleItem()!["id"]!.GetValue<string>();
        Shop.PayPal.Books.Single(book => book.CustomId == order).Refunded.ShouldBe(298_80);
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_turns_back_on_the_payment_page_can_choose_another_or_cancel()
    {
        await using var browser = await BrowserShop.OpenAsync();
        await running.FillBasketAsync(browser, _email);
        await browser.ClickAsync("input[value=paypal]");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('button[value=cancel]')");
        await browser.BackAsync();
        await browser.WaitAsync("location.hash.startsWith('#/orders/') && document.querySelectorAll('.actions button:not(:disabled)').length === 3");
        await browser.ClickAsync(".actions button");
        await browser.ClickAsync("button[value=back]");

        await browser.WaitAsync("document.querySelectorAll('.actions button').length === 3");
        await browser.ClickAsync(".actions button.link");
        await browser.ClickAsync(".actions button:last-child");
        await browser.WaitAsync("document.querySelector('.status .badge.cancelled')");
        await browser.WaitAsync("document.querySelector('.steps li.cancelled')");
        (await browser.TextAsync("document.querySelector('main').textContent")).ShouldNotContain("unused");
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_whose_answer_is_lost_is_placed_once_however_often_the_page_is_reloaded()
    {
        await using var browser = await BrowserShop.OpenAsync();
        await running.FillBasketAsync(browser, _email);
        // The order arrives, but its answer does not.
        await browser.WaitAsync("""
            (fetch => window.fetch = async (request, init) => {
              const answer = await fetch(request, init);
              if (String(request.url).endsWith('/api/orders')) throw new TypeError('The connection was lost.');
              return answer;
            })(window.fetch)
            """);
        await browser.ClickAsync("form [type=submit]");
        await browser.ClickAsync(".problem button");
        await browser.WaitAsync("document.querySelector('.problem button')");
        (await browser.TextAsync("JSON.stringify({ ...sessionStorage })")).ShouldNotContain("Lovelace");

        // Whoever opens the page again is told, and nothing is ordered without them.
        await browser.ReloadAsync();
        await browser.WaitAsync("document.querySelector('h1')?.textContent === 'We do not know yet whether your order arrived'");
        (await browser.TextAsync("[...document.querySelectorAll('main button')].map(button => button.textContent).join()")).ShouldBe("Try again,Do not order");
        (await browser.TextAsync("String(performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('/api/orders')).length)")).ShouldBe("0");
        await running.LookAtAsync(browser, "an order that nobody knows of");
        await browser.ClickAsync(".problem button");
        await browser.WaitAsync("document.querySelector('button[value=pay]')");
        (await running.OrdersAsync(_email)).Count.ShouldBe(1);
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_tab_orders_or_has_ordered_is_not_ordered_again()
    {
        await using var browser = await BrowserShop.OpenAsync();
        await running.FillBasketAsync(browser, _email);
        // As another tab holds it while it waits for its answer, and then as it leaves it.
        await browser.WaitAsync("(navigator.locks.request('shop.ordering', () => new Promise(done => { window.answered = done; })), true)");
        await browser.WaitAsync("window.answered");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('.problem')?.textContent.includes('being ordered in another tab')");
        await browser.WaitAsync("(window.answered(), true)");
        await browser.WaitAsync("(localStorage.setItem('shop.basket', '{}'), true)");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('.problem')?.textContent.includes('changed in another tab')");
        (await running.OrdersAsync(_email)).ShouldBeEmpty();
        browser.Complaints.ShouldBeEmpty();
    }

    /// <summary>By the order's stream, and where that does not come through by asking.</summary>
    [Fact]
    public async Task A_page_that_is_left_open_tells_where_the_parcel_is()
    {
        await using var browser = await BrowserShop.OpenAsync();
        await running.FillBasketAsync(browser, _email);
        await browser.ClickAsync("form [type=submit]");
        await browser.ClickAsync("button[value=pay]");
        await browser.WaitAsync("document.querySelector('.steps li.paid')");
        (await browser.TextAsync("String(performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('/tracking')).length)")).ShouldBe("0", "the stream tells");
        var order = (await running.OrdersAsync(_email))[0]!["id"]!.GetValue<string>();
        using var warehouse = running.ApiAs("wanda@example.com", "Shop.Fulfilment");
        using var shipping = new HttpRequestMessage(HttpMethod.Post, $"api/orders/{order}/shipments") { Content = JsonContent.Create(new { carrier = "ParcelCo", trackingNumber = "PC 1" }) };
        shipping.Headers.Add("Idempotency-Key", order);
        (await warehouse.SendAsync(shipping, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await browser.WaitAsync("document.querySelector('.steps li.shipped') && document.querySelector('.status .badge.shipped')");

        // Not coming through at all, refused as by storage that is away, and then as by an instance that has no place left and says when to ask again.
        await browser.WaitAsync(
            """
            ((fetch, refusals) => window.fetch = (request, init) => {
              if (!request.url.endsWith('/stream')) return fetch(request, init);
              window.streams = (window.streams ?? 0) + 1;
              const [status, wait] = refusals.shift() ?? [];
              if (!status) return Promise.reject(new TypeError('No streams here.'));
              return Promise.resolve(new Response('{}', { status, headers: { 'Content-Type': 'application/problem+json', ...(wait && { 'Retry-After': wait }) } }));
            })(window.fetch, [[], [503], [429, '3600']])
            """);
        await browser.ClickAsync("nav [data-view=orders]");
        await browser.ClickAsync(".orders a");
        await browser.WaitAsync("document.querySelector('.steps li.shipped')");
        await browser.WaitAsync("(dispatchEvent(new Event('online')), window.streams === 3)");
        var arrived = new { eventId = "1", kind = "delivered", at = TimeProvider.System.GetUtcNow() };
        (await warehouse.PostAsJsonAsync($"api/orders/{order}/shipments/1/events", arrived, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        // The browser says that the network is there again: the page asks without a pause.
        await browser.WaitAsync("(dispatchEvent(new Event('online')), document.querySelector('.steps li.delivered') && document.querySelector('.status .badge.delivered'))");
        (await browser.TextAsync("String(window.streams)")).ShouldBe("3", "it was told to ask for no stream for an hour");
        browser.Complaints.ShouldBeEmpty();
    }
}
