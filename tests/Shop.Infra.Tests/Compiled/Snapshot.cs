using System.Text.Json;

namespace Shop.Infra.Tests.Compiled;

/// <summary>Every resource that one set of variables gives, as Azure would be asked for it.</summary>
internal sealed class Snapshot(string json)
{
    public IReadOnlyList<JsonElement> Resources { get; } = [.. JsonDocument.Parse(json).RootElement.GetProperty("predictedResources").EnumerateArray()];

    /// <summary>The function app's settings by name.</summary>
    public IReadOnlyDictionary<string, string> Settings => Single("Microsoft.Web/sites").At("properties.siteConfig.appSettings").EnumerateArray()
        .ToDictionary(setting => setting.Text("name"), setting => setting.Text("value"));

    public IEnumerable<JsonElement> Of(string type) => Resources.Where(resource => resource.Text("type") == type);

    public JsonElement Single(string type) => Of(type).Single();

    /// <returns>The last part of the names of all resources of the type.</returns>
    public IEnumerable<string> Names(string type) => Of(type).Select(resource => resource.Text("name").Split('/')[^1]);
}

internal static class JsonPaths
{
    /// <param name="path">Property names with dots between them.</param>
    public static JsonElement At(this JsonElement element, string path) => path.Split('.').Aggregate(element, (inner, name) => inner.GetProperty(name));

    public static string Text(this JsonElement element, string path) => element.At(path).GetString()!;
}
