using System.Text.RegularExpressions;

namespace Shop.Local.Storage;

/// <summary>Says in one line why Azurite did not start.</summary>
internal static partial class AzuriteFailure
{
    public static Exception Explain(LastLines output, AzuriteOptions options)
    {
        var lines = output.ToArray();
        if (lines.Any(line => line.Contains("Cannot find module", StringComparison.Ordinal) || line.Contains("MODULE_NOT_FOUND", StringComparison.Ordinal)))
            return new BrokenInstallationException();
        foreach (var line in lines)
        {
            if (AddressInUse().Match(line) is { Success: true } match) return AzuritePorts.InUse(int.Parse(match.Groups["port"].ValueSpan, provider: null), options);
        }
        var last = string.Join(" | ", lines.Where(line => !line.StartsWith("at ", StringComparison.Ordinal)).TakeLast(5));
        return new LocalSetupException($"The storage emulator (Azurite) did not start. Its last words: {(last.Length > 0 ? last : "none")}");
    }

    [GeneratedRegex(@"EADDRINUSE.*:(?<port>\d+)\s*$")]
    private static partial Regex AddressInUse();
}
