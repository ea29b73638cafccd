namespace Shop.Local.Sandboxes;

/// <summary>What every payment provider's sandbox is started with.</summary>
public abstract record SandboxOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where events are sent; can be set after the start. Events wait while there is none.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>Where state is kept; null keeps it in memory.</summary>
    public string? DataDirectory { get; init; }

    public SandboxMode Mode { get; init; } = SandboxMode.Automatic;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The same seed gives the same ids in the same order; null takes a random one.</summary>
    public int? Seed { get; init; }

    /// <summary>How long a webhook may take to answer.</summary>
    public TimeSpan WebhookTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Waits between the attempts to deliver one event; when they are used up the delivery has failed.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } =
        [.. new[] { 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    /// <summary>How many deliveries may be under way at once in automatic mode; 1 keeps their order.</summary>
    public int ConcurrentDeliveries { get; init; } = 16;
}
