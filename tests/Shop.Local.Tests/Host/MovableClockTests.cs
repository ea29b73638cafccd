using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

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

    private Task<HttpResponseMessage> PostAsync(string body, string type) => _http.PostAsync("admin/clock", new StringContent(body, Encoding.UTF8, type), Stop);
}
