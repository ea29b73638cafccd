using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Shop.Local.Host;

/// <summary>What a trigger comes to with the settings, whoever reports it: the worker by its metadata, or attributes in this process.</summary>
internal static partial class TriggerSettings
{
    /// <param name="route">Null for the function's name.</param>
    /// <param name="methods">Null for all.</param>
    public static FunctionDescription Http(this IConfiguration settings, string name, string? route, IEnumerable<string>? methods) =>
        settings.Of(name, TriggerKind.Http) with { Route = route ?? name, Methods = methods?.Select(method => method.ToUpperInvariant()).ToArray() ?? [] };

    /// <exception cref="ArgumentException">A setting is missing.</exception>
    public static FunctionDescription Queue(this IConfiguration settings, string name, string queue, string? connection) =>
        settings.Of(name, TriggerKind.Queue) with { Queue = settings.Resolve(queue), Connection = connection };

    /// <exception cref="ArgumentException">A setting is missing, or the schedule cannot be read.</exception>
    public static FunctionDescription Timer(this IConfiguration settings, string name, string schedule, bool useMonitor, bool runOnStartup)
    {
        var resolved = settings.Resolve(schedule);
        TimerSchedule.Parse(resolved);
        return settings.Of(name, TriggerKind.Timer) with { Schedule = resolved, UseMonitor = useMonitor, RunOnStartup = runOnStartup };
    }

    private static FunctionDescription Of(this IConfiguration settings, string name, TriggerKind trigger) =>
        new(name, trigger) { Disabled = settings[$"AzureWebJobs.{name}.Disabled"] is "1" or "true" or "True" };

    /// <summary>Replaces each <c>%Setting%</c> by its value.</summary>
    /// <exception cref="ArgumentException">There is no such setting.</exception>
    private static string Resolve(this IConfiguration settings, string text) => Setting().Replace(text, match =>
        settings[match.Groups[1].Value] ?? settings[match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)]
        ?? throw new ArgumentException($"its trigger names the setting '{match.Groups[1].Value}', which is missing."));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}
