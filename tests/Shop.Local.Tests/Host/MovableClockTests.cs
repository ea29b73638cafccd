using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform;

namespace Shop.Local.Tests.Host;

/// <summary>The clock of the local host, which people move to see what time does.</summary>
public sealed class MovableClockTests : IAsyncLifetime
{
    private readonly MovableClock _clock = new();
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    public MovableClockTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _clock.Map(_app);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(Stop);
        _http.BaseAddress = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task It_is_moved_forward_and_goes_on_from_there()
    {
        var before = TimeProvider.System.GetUtcNow();
        (await _http.PostAsJsonAsync("admin/clock", new { days = 400 }, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await (await _http.PostAsJsonAsync("admin/clock", new { days = 0.5 }, Stop)).Content.ReadFromJsonAsync<JsonObject>(Stop);
        answer!["now"]!.GetValue<DateTimeOffset>().ShouldBe(before.AddDays(400.5), TimeSpan.FromMinutes(1));
        (await _http.GetFromJsonAsync<JsonObject>("admin/clock", Stop))!["now"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThan(answer["now"]!.GetValue<DateTimeOffset>());
        _clock.GetUtcNow().ShouldBe(before.AddDays(400.5), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("""{"days":-1}""")]
    [InlineData("""{"days":"7"}""")]
    [InlineData("""{"days":1e300}""")]
    [InlineData("""{"days":36501}""")]
    [InlineData("""[7]""")]
    [InlineData("""{"hours":7}""")]
    [InlineData("{")]
    public async Task What_it_does_not_understand_moves_nothing(string body)
    {
        (await PostAsync(body, "application/json")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _clock.GetUtcNow().ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_page_on_another_site_cannot_move_it()
    {
        (await PostAsync("""{"days":7}""", "text/plain")).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        _clock.GetUtcNow().ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Who_waits_until_a_time_that_it_is_moved_past_goes_on_at_once()
    {
        using var clock = new MovableClock();
        var soon = Task.Delay(TimeSpan.FromDays(30), clock, Stop);
        var late = Task.Delay(TimeSpan.FromDays(40), clock, Stop);

        clock.Advance(TimeSpan.FromDays(31));

        await soon;
        late.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromDays(10));
        await late;
    }

    [Fact]
    public void Another_process_may_read_how_far_it_was_moved()
    {
        using var clock = new MovableClock();
        clock.Advance(TimeSpan.FromDays(1));
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LocalClock:File"] = clock.Share(),
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development",
        });
        var theirs = LocalClock.Of(settings.Build());
        theirs.GetUtcNow().ShouldBe(clock.GetUtcNow(), TimeSpan.FromSeconds(10));

        clock.Advance(TimeSpan.FromDays(400));

        theirs.GetUtcNow().ShouldBe(clock.GetUtcNow(), TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("Production", null)]
    [InlineData(null, null)]
    [InlineData("Development", "instance-1")]
    public void A_deployment_refuses_a_moved_clock(string? environment, string? instance)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LocalClock:File"] = "/tmp/clock",
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = environment,
            ["WEBSITE_INSTANCE_ID"] = instance,
        });

        Should.Throw<InvalidOperationException>(() => LocalClock.Of(settings.Build())).Message.ShouldContain("LocalClock__File");
    }

    private Task<HttpResponseMessage> PostAsync(string body, string type) => _http.PostAsync("admin/clock", new StringContent(body, Encoding.UTF8, type), Stop);
}
