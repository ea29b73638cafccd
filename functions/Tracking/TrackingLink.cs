using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Links;

namespace Shop.Functions.Tracking;

/// <summary>What the link in a mail carries by which whoever has it follows an order without signing in: which order, and nothing else.</summary>
public sealed record TrackingLink(string OrderId)
{
    public const string Route = "tracking";

    /// <summary>Longer than a parcel is under way; every mail about an order brings a new one.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>Good until its time is over, or the order leads to nobody any more.</summary>
    /// <exception cref="Platform.Http.UnavailableException">There is no key yet.</exception>
    public static Uri To(Order order, SignedLinks links) => links.To($"api/{Route}", Route, new(order.Id), TrackingLinkJson.Default.TrackingLink, Lifetime);

    public static OpenedLink<TrackingLink> Open(HttpRequest request, SignedLinks links) =>
        links.Open(Route, request.Query[SignedLinks.Parameter], TrackingLinkJson.Default.TrackingLink);
}

[JsonSerializable(typeof(TrackingLink))]
internal sealed partial class TrackingLinkJson : JsonSerializerContext;
