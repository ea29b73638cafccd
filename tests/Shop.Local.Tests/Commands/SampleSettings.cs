using System.Text.Json.Nodes;

namespace Shop.Local.Tests.Commands;

/// <summary>Settings files like the sample, with some values changed; tests never read a developer's own.</summary>
internal static class SampleSettings
{
    public static string File => LocalSettings.Sample;

    /// <param name="folder">Where to write it.</param>
    /// <param name="changes">Values by their names in the file; null leaves one out.</param>
    public static string With(TemporaryDirectory folder, params (string Name, string? Value)[] changes)
    {
        var settings = JsonNode.Parse(System.IO.File.ReadAllText(File))!;
        foreach (var (name, value) in changes)
        {
            if (value is null) settings["Values"]!.AsObject().Remove(name).ShouldBeTrue($"The sample has no {name}.");
            else settings["Values"]![name] = value;
        }

        var file = Path.Combine(folder.Path, "settings.json");
        System.IO.File.WriteAllText(file, settings.ToJsonString());
        return file;
    }
}
