using System.Globalization;
using Azure.Storage.Queues.Models;

namespace Shop.Local.Host;

/// <summary>A message whose body is decoded already.</summary>
internal sealed record QueueInput(QueueMessage Message) : TriggerInput
{
    /// <summary>The names the Functions host gives; it sends the values as text.</summary>
    public override IReadOnlyDictionary<string, object?> Metadata => new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
    {
        ["QueueTrigger"] = Message.Body.ToString(),
        ["Id"] = Message.MessageId,
        ["PopReceipt"] = Message.PopReceipt,
        ["DequeueCount"] = Message.DequeueCount.ToString(CultureInfo.InvariantCulture),
        ["InsertionTime"] = Message.InsertedOn?.ToString("O", CultureInfo.InvariantCulture),
        ["ExpirationTime"] = Message.ExpiresOn?.ToString("O", CultureInfo.InvariantCulture),
        ["NextVisibleTime"] = Message.NextVisibleOn?.ToString("O", CultureInfo.InvariantCulture),
    };
}
