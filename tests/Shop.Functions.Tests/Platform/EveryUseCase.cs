using System.Net.Http.Json;
using System.Text.Json;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Newsletter;
using Shop.Functions.Tests.Privacy;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Platform;

/// <summary>
/// Somebody does all that there is to do, with values that nobody else has. Each call is made with storage out of order
/// and with its body spoilt in every way before it is made as it should be. A new function is given its step here.
/// </summary>
internal sealed partial class EveryUseCase(RunningShop shop)
{
    private const string PayerName = "Payer4d0c";
    private const string PayerEmail = "payer4d0c@example.com";
    private const string Parcel = "PARCEL-9f3e";
    private const string Erased = "Erased5e1f";
    private const string Visitor = "Visitor6b2d";
    private const string Prose = "Prose77ab: Ada called about it.";

    private readonly List<HttpResponseMessage> _refusals = [];
    private readonly List<HttpResponseMessage> _answers = [];

    /// <summary>Everything that was answered as it should be.</summary>
    public IReadOnlyList<HttpResponseMessage> Answers => _answers;

    /// <summary>Everything that was answered with an error.</summary>
    public IReadOnlyList<HttpResponseMessage> Refusals => _refusals;

    public Person Person { get; private set; } = null!;

    /// <summary>What must be nowhere but in storage and in the answers to those whom it concerns. An account's id may be anywhere.</summary>
    public IReadOnlyList<string> Marks => [.. Person.Values.Where(value => value != Person.AccountId), PayerName, PayerEmail, Parcel, Erased, Visitor, "Prose77ab"];

    /// <summary>Who gets mail with marked values in it, for it concerns them.</summary>
    public IReadOnlyList<string> Correspondents => [$"{Person.Values[0]}@example.com", $"{Erased}-own@example.com", $"{Erased}-other@example.com", "desk@example.com", "support@example.com", $"{Visitor}@example.com", $"{Visitor}.reader@example.com", $"{Visitor}.parent@example.com", Parent];

    public async Task RunAsync()
    {
        Person = await Person.WithEverythingAsync(shop, "everybody", seed: 11);
        await AccountAsync();
        await CatalogueAsync();
        await ContactAsync();
        await NewsletterAsync();
        await OrdersAsync();
        await StaffAsync();
        await PrivacyAsync();
        await ErasuresAsync();
        await TimersAndQueuesAsync();
    }

    private async Task AccountAsync()
    {
        var client = Person.Client;
        await CallAsync(client, "POST", "api/account", new { name = Own("Name"), company = Own("Company"), phone = Own("+44") });
        await CallAsync(client, "GET", "api/account");
        await CallAsync(client, "PATCH", "api/account", new { name = Own("Name"), phone = Own("+44") }, ("If-Match", "*"));
        var address = new { label = Own("Label"), name = Own("Recipient"), line1 = Own("Line"), city = Own("City"), postcode = "N1", country = "GB" };
        var created = await CallAsync(client, "POST", "api/account/addresses", address);
        var id = (await created.JsonAsync())["id"]!.GetValue<string>();
        await CallAsync(client, "GET", "api/account/addresses");
        await CallAsync(client, "GET", $"api/account/addresses/{id}");
        await CallAsync(client, "PUT", $"api/account/addresses/{id}", address, ("If-Match", "*"));
        await CallAsync(client, "DELETE", $"api/account/addresses/{id}", null, ("If-Match", "*"));
        var parent = new { name = Own("Parent"), email = Parent };
        await CallAsync(client, "POST", "api/account/consents", new { purpose = "marketing", given = true, wording = "2026-2", under16 = true, parent });
        await shop.SettleAsync();
        (await shop.Anonymous().PressAsync(shop.Mail.LinkTo(Parent))).EnsureSuccessStatusCode();
        await CallAsync(client, "GET", "api/account/consents");
        await CallAsync(shop.Anonymous(), "GET", "api/consents/wordings");
        await CallAsync(shop.Officer(), "POST", "api/privacy/account-search", new { email = $"{Person.Values[0]}@example.com" });
        await CallAsync(shop.Officer(), "POST", $"api/privacy/accounts/{Person.AccountId}/age", new { under16 = true, reason = "proof_seen", note = Prose });
        await CallAsync(client, "GET", "api/account/export");
    }

