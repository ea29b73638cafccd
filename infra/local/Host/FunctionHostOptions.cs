using Azure.Storage.Queues;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>What a <see cref="FunctionHost"/> runs, and where.</summary>
public sealed class FunctionHostOptions
{
    /// <summary>Where the functions are, and whether they run in a process of their own.</summary>
    public required FunctionApp App { get; init; }

    /// <summary>The app's settings; also where <c>%Setting%</c> names and connections are looked up.</summary>
    public required IConfiguration Configuration { get; init; }

    /// <summary>The app's host.json.</summary>
    public required string HostJsonPath { get; init; }

    /// <summary>Maps endpoints beside the functions, which the app knows nothing of and no worker middleware sees.</summary>
    public Action<IEndpointRouteBuilder>? MapMore { get; init; }

    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where trigger queues without a connection of their own are; null takes the setting <c>AzureWebJobsStorage</c>.</summary>
    public string? StorageConnectionString { get; init; }

    /// <summary>Changes the options of the host's own queue clients, for instance to count or to fail calls.</summary>
    public Action<QueueClientOptions>? ConfigureQueueClient { get; init; }

    /// <summary>Whether queues are polled in the background; else whoever wants their messages run does so by hand.</summary>
    public bool RunQueues { get; init; } = true;

    /// <summary>Whether timers fire by the clock; without it, whoever wants one run does so by hand.</summary>
    public bool RunTimers { get; init; } = true;

    /// <summary>Where the last run of each timer is kept across restarts; null keeps it in memory.</summary>
    public string? TimerStatusPath { get; init; }

    /// <summary>The web origins whose scripts may call, each as <c>scheme://host[:port]</c>.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Drives timers, polling and lease renewal.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Measures how long a client waits for an answer (<see cref="FrontEnd"/>) and how long a function runs in a process of its own. Not
    /// <see cref="Clock"/>: whoever moves the time on does not make what is under way any older.
    /// </summary>
    public TimeProvider FrontEndClock { get; init; } = TimeProvider.System;

    /// <summary>Gives a number in [0, 1) that spreads the polls of several queues.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>Adds log providers and filters; without it nothing is logged.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>
    /// How long a received message stays hidden while it is processed; renewed at half time. A process that is killed leaves
    /// its messages hidden for up to this long. The Functions host uses ten minutes.
    /// </summary>
    public TimeSpan MessageInvisibility { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a shutdown waits for work in flight before its cancellation tokens are cancelled.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(30);
}
