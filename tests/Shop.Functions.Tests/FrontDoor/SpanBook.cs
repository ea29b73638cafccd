using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>Every span as the app would tell it while this is there: made, put right and exported as in a deployment, into memory.</summary>
internal sealed class SpanBook : IDisposable
{
    private readonly List<Activity> _told = [];
    private readonly TracerProvider _provider;

    public SpanBook() => _provider = Sdk.CreateTracerProviderBuilder().AddShop().SetSampler(new InvocationSampler()).AddInMemoryExporter(_told).Build();

    public IReadOnlyList<(string Source, string Text)> Entries
    {
        get
        {
            _provider.ForceFlush();
            return [.. _told.Select(span => (span.Source.Name, TraceBook.Written(span)))];
        }
    }

    public void Dispose() => _provider.Dispose();

    /// <summary>Azure's libraries ask once in a process, with the first client.</summary>
    [ModuleInitializer]
    internal static void EnableAzureSpans() => AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);
}
