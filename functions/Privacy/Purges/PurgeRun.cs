using System.Text.Json;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Purges;

/// <summary>A message of <c>purge-runs</c>.</summary>
/// <param name="Since">The day on which the run began, for those who read queues; the purge itself always works up to today.</param>
[Stored(StorageNames.PurgeRuns, "message", Subject.Message)]
public sealed record PurgeRun([property: DataClass(DataClass.Operational)] DateOnly Since)
{
    /// <exception cref="JsonException">The message is not one of ours.</exception>
    public static PurgeRun Parse(string message) => StoredMessage.Parse(message, PurgeRunJson.Default.PurgeRun);
}
