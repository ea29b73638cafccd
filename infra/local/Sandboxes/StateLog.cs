using System.Text.Json;

namespace Shop.Local.Sandboxes;

/// <summary>
/// Keeps a sandbox's state on disk: the whole of it at some moment (<c>name.json</c>) and a line for each change since
/// (<c>name.N.log</c>). A change is written before it is answered, and changes that wait share a write. A kill at any moment loses at
/// most what was not answered: a torn last line is dropped, and a new whole takes the old one's place at once, naming its own log.
/// </summary>
internal sealed class StateLog : IDisposable
{
    private readonly long _longest;
    private readonly string? _path;
    private readonly Lock _lock = new();
    private Func<int, byte[]> _whole = static _ => [];
    private FileStream? _file;
    private List<byte[]> _waiting = [];
    private TaskCompletionSource _written = Fresh();
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private long _sizeOfWhole;
    private int _number;

    /// <param name="directory">Null keeps nothing.</param>
    /// <param name="name">Of the files, without their ends.</param>
    /// <param name="longest">In bytes: a log larger than this, and than the whole, is begun anew.</param>
    public StateLog(string? directory, string name, long longest)
    {
        _longest = longest;
        if (directory is null) return;
        Directory.CreateDirectory(directory);
        _path = Path.Combine(directory, name);
    }

    /// <summary>Whether anything is kept.</summary>
    public bool Keeps => _path is not null;

    public static JsonSerializerOptions Json { get; } = new() { RespectNullableAnnotations = true };

    private string Whole => $"{_path}.json";

    /// <summary>The state of last time, with every change; null when there is none.</summary>
    /// <exception cref="InvalidDataException">A file is there and cannot be read; the message says what to do.</exception>
    public T? Load<T>()
        where T : SandboxState
    {
        if (_path is null || !File.Exists(Whole)) return null;
        var at = Whole;
        try
        {
            var state = JsonSerializer.Deserialize<T>(File.ReadAllBytes(Whole), Json)!;
            at = LogFile(state.Log);
            if (File.Exists(at)) Replay(at, state);
            return state;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{at} is not readable; delete {_path}.* to begin with an empty sandbox.", e);
        }
    }

    /// <summary>Begins to write, after this state.</summary>
    /// <param name="whole">Gives the whole state, told which log follows it.</param>
    public void Begin(SandboxState state, Func<int, byte[]> whole)
    {
        if (_path is null) return;
        (_whole, _number) = (whole, state.Log);
        var isNew = !File.Exists(Whole);
        // Changes of a state that is gone are none of this one, and a kill may have left a log behind that the whole has already.
        foreach (var log in Directory.EnumerateFiles(Path.GetDirectoryName(_path)!, $"{Path.GetFileName(_path)}.*.log"))
        {
            if (isNew || log != LogFile(_number)) File.Delete(log);
        }

        if (isNew) WriteWhole(_number);
        _sizeOfWhole = new FileInfo(Whole).Length;
        _file = Open(FileMode.OpenOrCreate);
    }

    /// <summary>Ends when the line is on disk. Lines are written in the order of the calls.</summary>
    public Task AppendAsync(byte[] line)
    {
        if (_path is null || line.Length == 0) return Task.CompletedTask;
        lock (_lock)
        {
            _waiting.Add(line);
            if (!_isWriting)
            {
                _isWriting = true;
                _writing = Task.Run(Write);
            }

            return _written.Task;
        }
    }

    public void Dispose()
    {
        Task writing;
        lock (_lock) writing = _writing;
        writing.Wait();
        _file?.Dispose();
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A last line without an end was not answered: it goes, so that the next one does not follow it.</summary>
    private static void Replay(string path, SandboxState state)
    {
        ReadOnlyMemory<byte> rest = File.ReadAllBytes(path);
        var whole = rest.Span.LastIndexOf((byte)'\n') + 1;
        if (whole < rest.Length)
        {
            using var file = new FileStream(path, FileMode.Open);
            file.SetLength(whole);
        }

        for (rest = rest[..whole]; rest.Length > 0;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            state.Apply(rest[..end]);
            rest = rest[(end + 1)..];
        }
    }

    private string LogFile(int number) => $"{_path}.{number}.log";

    /// <summary>Every write goes to the system at once: a kill of this process does not take it back.</summary>
    private FileStream Open(FileMode mode)
    {
        var file = new FileStream(LogFile(_number), mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Seek(0, SeekOrigin.End);
        return file;
    }

    private void Write()
    {
        while (true)
        {
            List<byte[]> lines;
            TaskCompletionSource written;
            lock (_lock)
            {
                _isWriting = _waiting.Count > 0;
                if (!_isWriting) return;
                (lines, _waiting) = (_waiting, []);
                (written, _written) = (_written, Fresh());
            }

            try
            {
                WriteOrTakeBack(_file!, lines.Count == 1 ? lines[0] : [.. lines.SelectMany(line => line)]);
                written.SetResult();
                if (_file!.Length > Math.Max(_longest, _sizeOfWhole)) BeginAnew();
            }
            catch (Exception exception)
            {
                written.TrySetException(exception);
            }
        }
    }

    /// <summary>What was not written whole was not answered, and must not stand before the next line.</summary>
    private static void WriteOrTakeBack(FileStream file, byte[] bytes)
    {
        var before = file.Length;
        try
        {
            file.Write(bytes);
        }
        catch (IOException)
        {
            file.SetLength(before);
            file.Seek(before, SeekOrigin.Begin);
            throw;
        }
    }

    private void BeginAnew()
    {
        var before = _number;
        WriteWhole(before + 1);
        _number = before + 1;
        _file!.Dispose();
        _file = Open(FileMode.Create);
        File.Delete(LogFile(before));
    }

    private void WriteWhole(int number)
    {
        var whole = _whole(number);
        File.WriteAllBytes($"{Whole}.new", whole);
        File.Move($"{Whole}.new", Whole, overwrite: true);
        _sizeOfWhole = whole.Length;
    }
}
