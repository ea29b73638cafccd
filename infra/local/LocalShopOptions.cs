using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Shop.Local.Host;

namespace Shop.Local;

/// <summary>How a <see cref="LocalShop"/> is to run.</summary>
public sealed record LocalShopOptions
{
    public LocalPorts Ports { get; init; } = LocalPorts.Default;

    /// <summary>Where data is kept across runs; null keeps everything in memory.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Clears the data first.</summary>
    public bool Fresh { get; init; }

    /// <summary>Another storage account than an emulator of the shop's own.</summary>
    public string? StorageConnectionString { get; init; }

    /// <summary>Another settings file than the one at the repository's root.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>Settings that go before those of the settings file, by their names in configuration (<c>Stripe:ApiKey</c>).</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether queues, timers and webhooks run by themselves; tests drive them by hand.</summary>
    public bool Automatic { get; init; } = true;

    /// <summary>Whether timers run by themselves as well, where the rest does.</summary>
    public bool Timers { get; init; } = true;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Measures how long a client waits for an answer and a function runs; it does not follow <see cref="Clock"/>.</summary>
    public TimeProvider FrontEndClock { get; init; } = TimeProvider.System;

    /// <summary>Makes the sandboxes' ids repeatable.</summary>
    public int? Seed { get; init; }

    /// <summary>Another way to run the app, given its settings, than in a process of its own as it is deployed; for tests.</summary>
    public Func<IConfiguration, FunctionApp>? App { get; init; }

    /// <summary>Everything but the app, for a Functions host that is started by somebody else on the API's port.</summary>
    public bool WithoutApp { get; init; }

    /// <summary>Whether the app's own process tells this host what it does (<see cref="LocalShop.Telemetry"/>).</summary>
    public bool Telemetry { get; init; }

    /// <summary>Changes the function host's own queue clients.</summary>
    public Action<QueueClientOptions>? ConfigureQueueClient { get; init; }

    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>Takes lines about what is being started.</summary>
    public Action<string> Progress { get; init; } = static _ => { };
}
