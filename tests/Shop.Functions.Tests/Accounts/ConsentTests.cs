using System.Net;
using System.Text.Json.Nodes;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Accounts;

/// <summary>Consent is a history: who agreed to which words when, and when it was taken back.</summary>
public sealed class ConsentTests(StorageEmulator emulator)
{
    private const string Path = "api/account/consents";
    private const string Given = """{"purpose":"marketing","given":true,"wording":"2026-01","under16":false}""";
    private const string Withdrawn = """{"purpose":"marketing","given":false}""";

    [Fact]
    public async Task Every_step_is_kept_with_its_time_and_the_latest_one_holds()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await shop.Customer();
        (await person.ReadAsync(Path)).ToJsonString().ShouldBe("""{"marketing":false,"history":[]}""");

        (await SendAsync(person, Given)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await person.ReadAsync(Path))["marketing"]!.GetValue<bool>().ShouldBeTrue();
        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        (await SendAsync(person, Withdrawn)).StatusCode.ShouldBe(HttpStatusCode.Created);
        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        (await SendAsync(person, Given.Replace("2026-01", "2026-02", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.Created);

        var read = await person.ReadAsync(Path);
        read["marketing"]!.GetValue<bool>().ShouldBeTrue();
        Steps(read).ShouldBe([(true, "2026-02"), (false, null), (true, "2026-01")]);
        var times = read["history"]!.AsArray().Select(step => step!["at"]!.GetValue<DateTimeOffset>()).ToList();
        times[0].ShouldBe(shop.Clock.GetUtcNow());
        (times[0] - times[2]).ShouldBe(TimeSpan.FromMinutes(20));
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
        // Taking it back needs nobody.
        (await SendAsync(person, Withdrawn)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Nobody_consents_without_an_account()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await (await SendAsync(shop.As("nobody@example.com"), Given)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient person, string body) => person.CallAsync("POST", Path, Call.Json(body));

    private static List<(bool Given, string? Wording)> Steps(JsonNode read) =>
        [.. read["history"]!.AsArray().Select(step => (step!["given"]!.GetValue<bool>(), step["wording"]?.GetValue<string>()))];
}
