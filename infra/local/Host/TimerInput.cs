using Microsoft.Azure.Functions.Worker;

namespace Shop.Local.Host;

/// <summary>A due time.</summary>
internal sealed record TimerInput(TimerInfo Timer) : TriggerInput;
