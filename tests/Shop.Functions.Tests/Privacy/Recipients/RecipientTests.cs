using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Newsletter;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Privacy.Erasures;
using Shop.Local.Mail;

namespace Shop.Functions.Tests.Privacy.Recipients;

/// <summary>Whoever was given data about somebody is told that it is erased (GDPR, Article 19), now or as soon as it can be told.</summary>
public sealed class RecipientTests(StorageEmulator emulator)
{
    [Fact]
    public async Task The_mailing_provider_erases_and_a_person_at_the_desk_is_asked_to()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, _) = await ReaderAsync(shop);
        var erased = await ada.EraseAsync();
        Told(erased).ShouldBe([("desk", "person_asked"), ("mailing-provider", "erased")]);
        shop.Newsletter.Contacts.ShouldBeEmpty();
        var mail = shop.Mail.Mails.Last(mail => mail.To.Contains("desk@example.com"));
        mail.Text.ShouldContain("marked@example.com");
        mail.Text.ShouldContain(erased["reference"]!.GetValue<string>());

        var listed = await shop.Officer().ReadAsync("api/privacy/erasures");
        Told(listed["items"]![0]!).ShouldBe([("desk", "person_asked"), ("mailing-provider", "erased")]);
        listed.ToJsonString().ShouldNotContain("marked");
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Holds("marked"));
    }

    [Fact]
    public async Task Who_cannot_be_told_now_is_told_later_and_until_then_only_the_address_is_kept()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, id) = await ReaderAsync(shop);
        shop.Newsletter.Fault = HttpStatusCode.ServiceUnavailable;
        shop.Mail.Fault = new(MailStep.Sender, "451 4.3.0 not now");
        Told(await ada.EraseAsync()).ShouldBe([("desk", "pending"), ("mailing-provider", "pending")]);
        (await shop.AccountRowsAsync()).ShouldBe(["erasure"]);

        shop.Mail.Fault = null;
        await CarryOnAsync(shop, id);
        shop.Mail.Mails.Count(mail => mail.To.Contains("desk@example.com")).ShouldBe(1);
        (await shop.AccountRowsAsync()).ShouldBe(["erasure"]);

        shop.Newsletter.Fault = null;
        await CarryOnAsync(shop, id);
        shop.Newsletter.Contacts.ShouldBeEmpty();
        shop.Mail.Mails.Count(mail => mail.To.Contains("desk@example.com")).ShouldBe(1, "the desk knows already");
        (await shop.AccountRowsAsync()).ShouldBeEmpty();
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Holds("marked"));
        shop.Log.Entries.ShouldNotContain(entry => entry.Text.Contains("marked", StringComparison.OrdinalIgnoreCase));
        (await ada.PostAsJsonAsync("api/account", new { name = "New" }, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_can_never_be_told_is_handed_to_a_person_and_the_address_is_not_kept_for_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, id) = await ReaderAsync(shop);
        // The desk is gone for good, and nobody has the token of the mailing provider any more.
        shop.Newsletter.Fault = HttpStatusCode.Unauthorized;
        shop.Mail.Fault = new(MailStep.Recipient, "550 5.1.1 nobody here", "desk@example.com");
        Told(await ada.EraseAsync()).ShouldBe([("desk", "officer_asked"), ("mailing-provider", "pending")]);
        shop.Clock.Advance(TimeSpan.FromDays(6));
        await CarryOnAsync(shop, id);
        (await shop.AccountRowsAsync()).ShouldBe(["erasure"]);
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Holds("Lovelace"), "the name is needed for nothing any more");
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await CarryOnAsync(shop, id);
        shop.Mail.Mails.Where(mail => mail.To.Contains("privacy@example.com")).TakeLast(2).Select(mail => (mail.To.Single(), mail.Text.Contains("marked@example.com"), mail.Subject.Split(' ')[4])).ShouldBe(
            [("privacy@example.com", true, "desk"), ("privacy@example.com", true, "mailing-provider")]);
        await NothingIsLeftAsync("officer_asked");

        // The officer's mailbox is gone as well: that is on record, and told as loudly as can be.
        (ada, id) = await ReaderAsync(shop);
        shop.Newsletter.Fault = HttpStatusCode.Unauthorized;
        shop.Mail.Fault = new(MailStep.Recipient, "550 5.1.1 nobody here");
        Told(await ada.EraseAsync()).ShouldBe([("desk", "pending"), ("mailing-provider", "pending")]);
        shop.Clock.Advance(TimeSpan.FromDays(14));
        await CarryOnAsync(shop, id);
        shop.Log.Entries.Count(entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Critical && entry.Text.Contains("was not told", StringComparison.Ordinal)).ShouldBe(2);
        await NothingIsLeftAsync("not_told");

        async Task NothingIsLeftAsync(string outcome)
        {
            (await shop.AccountRowsAsync()).ShouldBeEmpty();
            (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Holds("marked"));
            shop.Log.Entries.ShouldNotContain(entry => entry.Text.Contains("marked", StringComparison.OrdinalIgnoreCase));
            Told((await shop.Officer().ReadAsync("api/privacy/erasures"))["items"]![0]!).ShouldBe([("desk", outcome), ("mailing-provider", outcome)]);
        }
    }

    [Fact]
    public void An_erasure_that_is_not_done_is_tried_less_often_in_time()
    {
        ErasureDecision.NextTry(TimeSpan.Zero).ShouldBe(TimeSpan.FromMinutes(5));
        ErasureDecision.NextTry(TimeSpan.FromHours(1)).ShouldBe(TimeSpan.FromHours(1));
    }

    /// <summary>Somebody with an account who reads the newsletter at the same address.</summary>
    private static async Task<(HttpClient Client, string AccountId)> ReaderAsync(RunningShop shop)
    {
        (shop.Newsletter.Fault, shop.Mail.Fault) = (null, null);
        var ada = await shop.Customer("marked@example.com");
        await shop.Anonymous().AskForNewsletterAsync("marked@example.com");
        (await shop.Anonymous().PressAsync(shop.Mail.LinkTo("marked@example.com"))).EnsureSuccessStatusCode();
        return (ada, (await ada.ReadAsync("api/account"))["id"]!.GetValue<string>());
    }

    /// <summary>The message comes when its time is up, and leaves another one while somebody is still to be told.</summary>
    private static Task CarryOnAsync(RunningShop shop, string accountId) =>
        shop.Host.InvokeAsync("ContinueErasure", new JsonObject { ["accountId"] = accountId }.ToJsonString(), TestContext.Current.CancellationToken);

    private static List<(string, string)> Told(JsonNode erasure) =>
        [.. erasure["told"]!.AsArray().Select(one => (one!["recipient"]!.GetValue<string>(), one["outcome"]!.GetValue<string>()))];
}
