using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;

namespace Shop.Local.Tests.Pages;

/// <summary>The desks as those who run the shop use them, in a real browser, each with the role that it is for.</summary>
[Collection(nameof(BrowserShop))]
public sealed class DeskTests(BrowserShop running)
{
    private readonly string _name = $"{Guid.NewGuid():N}";

    private LocalShop Shop => running.Shop;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_warehouse_sends_an_order_in_two_parcels_and_corrects_what_was_packed()
    {
        await using var browser = await BrowserShop.OpenAsync();
        var desk = new DeskBrowser(running, browser, "warehouse");
        var (id, number) = await new PaidOrder(running, _name).PlaceAsync();
        await desk.SignInAsync("fred@example.com");
        await browser.WaitAsync($"[...document.querySelectorAll('td a')].some(order => order.textContent === '{number}')");
        await desk.LookAtAsync("what is to be sent");
        await browser.TypeAsync("#number", number.ToLowerInvariant());
        await browser.ClickAsync("form [type=submit]");

        await browser.ClickAsync("form:has(#carrier) [type=submit]");
        (await browser.TextAsync("document.querySelector('.problem').textContent")).ShouldContain("Carrier: This is needed.");
        await browser.TypeAsync("[id='quantity.BOOK-POWER']", "1");
        await PackAsync(browser, "PC-1", parcels: 1);
        await PackAsync(browser, "PC-2", parcels: 2);
        await browser.ClickAsync("details:has([id='parcel-2.carrier']) > summary");
        await browser.TypeAsync("[id='parcel-2.trackingNumber']", "PC-22");
        await browser.ClickAsync("form:has([id='parcel-2.carrier']) [type=submit]");
        await browser.WaitAsync("document.querySelector('main').textContent.includes('PC-22')");
        await desk.PictureAsync();
        await browser.ClickAsync("form:has([id='event-1.kind']) [type=submit]");
        await browser.WaitAsync("document.querySelector('.items .badge.collected')");
        await desk.LookAtAsync("an order in two parcels");
        using var customer = running.ApiAs($"{_name}@example.com");
        var parcels = (await customer.GetFromJsonAsync<JsonNode>($"api/orders/{id}", Stop))!["fulfilment"]!["shipments"]!.AsArray();
        parcels.Select(parcel => $"{parcel!["trackingNumber"]}: {parcel["lines"]![0]!["quantity"]} {parcel["status"]}").ShouldBe(["PC-1: 1 collected", "PC-22: 2 awaiting_collection"]);

        await browser.ClickAsync($"a[href$='{id}/slip/2']");
        await browser.WaitAsync($"document.querySelector('.slip .reference')?.textContent === '{parcels[1]!["reference"]}'");
        (await browser.TextAsync("document.querySelector('.slip address').textContent")).ShouldStartWith("Ada Lovelace\n12 St James's Square\n");
        await desk.LookAtAsync("a slip");

        await desk.GoToAsync($"warehouse/orders/{id}", "[aria-label='Take it back: parcel 2']");
        await desk.DoForSureAsync("[aria-label='Take it back: parcel 2']");
        await browser.WaitAsync("document.querySelectorAll('.items > li').length === 1");
        await desk.GoToAsync("warehouse/stock", ".part:not(:has(.loading))");
        await desk.LookAtAsync("the stock");
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Finance_decides_about_what_was_paid_too_much_and_promises_a_refund()
    {
        await using var browser = await BrowserShop.OpenAsync();
        var desk = new DeskBrowser(running, browser, "finance");
        var (id, number) = await new PaidOrder(running, _name).PlaceAsync(tooMuch: 500);
        await desk.SignInAsync("fay@example.com");
        await browser.WaitAsync($"document.querySelector('[id=\"{number}.decision\"]')");
        (await browser.TextAsync($"document.querySelector('.review:has(a[href$=\"{id}\"])').textContent")).ShouldContain("Paid too much");
        await desk.LookAtAsync("stuck money");
        await desk.PictureAsync();
        await browser.TypeAsync($"[id='{number}.decision']", "accept");
        await browser.TypeAsync($"[id='{number}.reason']", "agreed_with_customer");
        await browser.ClickAsync($"form:has([id='{number}.decision']) [type=submit]");
        await browser.WaitAsync($"!document.querySelector('[id=\"{number}.decision\"]') && !document.querySelector('.problem')");

        await browser.TypeAsync("#number", number);
        await browser.ClickAsync("form [type=submit]");
        await browser.TypeAsync("#amount", "1.50");
        await browser.TypeAsync("#reason", "goodwill");
        await browser.TypeAsync("#note", "The box was dented.");
        await browser.ClickAsync("form:has(#amount) [type=submit]");
        await browser.WaitAsync("document.querySelector('main').textContent.includes('Goodwill: The box was dented.')");
        await desk.LookAtAsync("an order's money");
        using var customer = running.ApiAs($"{_name}@example.com");
        var refund = (await customer.GetFromJsonAsync<JsonNode>($"api/orders/{id}", Stop))!["refunds"]!.AsArray().ShouldHaveSingleItem()!;
        refund["amount"]!["amount"]!.GetValue<int>().ShouldBe(150);

        // Two of three books come back, and then somebody wants a third refunded that they keep.
        await new PaidOrder(running, _name).ReturnAsync(id, 2);
        await browser.ClickAsync(".facts + .actions button");
        await browser.WaitAsync("document.querySelector('[id=\"offer.reason\"]')");
        await browser.TypeAsync("[id='offer.reason']", "returned");
        await browser.ClickAsync("form:has([id='offer.reason']) [type=submit]");
        await browser.WaitAsync("!document.querySelector('[id=\"offer.reason\"]') && document.querySelector('main').textContent.includes('Returned: 2 × ')");
        await browser.ClickAsync("form:has(#amount) summary");
        await browser.TypeAsync("[id='refund.BOOK-POWER']", "1");
        await browser.TypeAsync("#reason", "faulty");
        await desk.LookAtAsync("a refund of some of it");
        await browser.ClickAsync("form:has(#amount) [type=submit]");
        await browser.WaitAsync("document.querySelector('main').textContent.includes('Faulty: 1 × ') && !document.querySelector('[id=\"refund.BOOK-POWER\"]')");
        (await customer.GetFromJsonAsync<JsonNode>($"api/orders/{id}/refunds", Stop))!["items"]!.AsArray().Select(item => item!["lines"]?[0]?["quantity"]?.GetValue<int>()).ShouldBe([null, 2, 1]);
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Operations_sends_a_dead_letter_back_sees_what_a_replay_would_do_and_changes_a_product()
    {
        await using var browser = await BrowserShop.OpenAsync();
        var desk = new DeskBrowser(running, browser, "operations");
        var poison = new QueueClient(Shop.StorageConnectionString, "order-checks-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await poison.CreateIfNotExistsAsync(cancellationToken: Stop);
        var order = _name[..26];
        await poison.SendMessageAsync($$"""{"orderId":"{{order}}","why":"stuck"}""", Stop);
        await Shop.Host.InvokeAsync("ReconcileEvents", null, Stop);
        await desk.SignInAsync("olga@example.com");
        await browser.WaitAsync("[...document.querySelectorAll('td')].some(cell => cell.textContent.includes('Last success'))");
        await browser.WaitAsync("document.querySelectorAll('.badge:is(.on_time, .unread)').length === 2 && document.querySelector('td .badge.ready')");
        await desk.LookAtAsync("how it stands");

        await desk.GoToAsync("operations/dead-letters", ".items");
        (await browser.TextAsync("document.querySelector('.items').textContent")).ShouldContain(order);
        await desk.LookAtAsync("dead letters");
        var isGone = $"!document.querySelector('.loading') && !(document.querySelector('.part')?.textContent ?? '{order}').includes('{order}')";
        var checkedAgain = Shop.Host.NextInvocationAsync(run => run is { Function: "AdvanceOrder", Succeeded: true }, Stop);
        await browser.WaitAsync($"(item => item && (item.querySelector('.actions button').click(), true))([...document.querySelectorAll('.items > li')].find(item => item.textContent.includes('{order}')))");
        await browser.WaitAsync(isGone);
        await checkedAgain.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System, Stop);
        await browser.ReloadAsync();
        await browser.WaitAsync(isGone);

        await browser.RunAsync("""
            (send => window.fetch = request => request.url?.endsWith('/health/ready') ? Promise.resolve(Response.json(
              { ready: false, parts: [{ name: 'queues', status: 'not_answering', detail: { failure: 'no_answer' } }] }, { status: 503 })) : send(request))(window.fetch), 1
            """);
        await desk.GoToAsync("operations", ".badge.not_answering");
        (await browser.TextAsync("document.querySelector('td:has(.not_answering)').textContent")).ShouldBe("Does not answerFailureno_answer");
        await desk.GoToAsync("operations/replay", "#from");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('[role=status] .facts')");
        await desk.LookAtAsync("what a replay would do");
        await desk.GoToAsync("operations/catalogue", "td a");
        await desk.LookAtAsync("the catalogue");
        await desk.GoToAsync("operations/catalogue/new", "#sku");
        var product = new (string Field, string Text)[] { ("sku", $"T-{_name[..8].ToUpperInvariant()}"), ("name", "Blanking panel"), ("category", "Racks"), ("description", "Closes a gap."), ("unitNet.amount", "4.50"), ("weightGrams", "200") };
        foreach (var (field, text) in product) await browser.TypeAsync($"[id='{field}']", text);
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('h1').textContent === 'Blanking panel'");
        await browser.TypeAsync("[id='unitNet.amount']", "5");
        await browser.ClickAsync("#withdrawn");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('form [role=status]').textContent.startsWith('It is written.')");
        await desk.LookAtAsync("a product");
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_privacy_officer_holds_an_account_then_erases_it_and_enters_a_breach()
    {
        await using var browser = await BrowserShop.OpenAsync();
        var desk = new DeskBrowser(running, browser, "privacy");
        using var customer = running.ApiAs($"{_name}@example.com");
        var opened = await customer.PostAsJsonAsync("api/account", new { name = "Ada Lovelace" }, Stop);
        var account = (await opened.Content.ReadFromJsonAsync<JsonNode>(Stop))!["id"]!.GetValue<string>();
        await desk.SignInAsync("pat@example.com");
        await browser.TypeAsync("#asOf", "2040-01-01");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.querySelector('.chart')");
        await desk.LookAtAsync("what a purge would do");

        await desk.GoToAsync("privacy/holds", "#id");
        await browser.TypeAsync("#id", account);
        await browser.TypeAsync("#reason", "legal_claim");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync($"document.querySelector('.items')?.textContent.includes('{account}')");
        await desk.LookAtAsync("legal holds");
        await AskToEraseAsync(browser, desk, account);
        await browser.WaitAsync("document.querySelector('.problem')?.textContent.includes('legal hold')");
        browser.Forgive("An account that is held is not erased.");
        await desk.LookAtAsync("what stands in the way of an erasure");
        await desk.GoToAsync("privacy/holds", $"[aria-label='Lift it: the hold on account {account}']");
        await desk.DoForSureAsync($"[aria-label='Lift it: the hold on account {account}']");
        await browser.WaitAsync($"!document.querySelector('.part').textContent.includes('{account}') && !document.querySelector('.loading')");
        await AskToEraseAsync(browser, desk, account);
        await browser.ClickAsync("button.danger");
        await browser.WaitAsync("document.querySelector('h1').textContent === 'The account is erased'");
        (await browser.TextAsync("JSON.stringify([location.href, document.cookie, { ...localStorage }, { ...sessionStorage }])")).ShouldNotContain(account);
        (await customer.GetAsync("api/account", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await desk.GoToAsync("privacy/breaches", "#whatHappened");
        await browser.TypeAsync("#whatHappened", "A laptop was left on a train.");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("/^7[12] h [0-9]{2} min left$/.test(document.querySelector('.clock')?.textContent)");
        (await browser.TextAsync("document.querySelector('main').textContent")).ShouldNotContain("Their addresses", Case.Sensitive, "nobody is listed");
        await browser.TypeAsync("#measures", "It was wiped from afar.");
        await browser.TypeAsync("[id='scope.people']", "a few");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.getElementById('scope.people-wrong')?.textContent.startsWith('A whole number')");
        await browser.TypeAsync("[id='scope.people']", "about 1,200");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("[...document.querySelectorAll('.facts div')].some(fact => fact.textContent === 'Revision2')");
        await browser.WaitAsync("[...document.querySelectorAll('.facts div')].some(fact => fact.textContent === 'People1200')");
        await desk.LookAtAsync("a breach");
        await desk.PictureAsync();
        await browser.TypeAsync("#measures", "");
        await browser.ClickAsync("form [type=submit]");
        await browser.WaitAsync("document.getElementById('measures-wrong')?.textContent.includes('not be taken back')");
        await desk.GoToAsync("privacy/records", ".part:not(:has(.loading)) table");
        await desk.LookAtAsync("the records");
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_desk_is_for_whoever_has_its_role_and_keeps_nothing_about_them()
    {
        await using var browser = await BrowserShop.OpenAsync();
        var desk = new DeskBrowser(running, browser, "finance");
        await browser.GoToAsync(new Uri(Shop.Host.Address, "desks"));
        await browser.WaitAsync("document.querySelectorAll('.doors a').length === 4");
        await desk.LookAtAsync("the desks");
        await desk.SignInAsync($"{_name}@example.com");
        (await browser.TextAsync("document.querySelector('#desks').textContent")).ShouldBe("Finance");

        await desk.GoToAsync("privacy", "main > button");
        (await browser.TextAsync("document.querySelector('main').textContent")).ShouldContain("without the role Shop.Privacy");
        await desk.LookAtAsync("a desk of somebody else");
        await browser.ReloadAsync();
        await browser.WaitAsync("document.querySelector('#desks a') && document.activeElement === document.body");
        await browser.PressTabAsync();
        (await browser.TextAsync("document.activeElement.className")).ShouldBe("skip");
        (await browser.TextAsync("JSON.stringify([location.href, document.cookie, { ...localStorage }, { ...sessionStorage }])")).ShouldNotContain(_name);
        browser.Complaints.ShouldBeEmpty();
    }

    private static async Task PackAsync(Chromium browser, string trackingNumber, int parcels)
    {
        await browser.TypeAsync("#carrier", "ParcelCo");
        await browser.TypeAsync("#trackingNumber", trackingNumber);
        await browser.ClickAsync("form:has(#carrier) [type=submit]");
        await browser.WaitAsync($"document.querySelectorAll('.items > li').length === {parcels}");
    }

    private async Task AskToEraseAsync(Chromium browser, DeskBrowser desk, string account)
    {
        await desk.GoToAsync("privacy/person", "#account");
        await browser.TypeAsync("#email", $"{_name}@example.com");
        await browser.ClickAsync("form:has(#email) [type=submit]");
        await browser.ClickAsync($"[aria-label='Go on: account {account}']");
        await browser.ClickAsync("section:has(#erasure-title) .actions button");
    }
}
