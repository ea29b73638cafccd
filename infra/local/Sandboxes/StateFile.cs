using System.Text.Json;

namespace Shop.Local.Sandboxes;

/// <summary>
/// Keeps a sandbox's state on disk: every change is written before it is answered, to a fresh file that then replaces the old
/// one, so a kill at any moment leaves the state before or after, never half of it. Changes that wait for the same write share it.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private readonly string? _path;
    private readonly SemaphoreSlim _writing = new(1);
    private long _changes;
    private long _written;

    /// <param name="directory">Null keeps nothing.</param>
    /// <param name="name">Of the file, without its end.</param>
    public StateFile(string? directory, string name)
    {
        if (directory is null)
            return;
        Directory.CreateDirectory(directory);
        _path = Path.Combine(directory, $"{name}.json");
    }

    public static JsonSerializerOptions Json { get; } = new() { RespectNullableAnnotations = true };

    /// <summary>The state of last time; null when there is none.</summary>
    /// <exception cref="InvalidDataException">The file is there and cannot be read; the message says what to do.</exception>
    public T? Load<T>()
        where T : class
    {
        if (_path is null || !File.Exists(_path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(_path), Json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{_path} is not readable; delete it to begin with an empty sandbox.", e);
        }
    }

    public void Changed() => Interlocked.Increment(ref _changes);

    /// <summary>Returns when every change made before the call is on disk.</summary>
    public async Task SaveAsync(Func<byte[]> state)
    {
        if (_path is null)
            return;
        var needed = Interlocked.Read(ref _changes);
        await _writing.WaitAsync();
        try
        {
            if (_written >= needed)
                return;
            // Read before the state is: a change in between is then written once more, never once too little.
            var upTo = Interlocked.Read(ref _changes);
            var fresh = _path + ".new";
            await File.WriteAllBytesAsync(fresh, state());
            File.Move(fresh, _path, overwrite: true);
            _written = upTo;
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();
}
