using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shop.Local;

/// <summary>
/// The machine's time, and how far it has been moved forward: to see what a purge does in a year. Only what asks for the
/// time is moved. What waits goes on waiting in real time: messages that were put off, and timers, which people can run
/// by hand.
/// </summary>
public sealed class MovableClock : TimeProvider
{
    /// <summary>Tax records are kept for up to twelve years; nothing is to be seen beyond a century.</summary>
    private const int MostDays = 36_500;

    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    /// <summary>Time never goes back.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Interlocked.Add(ref _ahead, time.Ticks);
    }

    /// <summary><c>GET /admin/clock</c> tells the time, <c>POST /admin/clock</c> with <c>{ "days": 400 }</c> moves it. Never a part of the app.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/admin/clock", (RequestDelegate)(http => http.Response.WriteAsJsonAsync(new { now = GetUtcNow() }, http.RequestAborted)));
        endpoints.MapPost("/admin/clock", (RequestDelegate)MoveAsync);
    }

    private async Task MoveAsync(HttpContext http)
    {
        // A web page can post other types to this machine without being asked for its origin; JSON it cannot.
        if (!http.Request.HasJsonContentType())
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        if (await DaysAsync(http) is not { } days)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"Say how far: {{ \"days\": 400 }}, at most {MostDays} in all."), http.RequestAborted);
            return;
        }

        Advance(days);
        await http.Response.WriteAsJsonAsync(new { now = GetUtcNow() }, http.RequestAborted);
    }

    private async Task<TimeSpan?> DaysAsync(HttpContext http)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("days", out var member) && member.ValueKind == JsonValueKind.Number
                && member.TryGetDouble(out var days) && days >= 0 && (Interlocked.Read(ref _ahead) / (double)TimeSpan.TicksPerDay) + days <= MostDays
                ? TimeSpan.FromDays(days)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
