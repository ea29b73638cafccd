using System.Diagnostics;
using Shop.Local;

namespace Shop.Functions.Benchmarks.Starts;

/// <summary>A Functions app as <c>dotnet publish</c> writes it, in a folder that goes with it.</summary>
/// <param name="Path">What answers 200 first.</param>
internal sealed record PublishedApp(string Name, string Folder, string Path) : IDisposable
{
    public double Megabytes => new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6;

    /// <param name="project">Relative to the repository's root.</param>
    public static async Task<PublishedApp> OfAsync(string name, string project, string path, params string[] properties)
    {
        var folder = Directory.CreateTempSubdirectory("shop-start-").FullName;
        var info = new ProcessStartInfo("dotnet") { WorkingDirectory = LocalSettings.RepositoryRoot, RedirectStandardOutput = true };
        // A benchmark is not deployed, so stand-ins may be in it; the report names them.
        string[] line = ["publish", project, "--configuration", "Release", "--output", folder, "-p:AllowStandIns=true", "-p:RunAnalyzers=false", "--verbosity", "quiet", "-nologo", .. properties];
        foreach (var word in line) info.ArgumentList.Add(word);
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var variable in info.Environment.Keys.Where(variable => variable.StartsWith("MSBUILD", StringComparison.Ordinal) && variable != "MSBUILDDISABLENODEREUSE").ToList()) info.Environment.Remove(variable);
        using var process = Process.Start(info)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? new(name, folder, path) : throw new InvalidOperationException($"{project} could not be published:\n{said}");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
