using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Shop.Local.Host;

/// <summary>What the settings say about a trigger.</summary>
internal static partial class TriggerSettings
{
    /// <summary>Replaces each <c>%Setting%</c> by its value.</summary>
    /// <exception cref="ArgumentException">There is no such setting.</exception>
    public static string Resolve(this IConfiguration settings, string text) => Setting().Replace(text, match =>
        settings[match.Groups[1].Value] ?? settings[match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)]
        ?? throw new ArgumentException($"its trigger names the setting '{match.Groups[1].Value}', which is missing."));

    public static bool IsDisabled(this IConfiguration settings, string function) => settings[$"AzureWebJobs.{function}.Disabled"] is "1" or "true" or "True";

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}
