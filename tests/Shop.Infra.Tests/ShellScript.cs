using System.Diagnostics;
using System.Runtime.Versioning;

namespace Shop.Infra.Tests;

/// <summary>Runs a script of this repository with stand-ins for the programs that it calls.</summary>
[UnsupportedOSPlatform("windows")]
internal static class ShellScript
{
    public static void Fake(DirectoryInfo folder, string program, string source)
    {
        var path = Path.Combine(folder.FullName, program);
        File.WriteAllText(path, source);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <param name="fakes">Where the stand-ins are; they are found before the real programs.</param>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(
        string script, string[] arguments, DirectoryInfo fakes, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", [RepositoryFiles.PathOf(script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{fakes.FullName}{Path.PathSeparator}{start.Environment["PATH"]}";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
