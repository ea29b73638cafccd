using System.Security.Cryptography;

namespace Shop.Local.Sandboxes;

/// <summary>Everything a sandbox knows, in the order it came to be. Times are Unix seconds.</summary>
internal abstract class SandboxState
{
    public string Seed { get; set; } = RandomNumberGenerator.GetHexString(32);

    /// <summary>How many ids of each prefix were given out, so that a restart does not give them again.</summary>
    public Dictionary<string, long> Counters { get; init; } = [];

    public OrderedDictionary<string, SandboxEvent> Events { get; init; } = [];
}
