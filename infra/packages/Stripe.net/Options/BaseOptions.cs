using System.Text.Json.Serialization;
using Stripe.Forms;

namespace Stripe;

/// <summary>Marks a class whose properties are parameters of a request.</summary>
public interface INestedOptions;

/// <summary>Parameters that every request has.</summary>
public class BaseOptions : INestedOptions, IHasSetTracking
{
    /// <summary>Paths of references that Stripe should send whole, such as <c>payment_intent.latest_charge</c>.</summary>
    public List<string> Expand { get; set; }

    /// <summary>Parameters that have no property here; they are encoded beside the others.</summary>
    [JsonExtensionData]
    public IDictionary<string, object> ExtraParams { get; set; } = new Dictionary<string, object>();

    internal SetTracker SetTracker { get; } = new();

    public void AddExpand(string value) => (Expand ??= []).Add(value);

    public void AddRangeExpand(IEnumerable<string> values) => (Expand ??= []).AddRange(values);

    public void AddExtraParam(string key, object value) => ExtraParams.Add(key, value);

    bool IHasSetTracking.IsPropertySet(string propertyName) => SetTracker.IsSet(propertyName);

    internal T Copy<T>()
        where T : BaseOptions => (T)MemberwiseClone();
}

/// <summary>Parameters of a list: at most 100 items a page, 10 unless told.</summary>
public class ListOptions : BaseOptions
{
    public long? Limit { get; set; }

    /// <summary>The id of the last item of the page before.</summary>
    public string StartingAfter { get; set; }

    /// <summary>The id of the first item of the page after; then auto-paging walks backwards.</summary>
    public string EndingBefore { get; set; }
}

/// <summary>A range of times, in UTC.</summary>
public class DateRangeOptions : INestedOptions
{
    [JsonPropertyName("gt")]
    public DateTime? GreaterThan { get; set; }

    [JsonPropertyName("gte")]
    public DateTime? GreaterThanOrEqual { get; set; }

    [JsonPropertyName("lt")]
    public DateTime? LessThan { get; set; }

    [JsonPropertyName("lte")]
    public DateTime? LessThanOrEqual { get; set; }
}
