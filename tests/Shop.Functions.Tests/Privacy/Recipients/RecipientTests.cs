using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
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
        var mail = shop.Mail.Mails[^1];
        mail.To.ShouldBe(["desk@example.com"]);
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

    /// <summary>Somebody with an account who reads the newsletter at the same address.</summary>
    private static async Task<(HttpClient Client, string AccountId)> ReaderAsync(RunningShop shop)
    {
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
