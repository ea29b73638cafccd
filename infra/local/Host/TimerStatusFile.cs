using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace Shop.Local.Host;

/// <summary>
/// Remembers when each timer ran last, in a file if there is one, so that a run missed while the host was down can be made up for.
/// </summary>
internal sealed class TimerStatusFile
{
    private readonly Lock _lock = new();
    private readonly string? _path;
    private readonly Dictionary<string, ScheduleStatus> _entries = [];

    public TimerStatusFile(string? path)
    {
        _path = path;
        if (path is null || !File.Exists(path))
            return;
        try
        {
            _entries = JsonSerializer.Deserialize<Dictionary<string, ScheduleStatus>>(File.ReadAllBytes(path)) ?? _entries;
        }
        catch (JsonException)
        {
            // A damaged file costs no more than the memory of the last run, and the next run writes it anew.
        }
    }

    public ScheduleStatus? Find(string function)
    {
        lock (_lock)
            return _entries.GetValueOrDefault(function);
    }

    public void Store(string function, ScheduleStatus status)
    {
        lock (_lock)
        {
            _entries[function] = status;
            if (_path is null)
                return;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
            var draft = $"{_path}.new";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(_entries));
            File.Move(draft, _path, overwrite: true);
        }
    }
}
