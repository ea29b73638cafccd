namespace Shop.Local.Storage;

/// <summary>Where a storage emulator listens and keeps its data. Ports of 0 are picked by the system.</summary>
public sealed record AzuriteOptions
{
    /// <summary>Folder for the data, created where missing; null keeps everything in memory.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Deletes what is in <see cref="DataDirectory"/> first, once an earlier emulator has let go of it.</summary>
    public bool Fresh { get; init; }

    /// <summary>Names of further storage accounts beside the usual one, so that several shops can share an emulator.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    public int BlobPort { get; init; }

    public int QueuePort { get; init; }

    public int TablePort { get; init; }

    /// <summary>Where package.json, its lock file and the two launchers are, and where npm installs Azurite.</summary>
    public string InstallationFolder { get; init; } = LocalSettings.FolderOf("StorageFolder");

    /// <summary>A file that says how far its time is ahead of the machine's, in ticks (<see cref="MovableClock.Share"/>); null for the machine's time.</summary>
    public string? ClockFile { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Takes a line when starting takes longer than a moment, saying what is being done.</summary>
    public Action<string> Progress { get; init; } = static _ => { };
}
