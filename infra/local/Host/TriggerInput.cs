using System.Collections.Immutable;
using System.Globalization;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;

namespace Shop.Local.Host;

/// <summary>What a queue or timer trigger hands to a function.</summary>
internal abstract record TriggerInput
{
    public static readonly IReadOnlyDictionary<string, object?> NoMetadata = ImmutableDictionary<string, object?>.Empty;

    public virtual IReadOnlyDictionary<string, object?> Metadata => NoMetadata;
}

/// <summary>A due time.</summary>
internal sealed record TimerInput(TimerInfo Timer) : TriggerInput;

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
