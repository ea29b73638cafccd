using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Stripe;

/// <summary>How a client names itself to Stripe.</summary>
internal static class ClientIdentity
{
    private static readonly Lazy<string> InstallationId = new(ReadOrMakeInstallationId);

    public static string UserAgent(AppInfo app) =>
        $"Stripe/V1 .NetBindings/{StripeConfiguration.StripeNetVersion}" + (app is null ? "" : $" {app.FormatUserAgent()}");

    /// <summary>The <c>X-Stripe-Client-User-Agent</c> header: JSON on one line.</summary>
    public static string Describe(AppInfo app, bool withTelemetry)
    {
        var values = new Dictionary<string, object>
        {
            ["bindings_version"] = StripeConfiguration.StripeNetVersion,
            ["lang"] = ".net",
            ["stripe_net_target_framework"] = "net9.0",
            ["lang_version"] = $".NET {Environment.Version}",
        };
        if (withTelemetry)
        {
            values["os_version"] = RuntimeInformation.OSDescription;
            if (InstallationId.Value is { } id)
            {
                values["telemetry_id"] = id;
            }
        }

        if (app is not null)
        {
            values["application"] = app;
        }

        return JsonSerializer.Serialize(values);
    }

    /// <summary>A random id under the user's configuration directory; null where that cannot be read or written.</summary>
    private static string ReadOrMakeInstallationId()
    {
        try
        {
            var directory = ConfigurationDirectory();
            if (directory is null)
            {
                return null;
            }

            var file = Path.Combine(directory, "telemetry_id");
            if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } known)
            {
                return known;
            }

            var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
            Directory.CreateDirectory(directory);
            File.WriteAllText(file, id);
            return id;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string ConfigurationDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            return Under(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "Stripe");
        }

        return Under(Environment.GetEnvironmentVariable("XDG_CONFIG_HOME"), "stripe")
            ?? Under(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Path.Combine(".config", "stripe"));
    }

    private static string Under(string parent, string child) =>
        string.IsNullOrEmpty(parent) ? null : Path.Combine(parent, child);
}
