using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Links;

namespace Shop.Functions.Accounts;

/// <summary>What the link carries by which somebody, or a parent of theirs, confirms a consent.</summary>
/// <param name="Step">The key of the step that waits for it.</param>
/// <param name="Wording">The version of the words that the step names.</param>
/// <param name="Email">Of the account, when it was asked.</param>
/// <param name="Parent">The parent's address, for somebody under 16: the mail went there and nowhere else.</param>
public sealed record ConsentLink(string AccountId, string Step, string Wording, string Email, string? Parent)
{
    public const string Route = "account/consents/confirm";

    /// <summary>As long as people leave a mail unread.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    public string Recipient => Parent ?? Email;

    public static ConsentLink To(ConsentEntity step) => new(step.PartitionKey, step.RowKey, step.Wording!, step.Email!, step.ParentEmail);

    public Uri ToPage(SignedLinks links) => links.To($"api/{Route}", Route, this, ConsentLinkJson.Default.ConsentLink, Lifetime);

    public static OpenedLink<ConsentLink> Open(HttpRequest request, SignedLinks links) =>
        links.Open(Route, request.Query[SignedLinks.Parameter], ConsentLinkJson.Default.ConsentLink);
}

[JsonSerializable(typeof(ConsentLink))]
[JsonSerializable(typeof(ConsentRequest))]
internal sealed partial class ConsentLinkJson : JsonSerializerContext;
