using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Shop.Local.Host;

/// <summary>What starts a function.</summary>
public enum TriggerKind
{
    Http,
    Queue,
    Timer,
}

/// <summary>One function as its attributes describe it.</summary>
/// <param name="Name">The name in <c>[Function]</c>.</param>
/// <param name="Trigger">What starts it.</param>
/// <param name="Method">The method that runs; a test that walks all functions reads its attributes.</param>
public sealed record FunctionDescription(string Name, TriggerKind Trigger, MethodInfo Method)
{
    /// <summary>The route template below the prefix, for an HTTP function.</summary>
    public string? Route { get; init; }

    /// <summary>The accepted HTTP methods in upper case; empty accepts all.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>The level in <c>[HttpTrigger]</c>. It is not enforced here, as it is not in the Core Tools.</summary>
    public AuthorizationLevel? AuthorizationLevel { get; init; }

    /// <summary>The queue, with <c>%Setting%</c> replaced, for a queue function.</summary>
    public string? Queue { get; init; }

    /// <summary>The NCRONTAB expression, with <c>%Setting%</c> replaced, for a timer function.</summary>
    public string? Schedule { get; init; }

    /// <summary>Whether the setting <c>AzureWebJobs.{name}.Disabled</c> turns it off.</summary>
    public bool Disabled { get; init; }
}
