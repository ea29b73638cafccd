namespace Shop.Functions.Benchmarks.Ratios;

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
