using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Shop.Infra.Tests.Compiled;

/// <summary>What the Bicep compiler makes of infra/azure; it costs seconds, so it runs once, for whoever asks first.</summary>
internal static class Template
{
    private static readonly Lazy<(string Arm, string Default, string Everything)> Files = new(Compile);

    /// <summary>The whole ARM template, as text.</summary>
    public static string Text => Files.Value.Arm;

    /// <summary>The ARM template of main.bicep, and those of its modules by their names there.</summary>
    public static IReadOnlyDictionary<string, JsonElement> All { get; } = Read();

    /// <summary>The resources that snapshots/default.env gives.</summary>
    public static Snapshot Default { get; } = new(Files.Value.Default);

    /// <summary>The resources that snapshots/everything.env gives: every switch on, every number another one.</summary>
    public static Snapshot Everything { get; } = new(Files.Value.Everything);

    /// <returns>Everything that the template or one of its modules creates or reads, with the module's name.</returns>
    public static IEnumerable<(string Module, JsonElement Resource)> Resources() =>
        from template in All
        from resource in ResourcesOf(template.Value)
        where resource.Text("type") != "Microsoft.Resources/deployments"
        select (template.Key, resource);

    /// <summary>By name where the template has names for them, else a list: the compiler takes whichever the Bicep needs.</summary>
    private static IEnumerable<JsonElement> ResourcesOf(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        return resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(resource => resource.Value);
    }

    private static Dictionary<string, JsonElement> Read()
    {
        var main = JsonDocument.Parse(Text).RootElement;
        var modules = main.GetProperty("resources").EnumerateObject().Where(resource => resource.Value.Text("type") == "Microsoft.Resources/deployments");
        Dictionary<string, JsonElement> all = new(modules.Select(module => KeyValuePair.Create(module.Name, module.Value.At("properties.template"))));
        all.Add("main", main);
        return all;
    }

    private static (string Arm, string Default, string Everything) Compile()
    {
        var folder = Directory.CreateTempSubdirectory("bicep-");
        try
        {
            var start = new ProcessStartInfo("bash", [RepositoryFiles.PathOf("infra/azure/check.sh"), "--into", folder.FullName]) { RedirectStandardError = true };
            start.Environment["BICEP"] = typeof(Template).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "BicepCompiler").Value;
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? (Read("main"), Read("default"), Read("everything"))
                : throw new InvalidOperationException($"The Bicep does not compile:\n{error}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Read(string name) => File.ReadAllText(Path.Combine(folder.FullName, $"{name}.json"));
    }
}
