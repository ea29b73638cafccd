using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Shop.Local;

/// <summary>The settings file at the repository's root: <c>local.settings.json</c> if there is one, else the sample.</summary>
public sealed record LocalSettings(string Path, IReadOnlyDictionary<string, string?> Values, IReadOnlyList<string> CorsOrigins)
{
    /// <summary>The root of the working tree this was built from.</summary>
    public static string RepositoryRoot { get; } = typeof(LocalSettings).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == nameof(RepositoryRoot)).Value!;

    /// <exception cref="LocalSetupException">There is no such file, or it is not as the Functions tools write it.</exception>
    public static LocalSettings Read()
    {
        var own = System.IO.Path.Combine(RepositoryRoot, "local.settings.json");
        var path = File.Exists(own) ? own : System.IO.Path.Combine(RepositoryRoot, "local.settings.sample.json");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var values = document.RootElement.GetProperty("Values").EnumerateObject()
                .ToDictionary(value => value.Name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), value => (string?)value.Value.ToString());
            var cors = document.RootElement.TryGetProperty("Host", out var host) && host.TryGetProperty("CORS", out var origins) ? origins.GetString() ?? "" : "";
            return new(path, values, cors.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LocalSetupException($"{path} cannot be read ({exception.Message}): copy local.settings.sample.json again and change the values in it.");
        }
    }

    /// <returns>True when the setting points at this machine, where a sandbox can take its place.</returns>
    public bool IsLocal(string name) => Values.TryGetValue(name, out var value) && Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
