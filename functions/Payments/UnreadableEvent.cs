using System.Text.Json;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Payments;

/// <summary>
/// A delivery that was signed as it should be and that this version cannot read: kept on <c>payment-events-poison</c>,
/// so that an operator can fetch the event from the provider by its id.
/// </summary>
[Stored(StorageNames.PaymentEvents + StorageNames.PoisonSuffix, "message", Subject.Message)]
public sealed record UnreadableEvent(
    [property: DataClass(DataClass.PaymentReference)] string Provider,
    [property: DataClass(DataClass.PaymentReference)] string EventId,
    [property: DataClass(DataClass.PaymentReference)] string Type,
    [property: DataClass(DataClass.Operational)] string Reason)
{
    /// <returns>What is in a message of this queue, when it is such a delivery; null for anything else.</returns>
    public static UnreadableEvent? Of(string queue, BinaryData message)
    {
        if (queue != StorageNames.PaymentEvents) return null;
        try
        {
            return JsonSerializer.Deserialize(message, PaymentMessages.Default.UnreadableEvent) is { Reason.Length: > 0, EventId.Length: > 0 } read && Providers.All.Contains(read.Provider) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToMessage() => JsonSerializer.SerializeToUtf8Bytes(this, PaymentMessages.Default.UnreadableEvent);
}