    private async Task CatalogueAsync()
    {
        await CallAsync(shop.Anonymous(), "GET", "api/products");
        await CallAsync(shop.Anonymous(), "GET", "api/products/BOOK-POWER");
        var product = new { name = "A cable", category = "Power", description = "Two metres", unitNet = new { amount = 500, currency = "GBP" }, vatClass = "standard", weightGrams = 300, counted = true };
        await CallAsync(shop.As("olga@example.com", "Shop.Operator"), "PUT", "api/products/CABLE-2M", product, ("If-None-Match", "*"));
        var fulfilment = shop.As("fred@example.com", "Shop.Fulfilment");
        await CallAsync(fulfilment, "POST", "api/stock/CABLE-2M/adjustments", new { change = 5, reason = "received" }, ("Idempotency-Key", "cables"));
        await CallAsync(fulfilment, "GET", "api/stock");
        await CallAsync(shop.Anonymous(), "GET", "api/health/live");
        await CallAsync(shop.Anonymous(), "GET", "api/health/ready");
        await CallAsync(shop.As("olga@example.com", "Shop.Operator"), "GET", "api/health/ready");
        foreach (var path in (string[])["api/openapi.json", "api/docs", "api/docs/scalar.js"]) await CallAsync(shop.Anonymous(), "GET", path);
        await CallAsync(shop.Anonymous(), "OPTIONS", "api/orders");
    }

