using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Triggers on each message of a storage queue; a name between percent signs is taken from the settings.</summary>
[ConverterFallbackBehavior(ConverterFallbackBehavior.Default)]
public sealed class QueueTriggerAttribute : TriggerBindingAttribute
{
    public QueueTriggerAttribute(string queueName) => QueueName = queueName;

    public string QueueName { get; }

    /// <summary>The setting, or the prefix of the settings, that say which account; null means <c>AzureWebJobsStorage</c>.</summary>
    public string? Connection { get; set; }
}

/// <summary>Has a Functions host send what the function returns, after the function has answered.</summary>
public sealed class QueueOutputAttribute : OutputBindingAttribute
{
    public QueueOutputAttribute(string queueName) => QueueName = queueName;

    public string QueueName { get; }

    /// <summary>The setting, or the prefix of the settings, that say which account; null means <c>AzureWebJobsStorage</c>.</summary>
    public string? Connection { get; set; }
}
