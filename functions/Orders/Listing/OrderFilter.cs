using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Listing;

/// <summary>Which orders of a list are wanted; what is null does not matter.</summary>
/// <param name="From">Placed at this time or later.</param>
/// <param name="Until">Placed before this time.</param>
public sealed record OrderFilter(PaymentStatus? Payment = null, FulfilmentStatus? Fulfilment = null, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    public static OrderFilter Everything { get; } = new();

    /// <summary>Whether storage cannot tell which they are: then more has to be read than is shown.</summary>
    public bool IsByState => Payment is not null || Fulfilment is not null;

    public bool Fits(OrderSummary order) =>
        (Payment is null || order.Payment == Payment)
        && (Fulfilment is null || order.Fulfilment == Fulfilment)
        && (From is null || order.PlacedAt >= From)
        && (Until is null || order.PlacedAt < Until);

    /// <summary>From the query members <c>payment</c>, <c>fulfilment</c>, <c>from</c> and <c>until</c>.</summary>
    public static (OrderFilter? Filter, Problem? Invalid) Of(HttpRequest request)
    {
        var validation = new Validation();
        var filter = new OrderFilter(
            Read<PaymentStatus>("payment", request.Query.TryGetValue("payment", out var payment) ? payment.ToString() : null, validation),
            Read<FulfilmentStatus>("fulfilment", request.Query.TryGetValue("fulfilment", out var fulfilment) ? fulfilment.ToString() : null, validation),
            Read<DateTimeOffset>("from", request.Query.TryGetValue("from", out var from) ? from.ToString() : null, validation),
            Read<DateTimeOffset>("until", request.Query.TryGetValue("until", out var until) ? until.ToString() : null, validation));
        filter.Check(validation, "until");
        return validation.Problem is { } invalid ? (null, invalid) : (filter, null);
    }

    /// <param name="path">Where the end of the period stands in the request.</param>
    public void Check(Validation validation, string path) => validation.Require(!(From >= Until), path, "After the beginning of the period.");

    /// <summary>As a body would have it: the same words, and times that say their offset.</summary>
    private static T? Read<T>(string name, string? text, Validation validation)
        where T : struct
    {
        if (text is null) return null;
        try
        {
            return JsonSerializer.Deserialize<T>($"\"{JsonEncodedText.Encode(text)}\"", OrderListWeb.Json.Options);
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException)
        {
            validation.Add(name, BodyFaults.WhatIsNeeded(typeof(T)));
            return null;
        }
    }
}
