using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Shop.Local.Sandboxes;

/// <summary>Something that happened, with its subject as it was at that moment, and how far its delivery has come.</summary>
internal sealed class SandboxEvent : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public required string Type { get; init; }

    public required JsonObject Object { get; init; }

    /// <summary>What a change replaced, where the provider tells.</summary>
    public JsonObject? PreviousAttributes { get; init; }

    /// <summary>The API request behind it, where the provider tells.</summary>
    public string? RequestId { get; init; }

    public string? IdempotencyKey { get; init; }

    public EventDelivery Delivery { get; set; }

    public int Attempts { get; set; }

    /// <summary>A delay fault keeps it back until then.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Back-off after a failed attempt.</summary>
    public DateTimeOffset NextAttempt { get; set; }

    /// <summary>Whether drop and delay faults were asked already.</summary>
    public bool FaultsDecided { get; set; }

    [JsonIgnore]
    public bool InFlight { get; set; }
}
