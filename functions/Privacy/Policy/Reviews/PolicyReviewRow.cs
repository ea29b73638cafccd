using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Policy.Reviews;

/// <summary>That the policy was reviewed: table <c>policyReviews</c>, RowKey <c>review-{ticks}</c>. It names nobody.</summary>
[Stored(StorageNames.PolicyReviews, Prefix + "*", Subject.PolicyReview)]
public sealed class PolicyReviewRow : ITableEntity
{
    public const string Partition = "policy";
    public const string Prefix = "review-";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = Partition;

    /// <summary>The newest sorts first.</summary>
    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.None)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.None)] public DateTimeOffset At { get; set; }

    /// <summary>The edition and the version that were looked at.</summary>
    [DataClass(DataClass.None)] public string Edition { get; set; } = "";

    [DataClass(DataClass.None)] public string Version { get; set; } = "";

    /// <summary>What came of it, a <see cref="PolicyReviewOutcome"/>.</summary>
    [DataClass(DataClass.None)] public string Outcome { get; set; } = "";

    public static PolicyReviewRow Of(PolicyReview review) => new()
    {
        RowKey = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{DateTimeOffset.MaxValue.Ticks - review.At.UtcTicks:D19}"),
        At = review.At,
        Edition = review.Edition,
        Version = review.Version,
        Outcome = review.Outcome.ToString(),
    };

    public PolicyReview ToReview() => new(At, Edition, Version, Enum.Parse<PolicyReviewOutcome>(Outcome));
}
