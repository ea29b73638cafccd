namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>The same work done two ways: by the app, and by a bare loop that makes the same storage calls.</summary>
internal abstract class Comparison
{
    public abstract string Name { get; }

    /// <summary>The app's rate over the floor's; null where the ratio is only told.</summary>
    public abstract double? Goal { get; }

    /// <summary>How many operations make a round: few, so that no queue gets long.</summary>
    public abstract int PerRound { get; }

    /// <summary>How much longer than the emulator takes each call to storage is to take, on both sides.</summary>
    public TimeSpan Distance { get; init; }

    /// <summary>Puts into storage what every round needs.</summary>
    public abstract Task SetUpAsync(MeasuredShop shop);

    /// <summary>Untimed: makes everything ready for one round of the app.</summary>
    public abstract Task PrepareAppAsync(int operations);

    /// <summary>Untimed: the same for the floor.</summary>
    public abstract Task PrepareFloorAsync(int operations);

    public abstract Task RunAppAsync(int operations, int inFlight);

    public abstract Task RunFloorAsync(int operations, int inFlight);

    /// <summary>Untimed: empties the queues after a round.</summary>
    public abstract Task CleanAsync();

    /// <summary>Runs operations 0, 1, … with as many workers as may be in flight.</summary>
    protected static Task WorkAsync(int operations, int inFlight, Func<int, int, Task> operation)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, inFlight).Select(worker => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var index && index < operations) await operation(worker, index);
        })));
    }
}

/// <summary>A comparison whose app side is called over HTTP.</summary>
internal abstract class HttpComparison : Comparison, IDisposable
{
    private readonly List<Connection> _connections = [];
    private ReadOnlyMemory<byte>[] _requests = [];

    protected MeasuredShop Shop { get; private set; } = null!;

    protected abstract int ExpectedStatus { get; }

    public override Task SetUpAsync(MeasuredShop shop)
    {
        Shop = shop;
        return Task.CompletedTask;
    }

    public override Task PrepareAppAsync(int operations)
    {
        _requests = [.. Enumerable.Range(0, operations).Select(Request)];
        return Task.CompletedTask;
    }

    public override async Task RunAppAsync(int operations, int inFlight)
    {
        while (_connections.Count < inFlight) _connections.Add(await Connection.OpenAsync(Shop.Host.Address));
        await WorkAsync(operations, inFlight, async (worker, index) =>
        {
            var answer = await _connections[worker].SendAsync(_requests[index]);
            if (Connection.StatusOf(answer) != ExpectedStatus)
                throw new InvalidOperationException($"{Name} answered:\n{System.Text.Encoding.UTF8.GetString(answer.Span)}");
        });
    }

    public override Task RunFloorAsync(int operations, int inFlight) => WorkAsync(operations, inFlight, (_, index) => FloorAsync(index));

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());

    protected abstract ReadOnlyMemory<byte> Request(int index);

    protected abstract Task FloorAsync(int index);

    protected ReadOnlyMemory<byte> Http(string method, string path, IEnumerable<string> headers, string body = "")
    {
        var content = System.Text.Encoding.UTF8.GetBytes(body);
        var head = string.Join("\r\n", [$"{method} {path} HTTP/1.1", $"Host: {Shop.Host.Address.Authority}", .. headers]);
        if (body.Length > 0) head += $"\r\nContent-Type: application/json\r\nContent-Length: {content.Length}";
        return (byte[])[.. System.Text.Encoding.UTF8.GetBytes(head + "\r\n\r\n"), .. content];
    }
}
