using System.IO.MemoryMappedFiles;
using Microsoft.Extensions.Configuration;

namespace Shop.Functions.Platform;

/// <summary>
/// The machine's time as people have moved it forward on their own machine: the setting <c>LocalClock__File</c>, which only the
/// local host sets, names a file that holds by how much. Without it the time is the machine's.
/// </summary>
public sealed class LocalClock : TimeProvider
{
    private readonly MemoryMappedViewAccessor _ahead;

    private LocalClock(string file)
    {
        using var shared = MemoryMappedFile.CreateFromFile(
            new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _ahead = shared.CreateViewAccessor(0, sizeof(long), MemoryMappedFileAccess.Read);
    }

    /// <exception cref="InvalidOperationException">The setting is there, and this is a deployment.</exception>
    public static TimeProvider Of(IConfiguration configuration)
    {
        if (configuration["LocalClock:File"] is not { Length: > 0 } file) return System;
        if (!Deployment.IsLocal(configuration))
            throw new InvalidOperationException("LocalClock__File must not be set in a deployment: the time is moved on a developer's machine only.");
        return new LocalClock(file);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(_ahead.ReadInt64(0));
}
