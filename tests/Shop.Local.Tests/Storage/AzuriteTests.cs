using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Shop.Local.Storage;

namespace Shop.Local.Tests.Storage;

public sealed class AzuriteTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("azurite-tests-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Data_on_disk_is_there_after_a_restart()
    {
        await using (var first = await Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data }, Stop))
            await WriteAsync(first.ConnectionString, "kept");

        await using var second = await Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data }, Stop);
        (await ReadAsync(second.ConnectionString, "kept")).ShouldBe((true, true));
    }

    [Fact]
    public async Task A_fresh_start_has_no_data()
    {
        await using (var first = await Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data }, Stop))
            await WriteAsync(first.ConnectionString, "gone");

        await using var second = await Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data, Fresh = true }, Stop);
        (await ReadAsync(second.ConnectionString, "gone")).ShouldBe((false, false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_acknowledged_survives_a_kill_of_the_process_that_started_it(bool wholeGroup)
    {
        await using var killed = StarterProcess.Start([_data]);
        var (ready, connectionString) = await killed.AnswerAsync(Stop);
        ready.ShouldBeTrue(connectionString);
        await WriteAsync(connectionString, "acknowledged");
        await killed.KillAsync(wholeGroup, Stop);

        await using var next = await Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data }, Stop);

        (await ReadAsync(next.ConnectionString, "acknowledged")).ShouldBe((true, true));
        Should.Throw<SocketException>(() => Connect(connectionString));
    }

    [Fact]
    public async Task A_save_that_is_under_way_when_the_starter_is_killed_is_finished()
    {
        var slow = Path.Combine(_data, "slow.js");
        await File.WriteAllTextAsync(slow, "const fs = require('fs'), rename = fs.rename; fs.rename = (...names) => setTimeout(() => rename(...names), 1000);", Stop);
        await using var killed = StarterProcess.Start([_data], environment: ("NODE_OPTIONS", $"--require {slow}"));
        var (ready, connectionString) = await killed.AnswerAsync(Stop);
        ready.ShouldBeTrue(connectionString);
        await WriteAsync(connectionString, "half-saved");
        await UntilBeingSavedAsync("__azurite_db_table__.json~", "half-saved");
        await killed.KillAsync(wholeGroup: false, Stop);

        await using var next = await Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data }, Stop);

        (await ReadAsync(next.ConnectionString, "half-saved")).ShouldBe((true, true));
    }

    [Fact]
    public async Task Data_is_used_by_one_shop_at_a_time()
    {
        await using var first = await Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data }, Stop);

        var refused = await Should.ThrowAsync<LocalSetupException>(() => Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data }, Stop));

        refused.Message.ShouldContain(_data);
        refused.Message.ShouldContain("--data");
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var lines = new List<string>();
        var options = new AzuriteOptions { TablePort = port, TimeProvider = new HurriedTime(), Progress = lines.Add };

        var refused = await Should.ThrowAsync<LocalSetupException>(() => Azurite.StartAsync(options, Stop));

        refused.Message.ShouldStartWith($"Port {port} (storage, tables) is in use");
        lines.ShouldContain(line => line.Contains($"{port}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fixed_ports_are_used_and_can_be_used_again_at_once()
    {
        var options = new AzuriteOptions { DataDirectory = _data, BlobPort = FreePort(), QueuePort = FreePort(), TablePort = FreePort() };
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await using var azurite = await Azurite.StartAsync(options, Stop);
            azurite.TableEndpoint.ShouldBe(new Uri($"http://127.0.0.1:{options.TablePort}/devstoreaccount1"));
            azurite.ConnectionString.ShouldContain($"QueueEndpoint=http://127.0.0.1:{options.QueuePort}/devstoreaccount1;");
            azurite.ConnectionString.ShouldContain($"BlobEndpoint=http://127.0.0.1:{options.BlobPort}/devstoreaccount1;");
        }
    }

    [Fact]
    public async Task Further_accounts_have_data_of_their_own()
    {
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions { Accounts = ["second"] }, Stop);

        await WriteAsync(azurite.ConnectionStringOf("second"), "there");

        (await ReadAsync(azurite.ConnectionStringOf("second"), "there")).ShouldBe((true, true));
        (await ReadAsync(azurite.ConnectionString, "there")).ShouldBe((false, false));
    }

    [Fact]
    public async Task Data_that_cannot_be_read_is_told_in_one_line()
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "__azurite_db_table__.json"), "{ not json", Stop);

        var refused = await Should.ThrowAsync<LocalSetupException>(() => Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data }, Stop));

        refused.Message.ShouldStartWith("The storage emulator (Azurite) did not start.");
        refused.Message.ShouldContain("JSON");
        refused.Message.ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_nothing_behind()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data }, cancel.Token));

        await using var azurite = await Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data }, Stop);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private async Task UntilBeingSavedAsync(string file, string text)
    {
        var path = Path.Combine(_data, file);
        while (!File.Exists(path) || !(await File.ReadAllTextAsync(path, Stop)).Contains(text, StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Stop);
    }

    private static async Task WriteAsync(string connectionString, string name)
    {
        var table = new TableClient(connectionString, "orders");
        await table.CreateIfNotExistsAsync(Stop);
        await table.AddEntityAsync(new TableEntity("p", name), Stop);
        var queue = new QueueClient(connectionString, "events");
        await queue.CreateIfNotExistsAsync(cancellationToken: Stop);
        await queue.SendMessageAsync(name, Stop);
    }

    private static async Task<(bool Row, bool Message)> ReadAsync(string connectionString, string name)
    {
        var row = await new TableClient(connectionString, "orders").GetEntityIfExistsAsync<TableEntity>("p", name, cancellationToken: Stop);
        var queue = new QueueClient(connectionString, "events");
        var message = await queue.ExistsAsync(Stop) ? (await queue.PeekMessageAsync(Stop)).Value : null;
        return (row.HasValue, message?.MessageText == name);
    }

    private static void Connect(string connectionString)
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, new TableServiceClient(connectionString).Uri.Port);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A thousand times as fast as the clock, for waits that are meant to end in a refusal.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override long TimestampFrequency => System.TimestampFrequency / 1000;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime / 1000, period / 1000);
    }
}
