using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders;

/// <summary>An order as it is stored: table <c>orders</c>, PartitionKey the order's id, RowKey <c>order</c>.</summary>
[Stored(StorageNames.Orders, Row, Subject.Order)]
public sealed class OrderEntity : ITableEntity
{
    public const string Row = "order";

    /// <summary>What a string property of a table holds at most, in UTF-16 code units.</summary>
    private const int PropertyLimit = 32 * 1024;

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = Row;

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Identity)] public string AccountId { get; set; } = "";

    [DataClass(DataClass.OrderFiscal)] public string Number { get; set; } = "";

    [DataClass(DataClass.OrderFiscal)] public DateTimeOffset PlacedAt { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset ExpiresAt { get; set; }

    [DataClass(DataClass.OrderFiscal)] public string Currency { get; set; } = "";

    [DataClass(DataClass.OrderFiscal)] public long Net { get; set; }

    [DataClass(DataClass.OrderFiscal)] public long Vat { get; set; }

    [DataClass(DataClass.OrderFiscal)] public long Gross { get; set; }

    /// <summary>JSON array of <see cref="OrderLine"/>.</summary>
    [DataClass(DataClass.OrderFiscal, ListOf = typeof(OrderLine))] public string Lines { get; set; } = "[]";

    /// <summary>JSON of <see cref="Orders.DeliveryAddress"/>; absent once its time is up.</summary>
    [DataClass(DataClass.Delivery, JsonOf = typeof(DeliveryAddress))] public string? DeliveryAddress { get; set; }

    /// <summary>JSON of <see cref="Orders.BillingAddress"/>; it goes with the delivery address.</summary>
    [DataClass(DataClass.Delivery, JsonOf = typeof(BillingAddress))] public string? BillingAddress { get; set; }

    [DataClass(DataClass.OrderFiscal)] public string? DeliveryCountry { get; set; }

    /// <summary>What the customer calls it: no tax law wants it.</summary>
    [DataClass(DataClass.Identity)] public string? PurchaseOrderNumber { get; set; }

    /// <summary>A hash over the delivery address too, so it counts as one.</summary>
    [DataClass(DataClass.Delivery)] public string RequestHash { get; set; } = "";

    /// <summary>JSON array of <see cref="LedgerEntry"/>.</summary>
    [DataClass(DataClass.PaymentReference, ListOf = typeof(LedgerEntry))] public string Ledger { get; set; } = "[]";

    /// <summary>The rest of a list that is longer than one property holds; likewise below.</summary>
    [DataClass(DataClass.PaymentReference, ListOf = typeof(LedgerEntry))] public string? MoreLedger { get; set; }

    /// <summary>JSON array of <see cref="Checkout"/>.</summary>
    [DataClass(DataClass.PaymentReference, ListOf = typeof(Checkout))] public string Checkouts { get; set; } = "[]";

    [DataClass(DataClass.PaymentReference, ListOf = typeof(Checkout))] public string? MoreCheckouts { get; set; }

    /// <summary>JSON array of <see cref="JournalEntry"/>.</summary>
    [DataClass(DataClass.PaymentReference, ListOf = typeof(JournalEntry))] public string Journal { get; set; } = "[]";

    [DataClass(DataClass.PaymentReference, ListOf = typeof(JournalEntry))] public string? MoreJournal { get; set; }

    /// <summary>JSON array of <see cref="Shipment"/>; absent when there is none.</summary>
    [DataClass(DataClass.OrderFiscal, ListOf = typeof(Shipment))] public string? Shipments { get; set; }

    [DataClass(DataClass.OrderFiscal, ListOf = typeof(Shipment))] public string? MoreShipments { get; set; }

    /// <summary>JSON array of <see cref="ShipmentEvent"/>; absent when there is none.</summary>
    [DataClass(DataClass.OrderFiscal, ListOf = typeof(ShipmentEvent))] public string? ShipmentEvents { get; set; }

    [DataClass(DataClass.OrderFiscal, ListOf = typeof(ShipmentEvent))] public string? MoreShipmentEvents { get; set; }

    /// <summary>JSON array of <see cref="ShipmentLine"/>; absent when there is none.</summary>
    [DataClass(DataClass.OrderFiscal, ListOf = typeof(ShipmentLine))] public string? NotSent { get; set; }

    /// <summary>JSON array of <see cref="RefundPromise"/>; absent when there is none.</summary>
    [DataClass(DataClass.OrderFiscal, ListOf = typeof(RefundPromise))] public string? RefundRequests { get; set; }

    [DataClass(DataClass.OrderFiscal, ListOf = typeof(RefundPromise))] public string? MoreRefundRequests { get; set; }

    /// <summary>JSON array of <see cref="ReviewResolution"/>; absent when there is none.</summary>
    [DataClass(DataClass.OrderFiscal, ListOf = typeof(ReviewResolution))] public string? Resolutions { get; set; }

    [DataClass(DataClass.OrderFiscal, ListOf = typeof(ReviewResolution))] public string? MoreResolutions { get; set; }

    /// <summary>JSON array of <see cref="SalesDocument"/>; absent when there is none.</summary>
    [DataClass(DataClass.OrderFiscal, ListOf = typeof(SalesDocument))] public string? Documents { get; set; }

    [DataClass(DataClass.OrderFiscal, ListOf = typeof(SalesDocument))] public string? MoreDocuments { get; set; }

    /// <summary>JSON array of <see cref="NotificationMark"/>; absent when there is none.</summary>
    [DataClass(DataClass.Operational, ListOf = typeof(NotificationMark))] public string? Notifications { get; set; }

    /// <summary>JSON of <see cref="Order.Unrecorded"/>.</summary>
    [DataClass(DataClass.PaymentReference, JsonOf = typeof(LedgerEntry))] public string? Unrecorded { get; set; }

    /// <summary>Absent where an earlier version has written last: it counted the steps of the journal instead.</summary>
    [DataClass(DataClass.Operational)] public int? Version { get; set; }

    [DataClass(DataClass.OrderFiscal)] public DateTimeOffset? ClosedAt { get; set; }

    [DataClass(DataClass.OrderFiscal)] public string? ClosedReason { get; set; }

    /// <returns>False when the lines of a new order are too many, or take more room than a table's property has.</returns>
    public static bool Fits(Order order) =>
        order.Lines.Length <= Order.MostLines
        // A line without its texts takes 200 characters, and one of a text at most six: most orders need not be written out to know.
        && (order.Lines.Sum(line => 200 + (6 * (line.Sku.Length + line.Name.Length))) <= PropertyLimit
            || JsonSerializer.Serialize(order.Lines, OrderJson.Default.ImmutableArrayOrderLine).Length <= PropertyLimit);

    /// <exception cref="OrderLimitException">A list does not fit into a table's property.</exception>
    public static OrderEntity Of(Order order)
    {
        var entity = HeadOf(order);
        (entity.Ledger, entity.MoreLedger) = Write(order, "ledger", order.Ledger, OrderJson.Default.ImmutableArrayLedgerEntry);
        (entity.Checkouts, entity.MoreCheckouts) = Write(order, "checkouts", order.Checkouts, OrderJson.Default.ImmutableArrayCheckout);
        (entity.Journal, entity.MoreJournal) = Write(order, "journal", order.Journal, OrderJson.Default.ImmutableArrayJournalEntry);
        (entity.Shipments, entity.MoreShipments) = WriteAny(order, "shipments", order.Shipments, OrderJson.Default.ImmutableArrayShipment);
        (entity.ShipmentEvents, entity.MoreShipmentEvents) = WriteAny(order, "shipment events", order.ShipmentEvents, PlainOrderJson.Context.ImmutableArrayShipmentEvent);
        entity.NotSent = order.NotSent.IsEmpty ? null : WriteOne(order, "lines that are not sent", order.NotSent, OrderJson.Default.ImmutableArrayShipmentLine);
        (entity.RefundRequests, entity.MoreRefundRequests) = WriteAny(order, "refund requests", order.RefundPromises, OrderJson.Default.ImmutableArrayRefundPromise);
        (entity.Resolutions, entity.MoreResolutions) = WriteAny(order, "review decisions", order.Resolutions, OrderJson.Default.ImmutableArrayReviewResolution);
        (entity.Documents, entity.MoreDocuments) = WriteAny(order, "documents", order.Documents, OrderJson.Default.ImmutableArraySalesDocument);
        return entity;
    }

    private static OrderEntity HeadOf(Order order) => new()
    {
        PartitionKey = order.Id,
        ETag = order.ETag,
        AccountId = order.AccountId,
        Number = order.Number,
        PlacedAt = order.PlacedAt,
        ExpiresAt = order.ExpiresAt,
        Currency = order.Currency,
        Net = order.Net,
        Vat = order.Vat,
        Gross = order.Gross,
        Lines = WriteOne(order, "lines", order.Lines, OrderJson.Default.ImmutableArrayOrderLine),
        DeliveryAddress = order.DeliveryAddress is null ? null : JsonSerializer.Serialize(order.DeliveryAddress, OrderJson.Default.DeliveryAddress),
        BillingAddress = order.BillingAddress is null ? null : JsonSerializer.Serialize(order.BillingAddress, OrderJson.Default.BillingAddress),
        DeliveryCountry = order.DeliveryCountry,
        PurchaseOrderNumber = order.PurchaseOrderNumber,
        RequestHash = order.RequestHash,
        Notifications = order.Notifications.IsEmpty ? null : WriteOne(order, "notifications", order.Notifications, OrderJson.Default.ImmutableArrayNotificationMark),
        Unrecorded = order.Unrecorded is null ? null : JsonSerializer.Serialize(order.Unrecorded, OrderJson.Default.LedgerEntry),
        Version = order.Version,
        ClosedAt = order.Closed?.At,
        ClosedReason = order.Closed?.Reason.ToString(),
    };

    public Order ToOrder()
    {
        var order = DeclinedTries.Upgrade(ReadOrder());
        return order with { Version = Version ?? order.Journal.Sum(entry => entry.Times ?? 1) };
    }

    private Order ReadOrder() => new()
    {
        Id = PartitionKey,
        ETag = ETag,
        AccountId = AccountId,
        Number = Number,
        PlacedAt = PlacedAt,
        ExpiresAt = ExpiresAt,
        Currency = Currency,
        Net = Net,
        Vat = Vat,
        Gross = Gross,
        Lines = Read(Lines, null, OrderJson.Default.ImmutableArrayOrderLine),
        DeliveryAddress = DeliveryAddress is null ? null : JsonSerializer.Deserialize(DeliveryAddress, OrderJson.Default.DeliveryAddress),
        BillingAddress = BillingAddress is null ? null : JsonSerializer.Deserialize(BillingAddress, OrderJson.Default.BillingAddress),
        DeliveryCountry = DeliveryCountry,
        PurchaseOrderNumber = PurchaseOrderNumber,
        RequestHash = RequestHash,
        Ledger = Read(Ledger, MoreLedger, OrderJson.Default.ImmutableArrayLedgerEntry),
        Checkouts = Read(Checkouts, MoreCheckouts, OrderJson.Default.ImmutableArrayCheckout),
        Journal = Read(Journal, MoreJournal, OrderJson.Default.ImmutableArrayJournalEntry),
        Shipments = ReadAny(Shipments, MoreShipments, OrderJson.Default.ImmutableArrayShipment),
        ShipmentEvents = ReadAny(ShipmentEvents, MoreShipmentEvents, OrderJson.Default.ImmutableArrayShipmentEvent),
        NotSent = ReadAny(NotSent, null, OrderJson.Default.ImmutableArrayShipmentLine),
        RefundPromises = RefundRequests is null ? [] : [.. ReadAny(RefundRequests, MoreRefundRequests, OrderJson.Default.ImmutableArrayRefundPromise).Select(request => request.Upgrade())],
        Resolutions = Resolutions is null ? [] : [.. ReadAny(Resolutions, MoreResolutions, OrderJson.Default.ImmutableArrayReviewResolution).Select(resolution => resolution.Upgrade())],
        Documents = ReadAny(Documents, MoreDocuments, OrderJson.Default.ImmutableArraySalesDocument),
        Notifications = ReadAny(Notifications, null, OrderJson.Default.ImmutableArrayNotificationMark),
        Unrecorded = ReadUnrecorded(),
        Closed = ClosedAt is { } at && ClosedReason is not null ? new Closing(at, Enum.Parse<ClosingReason>(ClosedReason)) : null,
    };

    /// <summary>An earlier version stored the fact's key alone: of what it says nothing is known then until it is told again, which merges over this.</summary>
    private LedgerEntry? ReadUnrecorded()
    {
        if (Unrecorded is null) return null;
        if (Unrecorded.StartsWith('{')) return JsonSerializer.Deserialize(Unrecorded, OrderJson.Default.LedgerEntry);
        var key = FactKey.Parse(Unrecorded);
        return new(key.Kind, key.Provider, key.ObjectId, null, 0, Currency, FactStatus.Pending, PlacedAt);
    }

    /// <summary>Most orders have none of these, and need not carry an empty list of them.</summary>
    private static (string? First, string? More) WriteAny<T>(Order order, string what, ImmutableArray<T> list, JsonTypeInfo<ImmutableArray<T>> type) =>
        list.IsEmpty ? default : Write(order, what, list, type);

    private static ImmutableArray<T> ReadAny<T>(string? json, string? more, JsonTypeInfo<ImmutableArray<T>> type) =>
        json is null ? [] : Read(json, more, type);

    /// <exception cref="JsonException">It is no list, or something in it is missing.</exception>
    private static ImmutableArray<T> Read<T>(string json, string? more, JsonTypeInfo<ImmutableArray<T>> type)
    {
        var list = JsonSerializer.Deserialize(json, type);
        if (list.IsDefault || list.Any(item => item is null)) throw new JsonException("A list of an order is damaged.");
        return more is null ? list : list.AddRange(Read(more, null, type));
    }

    private static string WriteOne<T>(Order order, string what, ImmutableArray<T> list, JsonTypeInfo<ImmutableArray<T>> type) =>
        Write(order, what, list, type) is (var whole, null) ? whole : throw new OrderLimitException(order.Id, $"characters of {what}", PropertyLimit);

    /// <summary>In one property, or in two: as many of the list as go into the first, the rest into the second.</summary>
    private static (string First, string? More) Write<T>(Order order, string what, ImmutableArray<T> list, JsonTypeInfo<ImmutableArray<T>> type)
    {
        var json = JsonSerializer.Serialize(list, type);
        if (json.Length <= PropertyLimit) return (json, null);
        var (count, room) = (0, PropertyLimit - 1);
        // One by one in brackets, where one more needs a comma only.
        while ((room -= JsonSerializer.Serialize(list[count..(count + 1)], type).Length - 1) >= 0) count++;
        var more = JsonSerializer.Serialize(list[count..], type);
        return count > 0 && more.Length <= PropertyLimit
            ? (JsonSerializer.Serialize(list[..count], type), more)
            : throw new OrderLimitException(order.Id, $"characters of {what}", 2 * PropertyLimit);
    }
}
