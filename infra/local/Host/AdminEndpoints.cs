using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shop.Local.Host;

/// <summary>The part of the Functions host's own API that a developer uses: run a function by hand, see that the host is up.</summary>
internal static class AdminEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, FunctionHost host)
    {
        var version = typeof(AdminEndpoints).Assembly.GetName().Version?.ToString();
        var functions = host.Functions
            .Select(f => new { f.Name, Trigger = f.Trigger.ToString(), f.Route, f.Methods, f.Queue, f.Schedule, f.Disabled })
            .ToList();
        endpoints.MapPost("/admin/functions/{name}", (RequestDelegate)(http => StartAsync(http, host)));
        endpoints.MapGet("/admin/functions", (RequestDelegate)(http => http.Response.WriteAsJsonAsync(functions, http.RequestAborted)));
        endpoints.MapGet("/admin/host/status", (RequestDelegate)(http => http.Response.WriteAsJsonAsync(
            new { Id = "local", State = "Running", Version = version, host.AppProcessId }, http.RequestAborted)));
    }

    /// <summary>Answers 202 as soon as the run is started; how it ends shows in the log.</summary>
    private static async Task StartAsync(HttpContext http, FunctionHost host)
    {
        // A web page can post other types to this machine without being asked for its origin; JSON it cannot.
        if (!http.Request.HasJsonContentType())
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }
        string? input;
        try
        {
            input = await InputAsync(http);
        }
        catch (JsonException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        http.Response.StatusCode = host.TryStart((string)http.Request.RouteValues["name"]!, input);
    }

    private static async Task<string?> InputAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        if (body.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("The body must be an object.");
        if (!body.RootElement.TryGetProperty("input", out var input) || input.ValueKind == JsonValueKind.Null)
            return null;
        return input.ValueKind == JsonValueKind.String ? input.GetString() : input.GetRawText();
    }
}
