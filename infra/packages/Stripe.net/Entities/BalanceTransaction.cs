using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>A movement of the seller's Stripe balance (<c>txn_…</c>), in minor units.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class BalanceTransaction : StripeEntity<BalanceTransaction>, IHasId, IHasObject
{
    public string Id { get; set; }
    public string Object { get; set; }
    public long Amount { get; set; }
    public DateTime AvailableOn { get; set; } = DateTime.UnixEpoch;
    public string BalanceType { get; set; }
    public DateTime Created { get; set; } = DateTime.UnixEpoch;
    public string Currency { get; set; }
    public string Description { get; set; }
    public decimal? ExchangeRate { get; set; }
    public long Fee { get; set; }
    public List<BalanceTransactionFeeDetail> FeeDetails { get; set; }
    public long Net { get; set; }
    public string ReportingCategory { get; set; }

    internal ExpandableField<IBalanceTransactionSource> InternalSource { get; set; }

    [JsonIgnore]
    public string SourceId
    {
        get => InternalSource?.Id;
        set => InternalSource = SetExpandableFieldId(value, InternalSource);
    }

    [JsonIgnore]
    public IBalanceTransactionSource Source
    {
        get => InternalSource?.ExpandedObject;
        set => InternalSource = SetExpandableFieldObject(value, InternalSource);
    }

    public string Status { get; set; }
    public string Type { get; set; }
}

/// <summary>One fee within a balance movement, in minor units.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class BalanceTransactionFeeDetail : StripeEntity<BalanceTransactionFeeDetail>
{
    public long Amount { get; set; }
    public string Application { get; set; }
    public string Currency { get; set; }
    public string Description { get; set; }
    public string Type { get; set; }
}
