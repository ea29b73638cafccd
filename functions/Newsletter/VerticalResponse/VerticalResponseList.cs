using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Newsletter.VerticalResponse;

/// <summary>
/// The list at VerticalResponse, by its REST API of version 1: a contact stands in the account, is on lists, and has fields of
/// the company's own, of which the shop uses two. Read from its published documentation, and never tried with a real account.
/// </summary>
[Discloses("Vertical Response", "to send the newsletter to whoever has joined it", DataClass.Contact, DataClass.Consent)]
public sealed class VerticalResponseList(IHttpClientFactory clients, IOptions<NewsletterOptions> options) : IMailingList
{
    public const string HttpClientName = "vertical-response";

    public static readonly Uri Address = new("https://vrapi.verticalresponse.com/");

    public bool IsSetUp => options.Value.IsSetUp;

    public async Task<JoinResult> JoinAsync(string email, DateTimeOffset askedAt, string consent, CancellationToken cancellation)
    {
        var contact = await FindAsync(email, cancellation);
        if (contact?.Custom?.Left is { Length: > 0 } left && DateTimeOffset.TryParse(left, CultureInfo.InvariantCulture, out var leftAt) && leftAt >= askedAt) return JoinResult.LeftSince;
        if (contact is not null && await IsListedAsync($"{contact.Id}", cancellation)) return JoinResult.AlreadyOn;
        var fields = new Contact(email, new(Consent: consent, Left: ""));
        // What is in the account already is changed before it is listed: the other way round, the proof could be missing.
        if (contact is not null) (await SendAsync(HttpMethod.Put, $"contacts/{contact.Id}", fields, cancellation)).Dispose();
        using var added = await SendAsync(HttpMethod.Post, $"lists/{options.Value.ListId}/contacts", fields, cancellation);
        return added.IsSuccessStatusCode ? JoinResult.Joined : JoinResult.Refused;
    }

    public async Task LeaveAsync(string email, DateTimeOffset at, CancellationToken cancellation)
    {
        if (await FindAsync(email, cancellation) is not { } contact) return;
        using var noted = await SendAsync(HttpMethod.Put, $"contacts/{contact.Id}", new(email, new(Consent: contact.Custom?.Consent, Left: at.ToString("O", CultureInfo.InvariantCulture))), cancellation);
        using var taken = await SendAsync(HttpMethod.Delete, $"lists/{options.Value.ListId}/contacts/{contact.Id}", null, cancellation);
    }

    public async Task<bool> ForgetAsync(string email, CancellationToken cancellation)
    {
        if (await FindAsync(email, cancellation) is not { } contact) return false;
        using var deleted = await SendAsync(HttpMethod.Delete, $"contacts/{contact.Id}", null, cancellation);
        return true;
    }

    private async Task<FoundContact?> FindAsync(string email, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, $"contacts?type=all&email_address={Uri.EscapeDataString(email)}", null, cancellation);
        var found = await ReadAsync(response, VerticalResponseJson.Default.ContactList, cancellation);
        return found.Items?.Select(item => item.Attributes).FirstOrDefault(contact => EmailAddress.KeyOf(contact.Email) == EmailAddress.KeyOf(email));
    }

    private async Task<bool> IsListedAsync(string contactId, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, $"contacts/{contactId}/lists", null, cancellation);
        var lists = await ReadAsync(response, VerticalResponseJson.Default.ListedIn, cancellation);
        return lists.Items?.Any(list => list.Attributes.Id.ToString() == options.Value.ListId) == true;
    }

    /// <exception cref="UnavailableException">It is not what the provider answers: a page of somebody on the way, most likely.</exception>
    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellation) ?? throw new JsonException();
        }
        catch (JsonException unreadable)
        {
            throw new UnavailableException("The mailing provider, whose answer cannot be read,", unreadable);
        }
    }

    /// <returns>An answer that is good, or a refusal of a new contact (400 or 422), or that what is to be deleted is gone (404).</returns>
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Contact? contact, CancellationToken cancellation)
    {
        if (!IsSetUp) throw new UnavailableException("The mailing provider, whose token is not set up yet,");
        var address = string.IsNullOrEmpty(options.Value.ApiBase) ? Address : new(options.Value.ApiBase);
        using var request = new HttpRequestMessage(method, new Uri(address, $"/api/v1/{path}"))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", options.Value.ApiKey) },
            Content = contact is null ? null : JsonContent.Create(contact, VerticalResponseJson.Default.Contact),
        };
        try
        {
            var response = await clients.CreateClient(HttpClientName).SendAsync(request, cancellation);
            var isRefusal = method == HttpMethod.Post && response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableContent;
            var isGone = method == HttpMethod.Delete && response.StatusCode == HttpStatusCode.NotFound;
            if (response.IsSuccessStatusCode || isRefusal || isGone) return response;
            response.Dispose();
            throw new UnavailableException($"The mailing provider ({(int)response.StatusCode})");
        }
        catch (Exception failed) when (failed is HttpRequestException || (failed is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // The exception's own words may hold the address that was asked for.
            throw new UnavailableException($"The mailing provider ({failed.GetType().Name})");
        }
    }

    internal sealed record Contact(string Email, CustomFields Custom);

    internal sealed record CustomFields(string? Consent = null, string? Left = null);

    internal sealed record ContactList(IReadOnlyList<Item<FoundContact>>? Items);

    internal sealed record ListedIn(IReadOnlyList<Item<FoundList>>? Items);

    internal sealed record Item<T>(T Attributes);

    /// <param name="Id">A number or a text.</param>
    internal sealed record FoundContact(JsonElement Id, string Email, CustomFields? Custom = null);

    /// <param name="Id">A number or a text.</param>
    internal sealed record FoundList(JsonElement Id);
}

/// <summary>With the provider's own names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VerticalResponseList.Contact))]
[JsonSerializable(typeof(VerticalResponseList.ContactList))]
[JsonSerializable(typeof(VerticalResponseList.ListedIn))]
internal sealed partial class VerticalResponseJson : JsonSerializerContext;
