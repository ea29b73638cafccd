using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders;

/// <summary>An order as its customer sees it; staff see what they need of it.</summary>
public sealed record OrderView
{
    public required string Id { get; init; }

    public required string Number { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public required string Currency { get; init; }

    public required ImmutableArray<Line> Lines { get; init; }

    public required Money Net { get; init; }

    public required Money Vat { get; init; }

    public required Money Gross { get; init; }

    public DeliveryAddress? DeliveryAddress { get; init; }

    /// <summary>For its customer: whom the invoice names, where that is not who gets the goods.</summary>
    public BillingAddress? BillingAddress { get; init; }

    public string? PurchaseOrderNumber { get; init; }

    public required PaymentPart Payment { get; init; }

    public required FulfilmentPart Fulfilment { get; init; }

    /// <summary>What was promised back and what went back; absent for those it does not concern.</summary>
    public ImmutableArray<RefundView>? Refunds { get; init; }

    /// <summary>For who decides about money: what banks and the provider ask about, also once it is decided; absent when there is none.</summary>
    public ImmutableArray<DisputePart>? Disputes { get; init; }

    public required bool Cancelled { get; init; }

    /// <param name="VatRate">Per cent, for instance 20.</param>
    /// <param name="IsDelivery">True for what bringing the goods costs; absent for goods.</param>
    public sealed record Line(string Sku, string Name, int Quantity, Money UnitNet, decimal VatRate, Money Net, Money Vat, Money Gross, bool? IsDelivery);

    /// <param name="Received">What came, whatever became of it.</param>
    /// <param name="Withdrawn">What banks and the provider have taken back, beside what was refunded.</param>
    /// <param name="PayBefore">When the order is given up, while it waits for payment.</param>
    public sealed record PaymentPart(PaymentStatus Status, Money Received, Money Refunded, Money Withdrawn, DateTimeOffset? PayBefore);

    /// <param name="Id">The provider's id of it: evidence is handed in there.</param>
    /// <param name="Status"><c>inquiry</c> and <c>open</c> wait for an answer; <c>won</c> or <c>lost</c>.</param>
    /// <param name="Capture">The provider's id of the payment it is about.</param>
    /// <param name="At">When it came to be so, by the provider's clock.</param>
    public sealed record DisputePart(string Provider, string Id, FactStatus Status, Money Amount, string? Capture, DateTimeOffset At);

    /// <param name="NotSent">What was ordered and is not sent any more; absent when there is none.</param>
    /// <param name="RefundOffer">For who decides about money: the refund that fits what has come back.</param>
    public sealed record FulfilmentPart(FulfilmentStatus Status, ImmutableArray<ShipmentView> Shipments, ImmutableArray<ShipmentItem>? NotSent, OfferPart? RefundOffer);

    /// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
    /// <param name="Lines">What a refund for it names; absent where no lines fit it.</param>
    public sealed record OfferPart(long Amount, string Currency, ImmutableArray<ShipmentItem>? Lines);

    public static OrderView Of(Order order, OrderSight sight)
    {
        var settlement = Settlement.Of(order);
        return new OrderView
        {
            Id = order.Id,
            Number = order.Number,
            PlacedAt = order.PlacedAt,
            Currency = order.Currency,
            Lines = LinesOf(order),
            Net = new(order.Net, order.Currency),
            Vat = new(order.Vat, order.Currency),
            Gross = new(order.Gross, order.Currency),
            DeliveryAddress = sight.Delivery ? order.DeliveryAddress : null,
            BillingAddress = sight.Billing ? order.BillingAddress : null,
            PurchaseOrderNumber = order.PurchaseOrderNumber,
            Payment = new(
                settlement.Payment,
                Sum(order, FactKind.Capture, FactStatus.Completed, FactStatus.Reversed),
                Sum(order, FactKind.Refund, FactStatus.Succeeded),
                new(CaptureAccount.AllOf(order).Where(capture => capture.Fact.Currency == order.Currency).Sum(capture => capture.Withdrawn), order.Currency),
                settlement.AwaitsPayment ? order.ExpiresAt : null),
            Fulfilment = new(
                settlement.Fulfilment,
                [.. FulfilmentProgress.Of(order).Shipments.Select(parcel => ShipmentView.Of(order, parcel)).Select(parcel => sight.Delivery ? parcel : parcel.WithoutPlaces())],
                order.NotSent.IsEmpty ? null : ShipmentItem.Of(order, order.NotSent),
                sight.Reasons ? OfferOf(order, settlement) : null),
            Refunds = sight.Refunds ? RefundView.AllOf(order, settlement, sight.Reasons) : null,
            Disputes = sight.Reasons ? DisputesOf(order) : null,
            Cancelled = order.Closed is not null,
        };
    }

    public static JsonResult<OrderView> Answer(Order order, OrderSight sight, int status = StatusCodes.Status200OK, bool replayed = false) =>
        new(Of(order, sight), OrderWeb.Json.Type<OrderView>(), status)
        {
            ETag = ETags.OfText(order.Tag),
            Location = status == StatusCodes.Status201Created ? $"/api/orders/{order.Id}" : null,
            Replayed = replayed,
        };

    public static ImmutableArray<Line> LinesOf(Order order) => [.. order.Lines.Select(line => LineOf(line, order.Currency))];

    public static Line LineOf(OrderLine line, string currency) => new(
        line.Sku,
        line.Name,
        line.Quantity,
        new(line.UnitNet, currency),
        line.VatBasisPoints / 100m,
        new(line.Net, currency),
        new(line.Vat, currency),
        new(line.Gross, currency),
        line.IsDelivery ? true : null);

    private static OfferPart? OfferOf(Order order, Settlement settlement) => RefundOffer.Of(order, settlement) is { } offer
        ? new(offer.Amount.Amount, offer.Amount.Currency, offer.Lines.IsEmpty ? null : RefundLines.ItemsOf(order, offer.Lines))
        : null;

    private static ImmutableArray<DisputePart>? DisputesOf(Order order)
    {
        var disputes = order.Ledger.Where(fact => fact.Kind == FactKind.Dispute)
            .Select(fact => new DisputePart(fact.Provider, fact.ObjectId, fact.Status, new(fact.Amount, fact.Currency), fact.ParentId, fact.At)).ToImmutableArray();
        return disputes.IsEmpty ? null : disputes;
    }

    private static Money Sum(Order order, FactKind kind, params FactStatus[] statuses) => new(
        order.Ledger.Where(fact => fact.Kind == kind && statuses.Contains(fact.Status) && fact.Currency == order.Currency).Sum(fact => fact.Amount), order.Currency);
}

[JsonSerializable(typeof(OrderView))]
internal sealed partial class OrderWeb : JsonSerializerContext
{
    public static OrderWeb Json { get; } = new(Platform.Http.Json.Strict());
}
