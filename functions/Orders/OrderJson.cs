using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Orders;

/// <summary>How the lists of an order are stored: compact JSON, tolerant of members that a later version adds.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ImmutableArray<OrderLine>))]
[JsonSerializable(typeof(ImmutableArray<LedgerEntry>))]
[JsonSerializable(typeof(ImmutableArray<Checkout>))]
[JsonSerializable(typeof(ImmutableArray<JournalEntry>))]
[JsonSerializable(typeof(DeliveryAddress))]
[JsonSerializable(typeof(BillingAddress))]
[JsonSerializable(typeof(ImmutableArray<Shipment>))]
[JsonSerializable(typeof(ImmutableArray<ShipmentEvent>))]
[JsonSerializable(typeof(ImmutableArray<ShipmentLine>))]
[JsonSerializable(typeof(ImmutableArray<RefundPromise>))]
[JsonSerializable(typeof(ImmutableArray<ReviewResolution>))]
[JsonSerializable(typeof(ImmutableArray<SalesDocument>))]
[JsonSerializable(typeof(ImmutableArray<NotificationMark>))]
internal sealed partial class OrderJson : JsonSerializerContext;
