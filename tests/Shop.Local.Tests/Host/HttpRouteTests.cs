using System.Net;

namespace Shop.Local.Tests.Host;

public sealed class HttpRouteTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{ "version": "2.0" }""", "api/things/7")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "shop/v1" } } }""", "shop/v1/things/7")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "" } } }""", "things/7")]
    public async Task A_function_answers_under_the_prefix_of_host_json(string hostJson, string path)
    {
        await using var host = await TestHost.StartAsync<Things>(new() { HostJson = hostJson });

        (await host.Http.GetStringAsync(path, Cancellation)).ShouldBe("number 7");
    }

    [Fact]
    public async Task Settings_come_before_host_json()
    {
        var settings = new Dictionary<string, string?> { ["AzureFunctionsJobHost:extensions:http:routePrefix"] = "other" };
        await using var host = await TestHost.StartAsync<Things>(new() { Settings = settings });

        (await host.Http.GetStringAsync("other/things/7", Cancellation)).ShouldBe("number 7");
    }

    [Fact]
    public async Task Functions_share_a_route_by_method()
    {
        await using var host = await TestHost.StartAsync<Things>();

        (await host.Http.PostAsync("api/things/7", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await host.Http.GetStringAsync("api/things/7", Cancellation)).ShouldBe("number 7");
    }

    [Fact]
    public async Task A_constraint_chooses_between_routes()
    {
        await using var host = await TestHost.StartAsync<Things>();

        (await host.Http.GetStringAsync("api/things/7", Cancellation)).ShouldBe("number 7");
        (await host.Http.GetStringAsync("api/things/seven", Cancellation)).ShouldBe("name seven");
    }

    [Theory]
    [InlineData("api/list", "page 1")]
    [InlineData("api/list/4", "page 4")]
    public async Task An_optional_segment_may_be_left_out(string path, string answer)
    {
        await using var host = await TestHost.StartAsync<Things>();

        (await host.Http.GetStringAsync(path, Cancellation)).ShouldBe(answer);
    }

    [Fact]
    public async Task Without_a_route_the_name_is_the_route()
    {
        await using var host = await TestHost.StartAsync<Things>();

        (await host.Http.GetStringAsync("api/ByName", Cancellation)).ShouldBe("by name");
        (await host.Http.DeleteAsync("api/byname", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "api/nothing")]
    [InlineData("DELETE", "api/things/7")]
    [InlineData("HEAD", "api/things/7")]
    [InlineData("GET", "things/7")]
    public async Task Another_path_or_method_is_404_without_a_body(string method, string path)
    {
        await using var host = await TestHost.StartAsync<Things>();

        var answer = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBeEmpty();
        answer.Content.Headers.Allow.ShouldBeEmpty();
    }

    /// <summary>Whatever ASP.NET Core would take first: of two that fit the Functions host takes the one whose name comes first.</summary>
    [Theory]
    [InlineData("GET", "api/shelves/top", "any shelf")]
    [InlineData("GET", "api/shelves/x/y", "the rest")]
    [InlineData("PUT", "api/shelves/top", "the rest")]
    public async Task Of_two_routes_that_fit_the_name_of_the_function_decides(string method, string path, string answer)
    {
        await using var host = await TestHost.StartAsync<Shelves>();

        var given = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);

        (await given.Content.ReadAsStringAsync(Cancellation)).ShouldBe(answer);
    }

    [Fact]
    public async Task A_disabled_function_keeps_its_route_and_answers_404_without_a_body()
    {
        await using var host = await TestHost.StartAsync<Things>(new() { Settings = { ["AzureWebJobs.GetThing.Disabled"] = "true" } });

        var answer = await host.Http.GetAsync("api/things/7", Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBeEmpty();
        (await host.Http.GetStringAsync("api/things/seven", Cancellation)).ShouldBe("name seven");
        host.Host.Functions.Single(f => f.Name == "GetThing").Disabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Route_values_are_bound_by_name_as_their_types()
    {
        await using var host = await TestHost.StartAsync<Values>();
        var id = Guid.NewGuid();

        (await host.Http.GetStringAsync($"api/values/{id}/12/9000000000/true/2026-02-03/a%20b", Cancellation))
            .ShouldBe($"{id}|12|9000000000|True|2026-02-03|a b");
    }

    [Fact]
    public async Task A_route_value_of_another_type_fails_the_call()
    {
        await using var host = await TestHost.StartAsync<Values>();

        var answer = await host.Http.GetAsync("api/values/no-guid/12/9/true/2026-02-03/x", Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_is_bound_from_json()
    {
        await using var host = await TestHost.StartAsync<Values>();
        using var body = new StringContent("""{ "NAME": "rack", "units": 42 }""", System.Text.Encoding.UTF8, "application/json");

        var answer = await host.Http.PostAsync("api/body", body, Cancellation);

        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe("rack 42");
    }

    [Theory]
    [InlineData("{ \"name\": ", "application/json")]
    [InlineData("name=rack", "text/plain")]
    public async Task A_body_that_is_not_json_fails_the_call_as_it_does_in_the_worker(string text, string type)
    {
        await using var host = await TestHost.StartAsync<Values>();
        using var body = new StringContent(text, System.Text.Encoding.UTF8, type);

        (await host.Http.PostAsync("api/body", body, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
    }
}
