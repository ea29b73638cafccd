using System.Diagnostics;
using System.Text.Json;

namespace Shop.Local.Storage;

/// <summary>The data folder: used by one Azurite at a time, which says so in a file there until it has saved everything.</summary>
internal static class AzuriteData
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static string OwnerFile(string directory) => Path.Combine(Path.GetFullPath(directory), "azurite.owner.json");

    /// <summary>Waits for an Azurite whose starter is gone to save its data and end.</summary>
    /// <exception cref="LocalSetupException">Another running program uses the data.</exception>
    public static async Task PrepareAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        if (options.DataDirectory is not { } directory) return;
        Directory.CreateDirectory(directory);
        var file = OwnerFile(directory);
        var began = options.TimeProvider.GetTimestamp();
        var told = false;
        while (ReadOwner(file) is { } owner && owner.IsAlive)
        {
            if (owner.IsStarterAlive)
                throw new LocalSetupException($"The data in {directory} is in use by a running shop (process {owner.Starter}): stop it, or choose another folder with --data.");
            if (options.TimeProvider.GetElapsedTime(began) > LongestWait)
                throw new LocalSetupException($"An earlier storage emulator (process {owner.Pid}) does not let go of the data in {directory}: end that process.");
            if (!told) options.Progress($"Waiting for the earlier storage emulator (process {owner.Pid}) to save its data.");
            told = true;
            await Task.Delay(Pause, options.TimeProvider, cancellationToken);
        }
        File.Delete(file);
        if (!options.Fresh) return;
        Directory.Delete(directory, recursive: true);
        Directory.CreateDirectory(directory);
    }

    private static Owner? ReadOwner(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Owner>(File.ReadAllText(file), JsonSerializerOptions.Web);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            // Missing, or cut short by a crash of the machine: then nobody is left who could own the data.
            return null;
        }
    }

    private sealed record Owner(int Pid, int Starter)
    {
        public bool IsAlive => NameOf(Pid) is { } name && name.StartsWith("node", StringComparison.OrdinalIgnoreCase);

        // A number may have gone to another process since; a node is never the starter of an Azurite of ours.
        public bool IsStarterAlive => Starter == Environment.ProcessId
            || (NameOf(Starter) is { } name && !name.StartsWith("node", StringComparison.OrdinalIgnoreCase));

        private static string? NameOf(int pid)
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                return process.HasExited || IsZombie(pid) ? null : process.ProcessName;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException)
            {
                return null;
            }
        }

        // A process that has ended keeps its number until its parent asks; in some containers nobody ever does.
        private static bool IsZombie(int pid)
        {
            if (!OperatingSystem.IsLinux()) return false;
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var name = stat.LastIndexOf(')');
            return name > 0 && stat.Length > name + 2 && (stat[name + 2] is 'Z' or 'X');
        }
    }
}
