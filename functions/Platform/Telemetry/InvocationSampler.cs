using System.Collections.Frozen;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using OpenTelemetry.Trace;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Platform.Telemetry;

/// <summary>
/// What is recorded: requests, messages, and the calls that they make. A timer that finds nothing tells nothing, and it is
/// what an idle shop does all day; what a timer finds becomes a message, which begins a trace of its own. Nor are those asked
/// for who ask only whether the shop is there.
/// </summary>
public sealed class InvocationSampler : Sampler
{
    /// <summary>By which the worker says on its span which function is run.</summary>
    private const string FunctionName = "faas.name";

    private static readonly FrozenSet<string> Requests = AccessRules.AllFunctions().Where(function => IsRequest(function.Method)).Select(function => function.Name).ToFrozenSet();

    /// <summary>Whoever calls does not decide whether it is told of.</summary>
    private readonly Sampler _ofParent = new ParentBasedSampler(new AlwaysOnSampler(), remoteParentNotSampled: new AlwaysOnSampler());

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        foreach (var (name, value) in samplingParameters.Tags ?? [])
        {
            // What is not told is made all the same, so that the calls below it have a parent that is not told.
            if (name == FunctionName) return new(Requests.Contains((string?)value ?? "") ? SamplingDecision.RecordAndSample : SamplingDecision.RecordOnly);
        }

        // A call out of nothing: somebody's keys are fetched, or a list is read in the background.
        if (samplingParameters is { Kind: ActivityKind.Client, ParentContext: var parent } && parent == default) return new(SamplingDecision.Drop);
        return _ofParent.ShouldSample(samplingParameters);
    }

    /// <summary>A message has a span of the shop's own, in the trace that it was sent in (<see cref="QueueTraceMiddleware"/>).</summary>
    private static bool IsRequest(MethodInfo function) => function.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
        .Any(trigger => trigger is not null && trigger.Route?.StartsWith("health/", StringComparison.Ordinal) != true);
}
