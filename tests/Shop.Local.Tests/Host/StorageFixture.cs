using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

[assembly: AssemblyFixture(typeof(Shop.Local.Tests.Host.StorageFixture))]

namespace Shop.Local.Tests.Host;

/// <summary>One Azurite for all queue tests; each test has queues of its own names.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private Process? _process;

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        _process = Process.Start(new ProcessStartInfo("node", ["/tmp/host-azurite/node_modules/azurite/dist/src/queue/main.js", "--queuePort", $"{port}", "--inMemoryPersistence", "--skipApiVersionCheck", "--silent", "--disableTelemetry"]) { RedirectStandardOutput = true })!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("successfully listens", StringComparison.Ordinal))
        {
        }
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;QueueEndpoint=http://127.0.0.1:{port}/devstoreaccount1;";
    }

    public ValueTask DisposeAsync()
    {
        _process?.Kill();
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }
}
