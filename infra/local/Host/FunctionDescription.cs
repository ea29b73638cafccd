namespace Shop.Local.Host;

/// <summary>One function as its trigger describes it.</summary>
/// <param name="Name">The name in <c>[Function]</c>.</param>
/// <param name="Trigger">What starts it.</param>
public sealed record FunctionDescription(string Name, TriggerKind Trigger)
{
    /// <summary>The route template below the prefix, for an HTTP function.</summary>
    public string? Route { get; init; }

    /// <summary>The accepted HTTP methods in upper case; empty accepts all.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>The queue, with <c>%Setting%</c> replaced, for a queue function.</summary>
    public string? Queue { get; init; }

    /// <summary>The setting that says where the queue is; null for the host's own storage.</summary>
    public string? Connection { get; init; }

    /// <summary>The NCRONTAB expression, with <c>%Setting%</c> replaced, for a timer function.</summary>
    public string? Schedule { get; init; }

    /// <summary>Whether a timer's runs are remembered, so that one that was missed is made up for.</summary>
    public bool UseMonitor { get; init; } = true;

    /// <summary>Whether a timer fires when the host starts, too.</summary>
    public bool RunOnStartup { get; init; }

    /// <summary>Whether the setting <c>AzureWebJobs.{name}.Disabled</c> turns it off.</summary>
    public bool Disabled { get; init; }
}
