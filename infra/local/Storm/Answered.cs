using System.Net;
using System.Text.Json.Nodes;

namespace Shop.Local.Storm;

/// <summary>An answer, once one came: what it was, and its JSON if it had any.</summary>
public sealed record Answered(HttpStatusCode Status, JsonNode? Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 400;

    /// <summary>False where the same request again may be answered otherwise: it cannot be done now, too many were made, or the token is too old.</summary>
    public bool IsForGood => (int)Status < 500 && Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized);

    /// <exception cref="StormFailedException">It is another answer.</exception>
    public Answered Must(HttpStatusCode expected) => Status == expected ? this : throw new StormFailedException($"An answer is {(int)Status}, not {(int)expected}: {Body?.ToJsonString()}");

    /// <summary>A member by its path, for instance <c>payment.status</c>.</summary>
    public T Read<T>(string path) => path.Split('.').Aggregate(Body, (node, name) => node?[name]) is { } value
        ? value.GetValue<T>()
        : throw new StormFailedException($"An answer of {(int)Status} has no {path}: {Body?.ToJsonString()}");
}
