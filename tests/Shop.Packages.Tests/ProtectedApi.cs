using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Identity.Web;

namespace Shop.Packages.Tests;

/// <summary>An API on a free port whose one address answers 200 with the caller's object id and roles, or as the package refuses.</summary>
internal sealed class ProtectedApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private ProtectedApi(WebApplication app)
    {
        _app = app;
        _http = new() { BaseAddress = new(app.Urls.Single()) };
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Started with the <c>AzureAd</c> settings given, which is all that the app has.</summary>
    public static async Task<ProtectedApi> Start(Dictionary<string, string?> settings, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => $"AzureAd:{setting.Key}", setting => setting.Value));
        builder.Services.AddMvcCore();
        (configure ?? AddFromSettings)(builder);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/", WhoAmI);
        await app.StartAsync();
        return new(app);
    }

    public async Task<(HttpStatusCode Status, string Body)> Call(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private static void AddFromSettings(WebApplicationBuilder builder) =>
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddMicrosoftIdentityWebApi(builder.Configuration.GetSection("AzureAd"));

    private static async Task WhoAmI(HttpContext context)
    {
        var (authenticated, refusal) = await context.AuthenticateAzureFunctionAsync();
        if (authenticated)
        {
            string[] roles = [.. new[] { "Shop.Fulfilment", "Shop.Finance" }.Where(context.User.IsInRole)];
            await context.Response.WriteAsync(string.Join(' ', [context.User.GetObjectId() ?? "nobody", .. roles]), context.RequestAborted);
        }
        else
        {
            await refusal!.ExecuteResultAsync(new ActionContext { HttpContext = context });
        }
    }
}
