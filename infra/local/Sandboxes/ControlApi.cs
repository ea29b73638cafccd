using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shop.Local.Sandboxes;

/// <summary>
/// What a sandbox's C# methods do, over HTTP: <c>GET /sandbox/{payments|refunds|disputes|events|deliveries|faults|webhook|…}</c> as
/// JSON and <c>POST /sandbox/…</c> with form fields. A browser is sent back to the control page.
/// </summary>
internal sealed class ControlApi(ProviderSandbox sandbox, ISandboxControl control)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static object Done { get; } = new { done = true };

    public async Task ShowAsync(HttpContext context)
    {
        await sandbox.AdvanceAsync();
        var name = (string)context.GetRouteValue("what")!;
        var what = name switch
        {
            "events" => sandbox.Events,
            "deliveries" => sandbox.Deliveries,
            "faults" => new { api = sandbox.Faults.Api, webhook = sandbox.Faults.Webhook },
            _ => control.List(name),
        };
        await AnswerAsync(context, what is null ? 404 : 200, what ?? new { error = "There is no such list." });
    }

    public async Task ActAsync(HttpContext context)
    {
        // Any web page can make a browser post a form here; only our own pages and programs may.
        var origin = context.Request.Headers.Origin.ToString();
        string[] own = ["", $"http://127.0.0.1:{sandbox.Address.Port}", $"http://localhost:{sandbox.Address.Port}"];
        if (!own.Contains(origin))
        {
            await AnswerAsync(context, 403, new { error = "Requests from other web pages are refused." });
            return;
        }

        var fields = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        try
        {
            var segments = ((string?)context.GetRouteValue("action") ?? "").Split('/');
            var form = new ControlForm(fields);
            var result = await DeliverAsync(segments, context.RequestAborted) ?? Configure(segments, form) ?? await control.ActAsync(segments, form);
            if (result is null)
                await AnswerAsync(context, 404, new { error = "There is no such action." });
            else if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
                context.Response.Redirect("/");
            else
                await AnswerAsync(context, 200, result);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            await AnswerAsync(context, 400, new { error = e.Message });
        }
    }

    private async Task<object?> DeliverAsync(string[] segments, CancellationToken cancellationToken) => segments switch
    {
        ["events", var id, "deliver"] => await sandbox.DeliverAsync(id, cancellationToken),
        ["deliver"] => await sandbox.DeliverAsync(cancellationToken),
        _ => null,
    };

    private object? Configure(string[] segments, ControlForm form)
    {
        switch (segments)
        {
            case ["webhook"]:
                sandbox.WebhookUrl = form.Text("url") is { } url ? new Uri(url, UriKind.Absolute) : null;
                return Done;
            case ["outage"]:
                sandbox.BeAway(form.Seconds("seconds") ?? throw new FormatException("Say for how many seconds; 0 ends it."));
                return Done;
            case ["faults", "webhook"]:
                var webhook = new WebhookFault(form.Choice<WebhookFaultKind>("kind")) { EventType = form.Text("event_type") };
                webhook = webhook with
                {
                    Times = (int)(form.Number("times") ?? webhook.Times),
                    Copies = (int)(form.Number("copies") ?? webhook.Copies),
                    Every = (int)(form.Number("every") ?? webhook.Every),
                    Delay = form.Seconds("delay") ?? webhook.Delay,
                };
                sandbox.Faults.Add(webhook);
                return webhook;
            case ["faults", "api"]:
                var api = new ApiFault(form.Choice<ApiFaultKind>("kind")) { Method = form.Text("method"), Path = form.Text("path"), Code = form.Text("code") };
                api = api with
                {
                    Times = (int)(form.Number("times") ?? api.Times),
                    ShouldRetry = form.Flag("should_retry"),
                    Delay = form.Seconds("delay") ?? api.Delay,
                };
                sandbox.Faults.Add(api);
                return api;
            case ["faults", "clear"]:
                sandbox.Faults.Clear();
                return Done;
            default:
                return null;
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, object value)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(value, Json, context.RequestAborted);
    }
}
