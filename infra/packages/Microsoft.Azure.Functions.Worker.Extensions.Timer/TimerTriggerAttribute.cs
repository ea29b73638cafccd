using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Extensions.Timer.Converters;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Triggers on a schedule: a six-field NCRONTAB expression, or <c>%NAME%</c> for the setting that holds one.</summary>
[BindingCapabilities(KnownBindingCapabilities.FunctionLevelRetry)]
[InputConverter(typeof(TimerInfoConverter))]
[ConverterFallbackBehavior(ConverterFallbackBehavior.Default)]
public sealed class TimerTriggerAttribute : TriggerBindingAttribute
{
    public TimerTriggerAttribute(string schedule)
    {
        Schedule = schedule;
        UseMonitor = true;
    }

    public string Schedule { get; private set; }

    /// <summary>Whether a Functions host remembers occurrences, so that a missed one runs late. True unless set.</summary>
    public bool UseMonitor { get; set; }

    public bool RunOnStartup { get; set; }
}