    /// <summary>Storage has no part in it, so the mail server is out of order instead.</summary>
    private async Task ContactAsync()
    {
        var visitor = shop.Anonymous();
        await CallAsync(visitor, "GET", "api/contact/challenge");
        var proof = await visitor.ProofAsync("contact");
        var body = new { name = Visitor, email = $"{Visitor}@example.com", kind = "support", orderNumber = Visitor, subject = Visitor, text = $"{Visitor} calls", receipt = true, proof };
        foreach (var spoilt in Spoilt(JsonSerializer.SerializeToNode(body)!)) await RefuseAsync(visitor, "POST", "api/contact", Call.Json(spoilt));
        shop.Mail.Fault = new(Local.Mail.MailStep.Recipient, $"550 5.1.1 {Visitor}");
        var refused = await visitor.CallAsync("POST", "api/contact", Content(body));
        refused.StatusCode.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
        _refusals.Add(refused);
        shop.Mail.Fault = null;
        (await visitor.CallAsync("POST", "api/contact", Content(body))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
    }

    private async Task NewsletterAsync()
    {
        var visitor = shop.Anonymous();
        var (reader, parent) = ($"{Visitor}.reader@example.com", $"{Visitor}.parent@example.com");
        await CallAsync(visitor, "GET", "api/newsletter/challenge");
        var body = new { email = reader, under16 = true, parentEmail = parent, proof = await visitor.ProofAsync("newsletter") };
        foreach (var spoilt in Spoilt(JsonSerializer.SerializeToNode(body)!)) await RefuseAsync(visitor, "POST", "api/newsletter", Call.Json(spoilt));
        shop.Mail.Fault = new(Local.Mail.MailStep.Recipient, $"450 4.2.0 {Visitor}");
        _refusals.Add(await visitor.CallAsync("POST", "api/newsletter", Content(body)));
        shop.Mail.Fault = null;
        (await visitor.CallAsync("POST", "api/newsletter", Content(body))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        // The parent agrees, the reader joins, and leaves again.
        foreach (var who in new[] { parent, reader, reader })
        {
            shop.Newsletter.Fault = System.Net.HttpStatusCode.BadGateway;
            if (who == reader) ((int)(await visitor.PressAsync(shop.Mail.LinkTo(who))).StatusCode).ShouldBe(503);
            shop.Newsletter.Fault = null;
            Fail();
            if (who == reader) _refusals.Add(await visitor.PressAsync(shop.Mail.LinkTo(who)));
            Mend();
            (await visitor.PressAsync(shop.Mail.LinkTo(who))).EnsureSuccessStatusCode();
        }
    }

    /// <summary>Two messages that nobody can handle: one is sent back, the other taken off the list.</summary>
    private async Task DeadLettersAsync(HttpClient operators)
    {
        foreach (var text in new[] { "{\"orderId\":17}", "null" })
            await shop.Queue(StorageNames.OrderChecks + StorageNames.PoisonSuffix).SendMessageAsync(text, TestContext.Current.CancellationToken);
        var letters = (await (await CallAsync(operators, "GET", "api/operations/dead-letters")).JsonAsync())["items"]!.AsArray();
        var ids = letters.Select(letter => letter!["id"]!.GetValue<string>()).ToList();
        await CallAsync(operators, "POST", "api/operations/dead-letters/redrive", new { queue = "emails" });
        await CallAsync(operators, "DELETE", $"api/operations/dead-letters/{ids[0]}?reason=test");
        await CallAsync(operators, "POST", $"api/operations/dead-letters/{ids[1]}/redrive");
        await shop.SettleAsync();
    }

    private async Task ErasuresAsync()
    {
        var own = await OpenAsync("own");
        await ConfirmAsync(own, "api/account/erasure");
        var other = await OpenAsync("other");
        var id = (await other.ReadAsync("api/account"))["id"]!.GetValue<string>();
        await ConfirmAsync(shop.Officer(), $"api/privacy/accounts/{id}/erasure");

        async Task<HttpClient> OpenAsync(string who)
        {
            var client = shop.As($"{Erased}-{who}@example.com");
            (await client.CallAsync("POST", "api/account", JsonContent.Create(new { name = $"{Erased} {who}" }))).EnsureSuccessStatusCode();
            return client;
        }

        async Task ConfirmAsync(HttpClient client, string path)
        {
            var asked = await CallAsync(client, "POST", path);
            await CallAsync(client, "POST", path, new { confirmation = (await asked.JsonAsync())["confirmation"]!.GetValue<string>() });
        }
    }

    private async Task PrivacyAsync()
    {
        var officer = shop.Officer();
        await CallAsync(shop.Anonymous(), "GET", "api/privacy/policy");
        await CallAsync(shop.Anonymous(), "GET", "api/privacy/processors");
        await CallAsync(officer, "POST", "api/privacy/policy/reviews", new { outcome = "unchanged" });
        await CallAsync(officer, "GET", "api/privacy/policy/reviews");
        await CallAsync(officer, "GET", $"api/privacy/accounts/{Person.AccountId}/export");

        await CallAsync(officer, "PUT", $"api/privacy/holds/{Person.AccountId}", new { reason = "legal_claim", note = Prose });
        await CallAsync(officer, "GET", $"api/privacy/holds/{Person.AccountId}");
        await CallAsync(officer, "GET", "api/privacy/holds");
        await CallAsync(officer, "DELETE", $"api/privacy/holds/{Person.AccountId}");
        var held = $"api/privacy/order-holds/{Person.OrderIds[0]}";
        await CallAsync(officer, "PUT", held, new { reason = "legal_claim" });
        await CallAsync(officer, "GET", held);
        await CallAsync(officer, "DELETE", held);
        await CallAsync(officer, "GET", "api/privacy/erasures");
        await CallAsync(officer, "GET", "api/privacy/purge-preview?asOf=2040-01-01");
        await shop.Host.InvokeAsync("ContinuePurge", """{"since":"2026-01-01"}""", TestContext.Current.CancellationToken);
        await CallAsync(officer, "GET", "api/privacy/purges");
        await CallAsync(officer, "GET", "api/privacy/staff-actions");

        var scope = new { accounts = new[] { Person.AccountId } };
        var entered = await CallAsync(officer, "POST", "api/privacy/breaches", new { noticedAt = shop.Ago(TimeSpan.FromHours(60)), whatHappened = Prose, scope });
        var breach = $"api/privacy/breaches/{(await entered.JsonAsync())["id"]!.GetValue<string>()}";
        await CallAsync(officer, "PATCH", breach, new { measures = Prose, likelyConsequences = Prose }, ("If-Match", "*"));
        await CallAsync(officer, "GET", breach);
        await CallAsync(officer, "GET", "api/privacy/breaches");
        await CallAsync(officer, "GET", $"{breach}/revisions");
        await CallAsync(officer, "GET", $"{breach}/accounts.csv");
    }

    /// <summary>Timers as they come round, and each queue's last message once more, with storage out of order and without.</summary>
    private async Task TimersAndQueuesAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var timer in shop.Host.Functions.Where(function => function.Trigger == Local.Host.TriggerKind.Timer))
        {
            await FailingAsync(() => shop.Host.InvokeAsync(timer.Name, null, cancellation));
            await shop.Host.InvokeAsync(timer.Name, null, cancellation);
        }

        await shop.SettleAsync();
        foreach (var function in shop.Host.Functions.Where(function => function.Trigger == Local.Host.TriggerKind.Queue))
        {
            if (LeakTests.Messages(shop).LastOrDefault(sent => sent.Queue == function.Queue).Text is not { } message) continue;
            await FailingAsync(() => shop.Host.InvokeAsync(function.Name, message, cancellation));
            await shop.Host.InvokeAsync(function.Name, message, cancellation);
        }

        await shop.SettleAsync();
    }

    private string Parent => Own("parent") + "@example.com";

    private string Own(string what) => Person.Values.First(value => value.StartsWith(what, StringComparison.Ordinal));
}
