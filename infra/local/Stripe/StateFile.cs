using System.Text.Json;

namespace Shop.Local.Stripe;

/// <summary>
/// Keeps the state on disk: every change is written before it is answered, to a fresh file that then replaces the old one, so a
/// kill at any moment leaves the state before or after, never half of it. Changes that wait for the same write share it.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { RespectNullableAnnotations = true };

    private readonly string? _path;
    private readonly SemaphoreSlim _writing = new(1);
    private long _changes;
    private long _written;

    public StateFile(string? directory)
    {
        if (directory is null)
            return;
        Directory.CreateDirectory(directory);
        _path = Path.Combine(directory, "stripe.json");
    }

    /// <summary>The state of last time; null when there is none.</summary>
    /// <exception cref="InvalidDataException">The file is there and cannot be read; the message says what to do.</exception>
    public StripeState? Load()
    {
        if (_path is null || !File.Exists(_path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<StripeState>(File.ReadAllBytes(_path), Json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{_path} is not readable; delete it to begin with an empty Stripe sandbox.", e);
        }
    }

    public void Changed() => Interlocked.Increment(ref _changes);

    /// <summary>Returns when every change made before the call is on disk.</summary>
    public async Task SaveAsync(StripeAccount account)
    {
        if (_path is null)
            return;
        var needed = Interlocked.Read(ref _changes);
        await _writing.WaitAsync();
        try
        {
            if (_written >= needed)
                return;
            var (bytes, upTo) = account.Do(state => (JsonSerializer.SerializeToUtf8Bytes(state, Json), Interlocked.Read(ref _changes)));
            var fresh = _path + ".new";
            await File.WriteAllBytesAsync(fresh, bytes);
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
