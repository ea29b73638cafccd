using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>A message of <c>erasure-runs</c>: an account whose erasure may have been cut off.</summary>
[Stored(StorageNames.ErasureRuns, "message", Subject.Message)]
public sealed record ErasureRun([property: DataClass(DataClass.Identity)] string AccountId)
{
    /// <exception cref="JsonException">The message is not one of ours.</exception>
    public static ErasureRun Parse(string message) => StoredMessage.Parse(message, ErasureRunJson.Default.ErasureRun);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ErasureRun))]
internal sealed partial class ErasureRunJson : JsonSerializerContext;
