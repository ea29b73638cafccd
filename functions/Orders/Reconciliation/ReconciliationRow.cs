using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Orders.Reconciliation;

/// <summary>A row of the table <c>openOrders</c>: RowKey is the order's id, or a hash of the event that waits; PartitionKey its first character.</summary>
[Stored(StorageNames.OpenOrders, "*", Subject.RetentionSchedule)]
public sealed class ReconciliationRow : ITableEntity
{
    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>When it is to be looked at.</summary>
    [DataClass(DataClass.Operational)] public DateTimeOffset Due { get; set; }

    /// <summary>True while the order's last look was kept from something, or found no order yet; whoever only says when the next one is leaves it out.</summary>
    [DataClass(DataClass.Operational)] public bool? IsHindered { get; set; }

    /// <summary>The message of <c>payment-events</c> that is to come again; null for an order.</summary>
    [DataClass(DataClass.PaymentReference)] public string? Event { get; set; }

    /// <summary>SKUs of counted items that may be kept for it, one a line; absent where there are none.</summary>
    [DataClass(DataClass.Operational)] public string? Items { get; set; }

    [IgnoreDataMember] public string[] NamedItems => Items?.Split('\n') ?? [];

    /// <returns>True when it is due soon, and not yet. The row of an order that the timer has sent stands at an hour later.</returns>
    public bool IsDueWithin(TimeSpan time, DateTimeOffset now) => Due > now && Due <= now + time;

    public static ReconciliationRow Of(string orderId, DateTimeOffset due, bool? isHindered = null, IReadOnlyCollection<string>? items = null) => new()
    {
        PartitionKey = PartitionOf(orderId),
        RowKey = orderId,
        Due = due,
        IsHindered = isHindered,
        Items = items is null ? null : string.Join('\n', items),
    };

    public static ReconciliationRow OfEvent(string message, DateTimeOffset due)
    {
        // A key must not hold what comes from outside.
        var key = TextHash.Of(MessageTrace.Without(message));
        return new() { PartitionKey = PartitionOf(key), RowKey = key, Due = due, Event = message };
    }

    /// <returns>One of 32: ids are spread evenly, so no partition takes more than its share of the writes.</returns>
    public static string PartitionOf(string orderId) => orderId[..1];
}
