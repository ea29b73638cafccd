using System.Text.Json.Serialization;
using Shop.Functions.Platform.Links;

namespace Shop.Functions.Newsletter;

/// <summary>What the links of the newsletter carry: the address that it is about, and nothing is stored until one comes back.</summary>
/// <param name="ByParent">Whether a parent has agreed, for somebody under 16.</param>
public sealed record NewsletterLink(string Email, bool ByParent = false)
{
    /// <summary>Sent to the address itself: who has it agrees to join.</summary>
    public const string ConfirmRoute = "newsletter/confirm";

    /// <summary>Sent to the parent of somebody under 16, who agrees that the child may be asked.</summary>
    public const string ParentRoute = "newsletter/parent";

    public const string UnsubscribeRoute = "newsletter/unsubscribe";

    /// <summary>As long as people leave a mail unread; a link that lies around longer has been forgotten.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    /// <summary>RFC 8058 has no number; newsletters come three or four times a year, with the provider's own links in them.</summary>
    public static readonly TimeSpan UnsubscribeLifetime = TimeSpan.FromDays(90);

    /// <param name="route">A link of one route opens no other.</param>
    public Uri To(string route, SignedLinks links) =>
        links.To($"api/{route}", route, this, NewsletterLinkJson.Default.NewsletterLink, route == UnsubscribeRoute ? UnsubscribeLifetime : Lifetime);

    public static OpenedLink<NewsletterLink> Open(string route, Microsoft.AspNetCore.Http.HttpRequest request, SignedLinks links) =>
        links.Open(route, request.Query[SignedLinks.Parameter], NewsletterLinkJson.Default.NewsletterLink);
}

[JsonSerializable(typeof(NewsletterLink))]
internal sealed partial class NewsletterLinkJson : JsonSerializerContext;
