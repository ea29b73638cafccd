using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Shop.Local;

/// <summary>A settings file as the Functions tools write it, and what it says.</summary>
public sealed record LocalSettings(string Path, IReadOnlyDictionary<string, string?> Values, IReadOnlyList<string> CorsOrigins)
{
    /// <summary>The root of the working tree this was built from.</summary>
    public static string RepositoryRoot { get; } = FolderOf(nameof(RepositoryRoot));

    /// <summary>Where the app's own build put it.</summary>
    public static string AppFolder { get; } = System.IO.Path.GetFullPath(FolderOf(nameof(AppFolder)));

    /// <summary>The settings that come with the source: made for the sandboxes.</summary>
    public static string Sample { get; } = System.IO.Path.Combine(RepositoryRoot, "local.settings.sample.json");

    /// <param name="file">Null for the one at the repository's root: <c>local.settings.json</c> if there is one, else the sample.</param>
    /// <exception cref="LocalSetupException">There is no such file, or it is not as the Functions tools write it.</exception>
    public static LocalSettings Read(string? file = null)
    {
        var own = System.IO.Path.Combine(RepositoryRoot, "local.settings.json");
        var path = file ?? (File.Exists(own) ? own : Sample);
        if (!File.Exists(path)) throw new LocalSetupException($"There is no settings file {path}.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var values = document.RootElement.GetProperty("Values").EnumerateObject()
                .ToDictionary(value => value.Name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), value => (string?)value.Value.ToString());
            var cors = document.RootElement.TryGetProperty("Host", out var host) && host.TryGetProperty("CORS", out var listed) ? listed.GetString() ?? "" : "";
            var origins = cors.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (origins.FirstOrDefault(origin => !Uri.TryCreate(origin, UriKind.Absolute, out _)) is { } odd)
                throw new LocalSetupException($"{path}: {odd} in Host, CORS is not an origin: name each storefront, for instance http://localhost:3000.");
            return new(path, values, origins);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new LocalSetupException($"{path} cannot be read ({exception.Message}): copy local.settings.sample.json again and change the values in it.");
        }
    }

    /// <returns>True when the setting points at this machine, where a sandbox can take its place.</returns>
    public bool IsLocal(string name) => Values.TryGetValue(name, out var value) && Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.IsLoopback;

    /// <returns>How a process is told the setting: <c>Stripe__ApiKey</c> for <c>Stripe:ApiKey</c>.</returns>
    public static string VariableOf(string name) => name.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal);

    /// <summary>A folder of the source, or of the build, as the build noted it (Shop.Local.csproj).</summary>
    public static string FolderOf(string name) =>
        typeof(LocalSettings).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value!;
}
