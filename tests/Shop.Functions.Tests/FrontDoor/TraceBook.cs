using System.Collections.Concurrent;
using System.Diagnostics;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>Every activity that ends in this process while this is there, with all that a trace would show of it.</summary>
internal sealed class TraceBook : IDisposable
{
    private readonly ConcurrentQueue<(string Source, string Text)> _entries = new();
    private readonly ActivityListener _listener;

    public TraceBook()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _entries.Enqueue((activity.Source.Name, Written(activity))),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<(string Source, string Text)> Entries => [.. _entries];

    public void Dispose() => _listener.Dispose();

    public static string Written(Activity activity) => string.Join(
        ' ',
        [
            activity.OperationName, activity.DisplayName, activity.StatusDescription, activity.TraceStateString,
            .. activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
            .. activity.Baggage.Select(item => $"{item.Key}={item.Value}"),
            .. activity.Events.Select(raised => $"{raised.Name}({string.Join(", ", raised.Tags.Select(tag => $"{tag.Key}={tag.Value}"))})"),
        ]);
}
