using System.Net;
using Shop.Functions.Accounts;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.SignIn;

namespace Shop.Functions.Tests.Accounts;

/// <summary>Opening, reading and changing an account, as its owner sees it.</summary>
public sealed class AccountTests(OneShop one, StorageEmulator emulator) : IClassFixture<OneShop>
{
    private const string Opening = """{"name":" Ada Lovelace ","company":"Analytical Engines Ltd","phone":"+44 20 7946 0000"}""";

    [Fact]
    public void An_address_follows_the_sign_in_unless_a_legal_hold_wants_it_kept()
    {
        var account = new AccountEntity { Email = "ada@example.com" };
        var today = new DateOnly(2026, 11, 20);
        account.MarkSeen("new@example.com", today).ShouldBeTrue();
        account.OnHold = true;
        account.MarkSeen("newer@example.com", today).ShouldBeFalse();
        account.MarkSeen("newer@example.com", today.AddDays(1)).ShouldBeTrue();
        (account.Email, account.LastDay()).ShouldBe(("new@example.com", today.AddDays(1)));
    }

    [Fact]
    public async Task Opening_an_account_answers_where_it_is_and_in_which_state()
    {
        var person = one.Shop.As("new@example.com");
        var opened = await person.CallAsync("POST", "api/account", Call.Json(Opening));
        opened.StatusCode.ShouldBe(HttpStatusCode.Created);
        opened.Headers.Location!.ToString().ShouldBe("/api/account");
        var account = await opened.JsonAsync();
        account["email"]!.GetValue<string>().ShouldBe("new@example.com");
        account["name"]!.GetValue<string>().ShouldBe("Ada Lovelace");
        account["company"]!.GetValue<string>().ShouldBe("Analytical Engines Ltd");
        account["phone"]!.GetValue<string>().ShouldBe("+44 20 7946 0000");
        account["openedAt"]!.GetValue<DateTimeOffset>().ShouldBe(one.Shop.Clock.GetUtcNow());

        var read = await person.CallAsync("GET", opened.Headers.Location.ToString());
        read.Tag().ShouldBe(opened.Tag());
        (await read.TextAsync()).ShouldBe(await opened.TextAsync());
        read.Headers.CacheControl!.ToString().ShouldBe("no-store");
    }

    [Fact]
    public async Task A_second_open_answers_with_the_existing_account_unchanged()
    {
        var person = one.Shop.As("twice@example.com");
        var first = await person.CallAsync("POST", "api/account", Call.Json(Opening));
        var second = await person.CallAsync("POST", "api/account", Call.Json(Opening));
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Tag().ShouldBe(first.Tag());
        (await second.TextAsync()).ShouldBe(await first.TextAsync());
    }

