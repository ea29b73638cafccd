using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Shop.Local.Sandboxes;

/// <summary>
/// The page at <c>/</c>: what the provider knows, events and deliveries, with buttons for what buyers, banks and staff can do and
/// for what is to go wrong next.
/// </summary>
internal sealed partial class ControlPage
{
    private const int Shown = 25;

    private readonly StringBuilder _html = new();

    public static async Task WriteAsync(HttpContext context, ProviderSandbox sandbox, ISandboxControl control)
    {
        await sandbox.AdvanceAsync();
        var page = new ControlPage();
        page._html.Append($"<p>Webhook: {Encode(sandbox.WebhookUrl?.ToString() ?? "none set; events wait")}. ");
        page._html.Append(Button("/sandbox/deliver", "Deliver what waits")).Append("</p>");
        control.Write(page);
        page.Events(sandbox);
        page.Faults(sandbox.Faults);
        await Page.WriteAsync(context, 200, Page.Document(control.Title, page._html.ToString()));
    }

    /// <param name="cells">HTML; what is not the program's own must be encoded.</param>
    public void Table<T>(string caption, string[] heads, IReadOnlyList<T> oldestFirst, Func<T, string[]> cells)
    {
        // On a telephone it scrolls sideways, and a keyboard has to get there.
        _html.Append($"<table tabindex=\"0\"><caption>{caption} ({oldestFirst.Count})</caption><thead><tr>");
        foreach (var head in heads)
            _html.Append(head.Length == 0 ? "<td></td>" : $"<th scope=\"col\">{head}</th>");
        _html.Append("</tr></thead><tbody>");
        foreach (var item in oldestFirst.Reverse().Take(Shown))
            _html.Append("<tr>").AppendJoin("", cells(item).Select(cell => $"<td>{cell}</td>")).Append("</tr>");
        _html.Append("</tbody></table>");
    }

    /// <summary>A field for a text, and a button that does something with it.</summary>
    public void Field(string action, string label, string field) =>
        _html.Append($"<form method=\"post\" action=\"{action}\"><input name=\"{field}\" required placeholder=\"{field}\" aria-label=\"{label}: {field}\"><button>{label}</button></form>");

    /// <summary>A button that does something to one of them.</summary>
    public static string Button(string action, string label, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var html = new StringBuilder($"<form class=\"inline\" method=\"post\" action=\"{action}\">");
        foreach (var (name, value) in fields)
            html.Append($"<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        return html.Append($"<button>{label}</button></form>").ToString();
    }

    /// <summary>A button with a field before it for an amount; left empty it is all of it.</summary>
    public static string AmountButton(string action, string label, string field = "amount") =>
        $"<form class=\"inline\" method=\"post\" action=\"{action}\"><input name=\"{field}\" inputmode=\"numeric\" placeholder=\"all\" "
        + $"aria-label=\"{label}: how many pence, cents or yen; all when empty\"><button>{label}</button></form>";

    public static string Short(string id) => id.Length > 32 ? $"{id[..20]}…{id[^6..]}" : id;

    public static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");

    private void Events(ProviderSandbox sandbox)
    {
        Table("Events", ["Event", "Type", "About", "Delivery", "Attempts", ""], sandbox.Events, raised =>
        [
            Encode(raised.Id), Encode(raised.Type), Encode(Short(raised.ObjectId)), raised.Delivery.ToString().ToLowerInvariant(),
            $"{raised.Attempts}", Button($"/sandbox/events/{raised.Id}/deliver", "Send (again)"),
        ]);
        Table("Deliveries", ["At", "Event", "Attempt", "Answer", "Faults"], sandbox.Deliveries, delivery =>
        [
            $"{delivery.At:HH:mm:ss}", Encode(delivery.EventType), $"{delivery.Attempt}",
            Encode(delivery.Status is { } status ? $"{status}" : delivery.Error ?? ""), string.Join(", ", delivery.Faults.Select(Words)),
        ]);
    }

    private void Faults(SandboxFaults faults)
    {
        _html.Append("<h2>Make the next one go wrong</h2><h3>Webhooks</h3><p>");
        foreach (var kind in faults.WebhookKinds)
            _html.Append(Button("/sandbox/faults/webhook", Words(kind), ("kind", kind.ToString())));
        _html.Append("</p><h3>Calls of the API</h3><p>");
        foreach (var kind in faults.ApiKinds)
            _html.Append(Button("/sandbox/faults/api", Words(kind), ("kind", kind.ToString())));
        _html.Append("</p>");
        var waiting = faults.Webhook.Select(fault => $"{Words(fault.Kind)} × {fault.Times}")
            .Concat(faults.Api.Select(fault => $"{Words(fault.Kind)} × {fault.Times}")).ToList();
        var list = waiting.Count == 0 ? "nothing" : string.Join(", ", waiting);
        _html.Append($"<p>Waiting: {list}. {Button("/sandbox/faults/clear", "Clear")}</p>");
        _html.Append($"<h3>All of it</h3><p>{Button("/sandbox/outage", "Be away for half a minute", ("seconds", "30"))}{Button("/sandbox/outage", "Be back", ("seconds", "0"))}</p>");
    }

    /// <summary><c>ResetAfterCommit</c> as <c>reset after commit</c>.</summary>
    private static string Words<T>(T kind)
        where T : struct, Enum => WordStart().Replace(kind.ToString(), " $1").Trim().ToLowerInvariant();

    [GeneratedRegex("([A-Z])")]
    private static partial Regex WordStart();
}
