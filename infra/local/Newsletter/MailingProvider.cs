using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shop.Local.Newsletter;

/// <summary>
/// Stands for VerticalResponse: contacts and one list, by the part of its REST API that the shop uses, as its documentation has
/// it, and a page that shows who is on the list.
/// </summary>
public sealed class MailingProvider : IAsyncDisposable
{
    private readonly MailingBook _book;
    private readonly string _token;
    private readonly string _list;
    private LoopbackServer _server = null!;

    private MailingProvider(MailingBook book, string token, string list) => (_book, _token, _list) = (book, token, list);

    public Uri Address => _server.Address;

    /// <summary>Everybody that it knows, on the list or not.</summary>
    public IReadOnlyList<MailingContact> Contacts => _book.Contacts;

    /// <summary>What it answers while it is out of order; null to work.</summary>
    public HttpStatusCode? Fault { get; set; }

    /// <summary>Addresses that it takes no more, as it does once their owners have told it so.</summary>
    public ISet<string> Refused { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Starts on the given port, 0 for a free one.</summary>
    /// <param name="list">The list's id.</param>
    /// <param name="directory">Where the list is kept; null for nowhere.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<MailingProvider> StartAsync(int port, string token, string list, string? directory, CancellationToken cancellationToken)
    {
        var provider = new MailingProvider(new(directory), token, list);
        provider._server = await LoopbackServer.StartAsync(port, provider.Map, cancellationToken);
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _book.Dispose();
    }

    private void Map(WebApplication app)
    {
        app.MapGet("/", http => Page.WriteAsync(http, 200, Page.Document("Newsletter", Written())));
        app.MapGet("/api/v1/contacts", For(FindAsync));
        app.MapPut("/api/v1/contacts/{id:int}", For(ChangeAsync));
        app.MapDelete("/api/v1/contacts/{id:int}", For(http => ChangedAsync(http, _ => null)));
        app.MapGet("/api/v1/contacts/{id:int}/lists", For(ListsAsync));
        app.MapPost("/api/v1/lists/{list}/contacts", For(AddAsync));
        app.MapDelete("/api/v1/lists/{list}/contacts/{id:int}", For(http => ChangedAsync(http, contact => contact with { Listed = false })));
    }

    private RequestDelegate For(RequestDelegate answer) => http =>
    {
        if (Fault is { } fault) return RefuseAsync(http, (int)fault, "out of order");
        if (http.Request.Headers.Authorization != $"Bearer {_token}") return RefuseAsync(http, 401, "the access token is not valid");
        return http.GetRouteValue("list") is string list && list != _list ? RefuseAsync(http, 404, "there is no such list") : answer(http);
    };

    private Task FindAsync(HttpContext http)
    {
        var email = http.Request.Query["email_address"].ToString();
        var found = _book.Contacts.Where(contact => string.Equals(contact.Email, email, StringComparison.OrdinalIgnoreCase));
        return ItemsAsync(http, found.Select(contact => new JsonObject
        {
            ["id"] = contact.Id,
            ["email"] = contact.Email,
            ["custom"] = JsonSerializer.SerializeToNode(contact.Custom),
        }));
    }

    private Task ListsAsync(HttpContext http) => _book.Find(IdOf(http)) is { } contact
        ? ItemsAsync(http, contact.Listed ? [new JsonObject { ["id"] = _list, ["name"] = "Newsletter" }] : [])
        : RefuseAsync(http, 404, "there is no such contact");

    private async Task AddAsync(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body))!;
        var email = (string)body["email"]!;
        if (Refused.Contains(email))
        {
            await RefuseAsync(http, 400, "the contact has unsubscribed");
            return;
        }

        await SucceedAsync(http, await _book.AddAsync(email, CustomOf(body), listed: true));
    }

    private async Task ChangeAsync(HttpContext http)
    {
        var custom = CustomOf((await JsonNode.ParseAsync(http.Request.Body))!);
        await ChangedAsync(http, contact => contact with { Custom = MailingBook.Merged(contact.Custom, custom) });
    }

    private async Task ChangedAsync(HttpContext http, Func<MailingContact, MailingContact?> change)
    {
        if (await _book.ChangeAsync(IdOf(http), change)) await SucceedAsync(http, null);
        else await RefuseAsync(http, 404, "there is no such contact");
    }

    private Task SucceedAsync(HttpContext http, MailingContact? contact) => WriteAsync(http, 200, new JsonObject
    {
        ["url"] = contact is null ? null : $"{Address}api/v1/contacts/{contact.Id}",
        ["success"] = new JsonObject { ["code"] = 200, ["message"] = "done" },
    });

    private Task ItemsAsync(HttpContext http, IEnumerable<JsonNode> items) => WriteAsync(http, 200, new JsonObject
    {
        ["url"] = $"{Address}{http.Request.Path.Value![1..]}",
        ["items"] = new JsonArray([.. items.Select(item => new JsonObject { ["attributes"] = item })]),
    });

    private static Task RefuseAsync(HttpContext http, int status, string message) =>
        WriteAsync(http, status, new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = message } });

    private static Task WriteAsync(HttpContext http, int status, JsonObject json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json.ToJsonString(), http.RequestAborted);
    }

    private static Dictionary<string, string> CustomOf(JsonNode body) => body["custom"]?.AsObject()
        .Where(field => field.Value is not null).ToDictionary(field => field.Key, field => (string)field.Value!) ?? [];

    private static int IdOf(HttpContext http) => int.Parse((string)http.GetRouteValue("id")!, CultureInfo.InvariantCulture);

    private string Written()
    {
        var html = new StringBuilder("<p>This stands for the mailing provider. Nothing is sent to anybody.</p>");
        html.Append("<table tabindex=\"0\"><caption>Contacts</caption><tr><th>Address</th><th>On the list</th><th>What the shop has noted beside it</th></tr>");
        foreach (var contact in _book.Contacts)
        {
            html.Append($"<tr><td>{WebUtility.HtmlEncode(contact.Email)}</td><td>{(contact.Listed ? "yes" : "no")}</td>")
                .Append($"<td>{WebUtility.HtmlEncode(string.Join("; ", contact.Custom.Where(field => field.Value.Length > 0).Select(field => $"{field.Key}: {field.Value}")))}</td></tr>");
        }

        return html.Append("</table>").ToString();
    }
}
