using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>Answers in the place of PayPal's hosts, as a test says, and remembers what was asked.</summary>
internal sealed class PayPalHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(string Call, string Body)> _asked = [];

    private PayPalHost(WebApplication app) => _app = app;

    /// <summary>What stands at a certificate's address; 404 where nothing does.</summary>
    public Dictionary<string, Func<HttpContext, Task>> Answers { get; } = [];

    public IReadOnlyList<(string Call, string Body)> Asked
    {
        get
        {
            lock (_asked) return [.. _asked];
        }
    }

    /// <summary>Settings of a shop whose PayPal this is.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["PayPal:ApiBase"] = _app.Urls.First(),
        ["PayPal:SandboxRootCertificate"] = PayPalSigner.Root.ExportCertificatePem(),
        ["PayPal:WebhookIds:0"] = PayPalSigner.WebhookId,
        ["PayPal:WebhookIds:1"] = "WEBHOOK2",
    };

    public static async Task<PayPalHost> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var host = new PayPalHost(app);
        app.Run(host.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        host.Serve("CERT-1", PayPalSigner.Leaf);
        return host;
    }

    public void Serve(string id, params X509Certificate2[] chain) => Serve(id, string.Join("\r\n", chain.Select(one => one.ExportCertificatePem().ReplaceLineEndings("\r\n"))));

    public void Serve(string id, string text) => Answers[$"/v1/notifications/certs/{id}"] = context => context.Response.WriteAsync(text);

    public void Fail(string id, int status, string? location = null) => Answers[$"/v1/notifications/certs/{id}"] = context =>
    {
        context.Response.StatusCode = status;
        if (location is not null) context.Response.Headers.Location = location;
        return Task.CompletedTask;
    };

    public void Forget()
    {
        lock (_asked) _asked.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, new UTF8Encoding(false));
        var body = await reader.ReadToEndAsync();
        lock (_asked) _asked.Add(($"{context.Request.Method} {context.Request.Path}", body));
        if (Answers.TryGetValue(context.Request.Path, out var answer)) await answer(context);
        else
        {
            context.Response.StatusCode = 404;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"name":"RESOURCE_NOT_FOUND","message":"The specified resource does not exist.","debug_id":"b1d1f06c7246c"}""");
        }
    }
}
