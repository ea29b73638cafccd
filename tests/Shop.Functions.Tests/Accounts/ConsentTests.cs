using System.Net;
using System.Text.Json.Nodes;
using Shop.Functions.Accounts;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Newsletter;
using Shop.Functions.Tests.Platform;

namespace Shop.Functions.Tests.Accounts;

/// <summary>Consent is a history: who agreed to which words when, and when it was taken back.</summary>
public sealed class ConsentTests(StorageEmulator emulator)
{
    private const string Path = "api/account/consents";
    private const string Given = """{"purpose":"marketing","given":true,"wording":"2026-1","under16":false}""";
    private const string Decided = """{"under16":false,"reason":"turned_16"}""";
    private const string Withdrawn = """{"purpose":"marketing","given":false}""";

    [Fact]
    public async Task Every_step_is_kept_with_its_time_and_the_latest_one_holds()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        (await person.ReadAsync(Path)).ToJsonString().ShouldBe("""{"marketing":false,"history":[]}""");

        (await SendAsync(person, Given)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await HasAgreedAsync(person)).ShouldBeFalse("nobody has confirmed it");
        await ConfirmAsync(shop, "ada@example.com");
        (await HasAgreedAsync(person)).ShouldBeTrue();
        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        (await SendAsync(person, Withdrawn)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await shop.SettleAsync();
        shop.Mail.Mails.Count.ShouldBe(1, "taking it back needs no mail");
        (await HasAgreedAsync(person)).ShouldBeFalse();
        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        (await SendAsync(person, Given.Replace("2026-1", "2026-2", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.Created);

        await ConfirmAsync(shop, "ada@example.com");
        var read = await person.ReadAsync(Path);
        read["marketing"]!.GetValue<bool>().ShouldBeTrue();
        Steps(read).ShouldBe([(true, "2026-2"), (false, null), (true, "2026-1")]);
        var times = read["history"]!.AsArray().Select(step => step!["at"]!.GetValue<DateTimeOffset>()).ToList();
        times[0].ShouldBe(shop.Clock.GetUtcNow());
        (times[0] - times[2]).ShouldBe(TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task A_link_confirms_by_its_button_once_and_nothing_that_was_withdrawn()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Calls.KeepsBodies = true;
        var (person, visitor) = (await shop.Customer(), shop.Anonymous());
        await SendAsync(person, Given);
        await shop.SettleAsync();
        var mail = shop.Mail.Mails.ShouldHaveSingleItem();
        mail.To.ShouldBe(["ada@example.com"]);
        mail.Text.ReplaceLineEndings(" ").ShouldContain(ConsentWording.TextOf("2026-1"));
        LeakTests.Messages(shop).ShouldHaveSingleItem().Text.ShouldNotContain((await person.ReadAsync("api/account"))["id"]!.GetValue<string>(), customMessage: "a message may outlast the person");

        // A program that looks for viruses opens every link.
        var link = shop.Mail.LinkTo("ada@example.com");
        for (var i = 0; i < 2; i++) (await (await visitor.GetAsync(link, TestContext.Current.CancellationToken)).TextAsync()).ShouldContain("ada@example.com");
        (await visitor.SendFormAsync(link, "something", "else")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await HasAgreedAsync(person)).ShouldBeFalse();
        (await visitor.PressAsync(link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var once = (await person.ReadAsync(Path)).ToJsonString();
        shop.Clock.Advance(TimeSpan.FromHours(1));
        (await visitor.PressAsync(link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await person.ReadAsync(Path)).ToJsonString().ShouldBe(once);
        await SendAsync(person, Given);
        await shop.SettleAsync();
        shop.Mail.Mails.Count.ShouldBe(1, "it is confirmed");

        await SendAsync(person, Withdrawn);
        (await visitor.PressAsync(link)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        await SendAsync(person, Given);
        (await visitor.PressAsync(link)).StatusCode.ShouldBe(HttpStatusCode.Gone, "it is about another step");
        shop.Clock.Advance(TimeSpan.FromDays(2));
        (await visitor.SendFormAsync(link, "answer", "yes")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await visitor.SendFormAsync(new(link + "x"), "answer", "yes")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await shop.SettleAsync();
        shop.Mail.Mails.Count.ShouldBe(1, "what was asked for two days ago is too late");
        (await HasAgreedAsync(person)).ShouldBeFalse();
        for (var i = 0; i < 3; i++) await SendAsync(person, Given);
        await shop.SettleAsync();
        shop.Mail.Mails.Count.ShouldBe(3, "two a day are enough");
        shop.Log.Entries.ShouldNotContain(entry => entry.Text.Contains("ada@example.com"));
    }

    [Fact]
    public async Task Saying_the_same_again_adds_nothing()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        await SendAsync(person, Given);
        (await SendAsync(person, Given)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await SendAsync(person, Withdrawn);
        (await SendAsync(person, Withdrawn)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Steps(await person.ReadAsync(Path)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Ten_at_once_make_one_step()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync(person, Given)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        Steps(await person.ReadAsync(Path)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Somebody_under_16_needs_a_parent_on_record()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        var young = Given.Replace("\"under16\":false", "\"under16\":true", StringComparison.Ordinal);
        await (await SendAsync(person, young)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "parental-consent-missing");
        Steps(await person.ReadAsync(Path)).ShouldBeEmpty();

        var allowed = young.TrimEnd('}') + ""","parent":{"name":"Lady Byron","email":"byron@example.com"}}""";
        (await SendAsync(person, allowed)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var step = (await person.ReadAsync(Path))["history"]![0]!;
        step["under16"]!.GetValue<bool>().ShouldBeTrue();
        step["parent"]!.ToJsonString().ShouldBe("""{"name":"Lady Byron","email":"byron@example.com"}""");
        (await HasAgreedAsync(person)).ShouldBeFalse();
        await ConfirmAsync(shop, "byron@example.com");
        (await HasAgreedAsync(person)).ShouldBeTrue();
        var mail = shop.Mail.Mails.ShouldHaveSingleItem("nothing goes to the child's address");
        (mail.Raw + mail.Text).ShouldNotContain("Lady Byron", customMessage: "anybody may have typed that");
        // Taking it back needs nobody.
        (await SendAsync(person, Withdrawn)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Only_published_words_can_be_agreed_to()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        var published = (await shop.Anonymous().ReadAsync("api/consents/wordings"))["items"]!.AsArray().Select(item => item!["version"]!.GetValue<string>()).ToList();
        published.ShouldBe(["2026-1", "2026-2"]);
        foreach (var unknown in new[] { "2026-3", "1", "I never agreed" })
            await (await SendAsync(person, Given.Replace("2026-1", unknown, StringComparison.Ordinal))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "wording-unknown");
        Steps(await person.ReadAsync(Path)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Ada Lovelace", "byron@example.com")]
    [InlineData(" ada  LOVELACE ", "byron@example.com")]
    [InlineData("Lady Byron", "ada@example.com")]
    [InlineData("Lady Byron", "ADA@Example.com")]
    [InlineData("Lady Byron", "ada+mum@example.com")]
    public void A_parent_is_somebody_else(string name, string email)
    {
        var record = new ConsentRecord(new() { PartitionKey = "ada", Name = "Ada Lovelace", Email = "ada@example.com" }, []);
        var request = new GiveConsent.Request(GiveConsent.Marketing, true, "2026-1", true, new(name, email));
        record.Refuse(request, null)!.Type.ShouldContain("parent-is-child");
        record.Refuse(request with { Parent = new("Lady Byron", "byron@example.com") }, null).ShouldBeNull();
        record.Refuse(request with { Parent = new("Lady Byron", "new@example.com") }, "new@example.com").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_corrected_parent_is_taken_and_an_age_moves_only_by_a_decision_of_staff()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        var account = (await person.ReadAsync("api/account"))["id"]!.GetValue<string>();
        (await SendAsync(person, Young("byron@example.com"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await SendAsync(person, Young("lady.byron@example.com"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await SendAsync(person, Young("lady.byron@example.com"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await person.ReadAsync(Path))["history"]![0]!["parent"]!["email"]!.GetValue<string>().ShouldBe("lady.byron@example.com");

        await (await SendAsync(person, Given)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "age-stated");
        (await SendAsync(person, Withdrawn)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await SendAsync(person, Given)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "age-stated");
        var path = $"api/privacy/accounts/{account}/age";
        await (await person.CallAsync("POST", path, Call.Json(Decided))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        var officer = shop.As("officer@shop.example", "Shop.Privacy");
        await (await officer.CallAsync("POST", "api/privacy/accounts/nobody/age", Call.Json(Decided))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await officer.CallAsync("POST", path, Call.Json(Decided))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(person, Given)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await SendAsync(person, Young("byron@example.com"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await SendAsync(person, Given)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "age-stated");
        Steps(await person.ReadAsync(Path)).Count.ShouldBe(5);

        static string Young(string parent) => $$$"""{"purpose":"marketing","given":true,"wording":"2026-1","under16":true,"parent":{"name":"Lady Byron","email":"{{{parent}}}"}}""";
    }

    [Fact]
    public async Task Nobody_consents_without_an_account()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await (await SendAsync(shop.As("nobody@example.com"), Given)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static async Task<bool> HasAgreedAsync(HttpClient person) => (await person.ReadAsync(Path))["marketing"]!.GetValue<bool>();

    private static async Task ConfirmAsync(RunningShop shop, string mailbox)
    {
        await shop.SettleAsync();
        (await shop.Anonymous().PressAsync(shop.Mail.LinkTo(mailbox))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient person, string body) => person.CallAsync("POST", Path, Call.Json(body));

    private static List<(bool Given, string? Wording)> Steps(JsonNode read) =>
        [.. read["history"]!.AsArray().Select(step => (step!["given"]!.GetValue<bool>(), step["wording"]?.GetValue<string>()))];
}
