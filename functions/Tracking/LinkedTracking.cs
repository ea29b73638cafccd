using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Tracking;

/// <summary>
/// An order as whoever has a link from a mail follows it. Mails are forwarded: nothing of it says who has bought what, where
/// it goes, which carrier brings it under which number, or how a payment was argued about. Pure.
/// </summary>
public sealed record LinkedTracking(string Number, FulfilmentStatus Status, bool Cancelled, ImmutableArray<LinkedTracking.Step> Events, NextStep? Next)
{
    /// <summary>What anybody may know who holds the link: how far the goods are.</summary>
    private static readonly FrozenSet<string> Shown = FrozenSet.Create(
        "placed", "paid", "cancelled", "expired", "shipped", "collected", "in_transit", "out_for_delivery", "delivery_failed", "delivered", "returned");

    private static readonly FrozenSet<string> ShownNext = FrozenSet.Create("dispatch", "collection", "delivery", "new_attempt");

    public sealed record Step(DateTimeOffset At, string Kind, string Text, int? Shipment);

    public static LinkedTracking Of(Order order, NextStep? next) => new(
        order.Number,
        FulfilmentProgress.Of(order).Status,
        order.Closed is not null,
        [.. Timeline.Of(order).Where(step => Shown.Contains(step.Kind)).Select(step => new Step(step.At, step.Kind, step.Text, step.Shipment))],
        next is not null && ShownNext.Contains(next.Kind) ? next : null);

    /// <param name="time">Who reads it is a customer of the shop, as who reads the mail is.</param>
    public HtmlPage Page(ShopTime time)
    {
        var html = new StringBuilder();
        if (Next is { } next) html.Append($"<p><strong>Next:</strong> {HtmlPage.Encode(next.Text)}{(next.ExpectedBy is { } by ? $" Expected by {time.Time(by)}." : "")}</p>");
        html.Append("<table><thead><tr><th scope=\"col\">When</th><th scope=\"col\">What</th></tr></thead><tbody>");
        foreach (var step in Events)
            html.Append($"<tr><td>{time.Time(step.At)}</td><td>{HtmlPage.Encode(step.Text)}{(step.Shipment is { } number ? $" (parcel {number})" : "")}</td></tr>");
        html.Append("</tbody></table><p>For everything else about your order, sign in to the shop.</p>");
        return new($"Order {Number}", html.ToString());
    }
}

[JsonSerializable(typeof(LinkedTracking))]
internal sealed partial class LinkedTrackingWeb : JsonSerializerContext
{
    public static LinkedTrackingWeb Json { get; } = new(Platform.Http.Json.Strict());
}
