namespace Shop.Local.Tests.Pages;

/// <summary>What the Finance desk offers for the rest of an order of which something has left; the order is made up, and nothing of it is sent.</summary>
[Collection(nameof(BrowserShop))]
public sealed class EndingsTests(BrowserShop running)
{
    [Fact]
    public async Task What_is_left_can_be_ended_again_after_a_parcel_was_taken_back_and_said_again_once_nothing_is()
    {
        await using var browser = await BrowserShop.OpenAsync();
        var desk = new DeskBrowser(running, browser, "finance");
        await desk.SignInAsync("fay@example.com");
        (await OfferedAsync(sent: 1, notSent: 0)).ShouldBe("Send no more of it");
        (await OfferedAsync(sent: 1, notSent: 1)).ShouldBe("Send no more of it", "a second parcel was taken back after the rest was ended");
        (await OfferedAsync(sent: 2, notSent: 1)).ShouldBe("Take it off the list again");
        await desk.LookAtAsync("an order of which the rest is not sent");
        (await OfferedAsync(sent: 3, notSent: 0)).ShouldBe("");
        browser.Complaints.ShouldBeEmpty();

        async Task<string> OfferedAsync(int sent, int notSent)
        {
            var id = $"order-{sent}-{notSent}";
            await browser.RunAsync($$"""
                (none => window.fetch = async request => Response.json(request.url.endsWith('/documents') ? { items: [] } : {
                  id: '{{id}}', number: '{{id}}', placedAt: '2026-11-20T12:00:00Z', currency: 'GBP', cancelled: false, net: none, vat: none, gross: none,
                  lines: [{ sku: 'BOOK-POWER', name: 'A book', quantity: 3, unitNet: none, vatRate: 0, net: none, vat: none, gross: none }],
                  payment: { status: 'partly_refunded', received: none, refunded: none, withdrawn: none },
                  fulfilment: {
                    status: 'part_shipped', notSent: {{notSent}} ? [{ sku: 'BOOK-POWER', quantity: {{notSent}} }] : undefined,
                    shipments: [{ number: 1, reference: '{{id}}-1', carrier: 'ParcelCo', status: 'collected', shippedAt: '2026-11-21T12:00:00Z', lines: [{ sku: 'BOOK-POWER', quantity: {{sent}} }], events: [] }],
                  },
                }, { headers: { ETag: '"1"' } }))({ amount: 0, currency: 'GBP' }), 1
                """);
            await desk.GoToAsync($"finance/orders/{id}", ".part");
            await browser.WaitAsync($"document.querySelector('h1').textContent.includes('{id}') && !document.querySelector('.loading')");
            return await browser.TextAsync("([...document.querySelectorAll('section.card')].find(part => part.querySelector('h2')?.textContent === 'End it')?.querySelector('.actions button')?.textContent ?? '')");
        }
    }
}
