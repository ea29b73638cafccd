using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Reviews;

/// <summary>A row of the table <c>reviews</c>: RowKey is the order's id; why stands in the order, unless the order cannot know.</summary>
[Stored(StorageNames.Reviews, "*", Subject.RetentionSchedule)]
public sealed class ReviewRow : ITableEntity
{
    public const string Partition = "open";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = Partition;

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>Whether a part that the last look needed did not answer. An earlier version wrote here as well that a provider did not let the shop in, and not which.</summary>
    [DataClass(DataClass.Operational)] public string? Hindrance { get; set; }

    /// <summary>The providers that did not let the shop in, with a space between them; null when all did.</summary>
    [DataClass(DataClass.Operational)] public string? ShutOutBy { get; set; }

    public static ReviewRow Of(string orderId, Hindrance? hindrance) => new()
    {
        RowKey = orderId,
        Hindrance = hindrance is { IsNotAnswering: true } ? Reviews.Hindrance.NotAnswering : null,
        ShutOutBy = hindrance is { ShutOutBy.IsEmpty: false } ? string.Join(' ', hindrance.ShutOutBy) : null,
    };

    public Hindrance? ToHindrance() => Hindrance is null && ShutOutBy is null ? null : new(Hindrance is not null, [.. ShutOutBy?.Split(' ') ?? []]);
}
