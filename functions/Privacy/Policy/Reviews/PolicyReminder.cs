using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Policy.Reviews;

/// <summary>The last mail that said that a review is due: table <c>policyReviews</c>, RowKey <c>reminder</c>.</summary>
[Stored(StorageNames.PolicyReviews, Row, Subject.PolicyReview)]
public sealed class PolicyReminder : ITableEntity
{
    public const string Row = "reminder";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = PolicyReviewRow.Partition;

    [DataClass(DataClass.None)] public string RowKey { get; set; } = Row;

    [DataClass(DataClass.None)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.None)] public DateTimeOffset MailedAt { get; set; }
}