    [Fact]
    public async Task Ten_opens_at_once_make_one_account()
    {
        var person = one.Shop.As("hasty@example.com");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => person.CallAsync("POST", "api/account", Call.Json("""{"name":"Hasty"}"""))));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created || answer.StatusCode == HttpStatusCode.OK);
        answers.Select(answer => answer.Tag()).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_email_address_is_the_tokens_and_cannot_be_chosen()
    {
        var person = one.Shop.As("true@example.com");
        var problem = await (await person.CallAsync("POST", "api/account", Call.Json("""{"name":"Ada","email":"other@example.com"}""")))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        problem["errors"]!["email"]![0]!.GetValue<string>().ShouldBe("There is no such member.");
        await (await person.CallAsync("GET", "api/account")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Somebody_else_has_another_account()
    {
        await one.Shop.As("one@example.com").CallAsync("POST", "api/account", Call.Json(Opening));
        await (await one.Shop.As("other@example.com").CallAsync("GET", "api/account")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        // The person counts, not the spelling of the address.
        (await one.Shop.As("ONE@example.com").CallAsync("GET", "api/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_sign_in_without_an_email_address_opens_no_account()
    {
        var client = one.Shop.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", one.Shop.SignIn.IssueToken(new TokenRequest("")));
        await (await client.CallAsync("POST", "api/account", Call.Json("""{"name":"Nobody"}"""))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "email-missing");
    }

    [Fact]
    public async Task An_unchanged_account_is_not_sent_again()
    {
        var person = one.Shop.As("poll@example.com");
        var tag = (await person.CallAsync("POST", "api/account", Call.Json(Opening))).Tag();
        await (await person.GetAsync("api/account", tag)).ShouldBeUnchangedAsync(tag);
        await (await person.GetAsync("api/account", $"\"other\", W/{tag}")).ShouldBeUnchangedAsync(tag);
        (await person.GetAsync("api/account", "\"other\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_change_touches_what_it_names_and_null_clears()
    {
        var person = one.Shop.As("change@example.com");
        var opened = await person.CallAsync("POST", "api/account", Call.Json(Opening));
        var changed = await person.CallAsync("PATCH", "api/account", Call.Json("""{"phone":"020 7946 0001","company":null}"""), ("If-Match", opened.Tag()));
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        changed.Tag().ShouldNotBe(opened.Tag());
        var account = await changed.JsonAsync();
        account["name"]!.GetValue<string>().ShouldBe("Ada Lovelace");
        account["phone"]!.GetValue<string>().ShouldBe("020 7946 0001");
        account["company"].ShouldBeNull();
        account["email"]!.GetValue<string>().ShouldBe("change@example.com");
        var read = await person.CallAsync("GET", "api/account");
        read.Tag().ShouldBe(changed.Tag());
        (await read.TextAsync()).ShouldBe(await changed.TextAsync());
    }

    [Fact]
    public async Task Nobody_overwrites_what_they_have_not_seen()
    {
        var person = one.Shop.As("race@example.com");
        var opened = (await person.CallAsync("POST", "api/account", Call.Json(Opening))).Tag();
        await (await person.CallAsync("PATCH", "api/account", Call.Json("""{"name":"A"}"""))).ShouldBeProblemAsync((HttpStatusCode)428, "precondition-missing");
        var first = await person.CallAsync("PATCH", "api/account", Call.Json("""{"name":"First"}"""), ("If-Match", opened));
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await person.CallAsync("PATCH", "api/account", Call.Json("""{"name":"Second"}"""), ("If-Match", opened)))
            .ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        (await person.ReadAsync("api/account"))["name"]!.GetValue<string>().ShouldBe("First");
    }

    [Fact]
    public async Task Of_ten_changes_at_once_of_the_same_state_one_wins()
    {
        var person = one.Shop.As("ten@example.com");
        var opened = (await person.CallAsync("POST", "api/account", Call.Json(Opening))).Tag();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            person.CallAsync("PATCH", "api/account", Call.Json($$"""{"name":"Name {{i}}"}"""), ("If-Match", opened))));
        var winner = answers.Where(answer => answer.StatusCode == HttpStatusCode.OK).ShouldHaveSingleItem();
        answers.Where(answer => answer != winner).ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed);
        (await (await person.CallAsync("GET", "api/account")).TextAsync()).ShouldBe(await winner.TextAsync());
    }

    [Fact]
    public async Task Being_seen_on_another_day_is_noted_and_changes_no_tag()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        var tag = (await person.CallAsync("GET", "api/account")).Tag();
        shop.Clock.Advance(TimeSpan.FromDays(3));
        person = shop.As("ada@example.com");
        (await shop.SeenAsync()).ShouldBe(Midnight(shop.Clock.GetUtcNow().AddDays(-3)));

        await person.OrderAsync();
        (await shop.SeenAsync()).ShouldBe(Midnight(shop.Clock.GetUtcNow()));
        (await person.CallAsync("PATCH", "api/account", Call.Json("""{"name":"Ada King"}"""), ("If-Match", tag))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_first_calls_of_a_day_all_succeed_when_they_come_at_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await shop.Customer();
        shop.Clock.Advance(TimeSpan.FromDays(1));
        var person = shop.As("ada@example.com");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => person.CallAsync("GET", "api/account")));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_email_address_follows_the_sign_in()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await shop.Customer("Old@example.com");
        var account = await shop.As("old@example.com").ReadAsync("api/account");
        account["email"]!.GetValue<string>().ShouldBe("old@example.com");
    }

    [Fact]
    public async Task A_change_before_opening_finds_nothing() =>
        await (await one.Shop.As("early@example.com").CallAsync("PATCH", "api/account", Call.Json("""{"name":"A"}"""), ("If-Match", "*")))
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");

    private static DateTimeOffset Midnight(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);
}
