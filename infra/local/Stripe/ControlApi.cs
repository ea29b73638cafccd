using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>
/// What the C# methods of <see cref="StripeSandbox"/> do, over HTTP: <c>GET /sandbox/{sessions|payments|refunds|disputes|events|
/// deliveries|faults}</c> as JSON and <c>POST /sandbox/…</c> with form fields. A browser is sent back to the control page.
/// </summary>
internal sealed class ControlApi(StripeSandbox sandbox)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public async Task ShowAsync(HttpContext context)
    {
        await sandbox.AdvanceAsync();
        object? what = (string?)context.GetRouteValue("what") switch
        {
            "sessions" => sandbox.Sessions,
            "payments" => sandbox.Books,
            "refunds" => sandbox.Refunds,
            "disputes" => sandbox.Disputes,
            "events" => sandbox.Events,
            "deliveries" => sandbox.Deliveries,
            "faults" => new { api = sandbox.Faults.Api, webhook = sandbox.Faults.Webhook },
            "webhook" => new { url = sandbox.WebhookUrl, secrets = sandbox.WebhookSecrets.Count },
            _ => null,
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

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        try
        {
            var segments = ((string?)context.GetRouteValue("action") ?? "").Split('/');
            var result = await ActAsync(segments, name => Field(form, name), context.RequestAborted);
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

    private async Task<object?> ActAsync(string[] segments, Func<string, string?> field, CancellationToken cancellationToken)
    {
        switch (segments)
        {
            case ["sessions", var id, "pay"]:
                return await sandbox.PayAsync(id, Choice<PaymentOutcome>(field("outcome") ?? "succeeds"), field("email"), field("name"));
            case ["sessions", var id, "settle"]:
                await sandbox.SettlePaymentAsync(id, Flag(field("succeeds")));
                return Done;
            case ["sessions", var id, "expire"]:
                await sandbox.ExpireSessionAsync(id);
                return Done;
            case ["payments", var id, "refund"]:
                return new { refund = await sandbox.RefundAsync(id, Number(field("amount"))) };
            case ["payments", var id, "dispute"]:
                return new { dispute = await sandbox.OpenDisputeAsync(id, field("reason") ?? "fraudulent", Number(field("amount"))) };
            case ["refunds", var id, "settle"]:
                await sandbox.SettleRefundAsync(id, Flag(field("succeeds")) ?? true);
                return Done;
            case ["disputes", var id, "close"]:
                await sandbox.CloseDisputeAsync(id, Choice<DisputeOutcome>(field("outcome") ?? "lost"));
                return Done;
            case ["events", var id, "deliver"]:
                return await sandbox.DeliverAsync(id, cancellationToken);
            case ["deliver"]:
                return await sandbox.DeliverAsync(cancellationToken);
            default:
                return Configure(segments, field);
        }
    }

    private object? Configure(string[] segments, Func<string, string?> field)
    {
        switch (segments)
        {
            case ["webhook"]:
                sandbox.WebhookUrl = field("url") is { } url ? new Uri(url, UriKind.Absolute) : null;
                return Done;
            case ["faults", "webhook"]:
                var webhook = new WebhookFault(Choice<WebhookFaultKind>(field("kind") ?? ""))
                {
                    EventType = field("event_type"),
                    Times = (int)(Number(field("times")) ?? 1),
                };
                webhook = webhook with
                {
                    Copies = (int)(Number(field("copies")) ?? webhook.Copies),
                    Delay = Seconds(field("delay")) ?? webhook.Delay,
                };
                sandbox.Faults.Add(webhook);
                return webhook;
            case ["faults", "api"]:
                var api = new ApiFault(Choice<ApiFaultKind>(field("kind") ?? ""))
                {
                    Method = field("method"),
                    Path = field("path"),
                    Times = (int)(Number(field("times")) ?? 1),
                    ShouldRetry = Flag(field("should_retry")),
                };
                api = api with { Delay = Seconds(field("delay")) ?? api.Delay };
                sandbox.Faults.Add(api);
                return api;
            case ["faults", "clear"]:
                sandbox.Faults.Clear();
                return Done;
            default:
                return null;
        }
    }

    private static object Done { get; } = new { done = true };

    private static Task AnswerAsync(HttpContext context, int status, object value)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(value, Json, context.RequestAborted);
    }

    private static string? Field(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>An enum by its name in kebab case: <c>reset-after-commit</c>.</summary>
    private static T Choice<T>(string name)
        where T : struct, Enum
    {
        var plain = name.Replace("-", "", StringComparison.Ordinal);
        if (Enum.TryParse<T>(plain, ignoreCase: true, out var choice) && Enum.IsDefined(choice))
            return choice;
        var names = Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName);
        throw new FormatException($"Choose one of {string.Join(", ", names)}.");
    }

    private static long? Number(string? text) => text is null ? null : long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static TimeSpan? Seconds(string? text) =>
        text is null ? null : TimeSpan.FromSeconds(double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));

    private static bool? Flag(string? text) => text is null ? null : bool.Parse(text);
}
