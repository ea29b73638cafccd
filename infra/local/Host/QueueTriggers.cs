using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>All queue functions of the app, polled in the background.</summary>
internal sealed class QueueTriggers(
    FunctionHostOptions options, HostJson hostJson, FunctionRunner runner, ILoggerFactory loggers, CancellationToken cancelWork)
    : IAsyncDisposable
{
    private const string DefaultConnection = "AzureWebJobsStorage";
    private readonly ILogger _log = loggers.CreateLogger("Host.Queues");
    private readonly List<QueueTrigger> _triggers = [];
    private readonly List<QueuePump> _pumps = [];

    /// <summary>One for each function, for whoever takes their messages by hand.</summary>
    public IReadOnlyList<QueueTrigger> All => _triggers;

    /// <exception cref="InvalidOperationException">A trigger's connection is not configured.</exception>
    public void Add(FunctionDescription function)
    {
        var connection = ConnectionString(function);
        var name = function.Queue!;
        var (queue, poison) = (Client(connection, name), Client(connection, $"{name}-poison"));
        _triggers.Add(new QueueTrigger(function, queue, poison, hostJson, options.MessageInvisibility, runner, options.Clock, _log));
    }

    public void StartPumps() => _pumps.AddRange(_triggers.Select(t => new QueuePump(t, options.Clock, options.Jitter, _log, cancelWork)));

    public void Wake() => _pumps.ForEach(pump => pump.Wake());

    public async ValueTask DisposeAsync() => await Task.WhenAll(_pumps.Select(pump => pump.DisposeAsync().AsTask()));

    private QueueClient Client(string connection, string queue)
    {
        var client = new QueueClientOptions();
        options.ConfigureQueueClient?.Invoke(client);
        // Decoded by hand: a message that is not Base64 must reach the poison queue as it is, not fail its whole batch.
        client.MessageEncoding = QueueMessageEncoding.None;
        return new QueueClient(connection, queue, client);
    }

    private string ConnectionString(FunctionDescription function)
    {
        var name = function.Connection;
        var isDefault = name is null or "" or "Storage" or DefaultConnection;
        if (isDefault && options.StorageConnectionString is { } given)
            return given;
        var settings = options.Configuration;
        var setting = isDefault
            ? settings[DefaultConnection]
            : settings[$"AzureWebJobs{name}"] ?? settings[name!] ?? settings.GetConnectionString(name!);
        return setting ?? throw new InvalidOperationException(
            $"Function '{function.Name}' needs a storage connection string in the setting '{(isDefault ? DefaultConnection : name)}'.");
    }
}
