using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>All queue functions of the app, polled in the background or run by hand.</summary>
internal sealed class QueueTriggers(
    FunctionHostOptions options, HostJson hostJson, FunctionRunner runner, ILoggerFactory loggers, CancellationToken cancelWork)
    : IAsyncDisposable
{
    /// <summary>A drain meets the same passing storage faults as a pump, which simply polls again.</summary>
    private const int ReceiveAttempts = 3;

    private const string DefaultConnection = "AzureWebJobsStorage";
    private readonly ILogger _log = loggers.CreateLogger("Host.Queues");
    private readonly List<QueueTrigger> _triggers = [];
    private readonly List<QueuePump> _pumps = [];

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

    /// <summary>Runs one message after the other, queue by queue, until a whole round finds no visible message.</summary>
    /// <returns>How many deliveries there were.</returns>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int round;
        do
        {
            round = 0;
            foreach (var trigger in _triggers)
                round += await DrainBatchesAsync(trigger, cancellationToken);
            total += round;
        }
        while (round > 0);
        return total;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_pumps.Select(pump => pump.DisposeAsync().AsTask()));

    private static async Task<int> DrainBatchesAsync(QueueTrigger trigger, CancellationToken cancellationToken)
    {
        var count = 0;
        while (await ReceiveAsync(trigger, cancellationToken) is { Length: > 0 } messages)
        {
            foreach (var message in messages)
                await trigger.RunAsync(message, cancellationToken);
            count += messages.Length;
        }
        return count;
    }

    private static async Task<QueueMessage[]> ReceiveAsync(QueueTrigger trigger, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await trigger.ReceiveAsync(cancellationToken);
            }
            catch (RequestFailedException error) when (error.Status == 404)
            {
                return [];
            }
            catch (Exception) when (attempt < ReceiveAttempts && !cancellationToken.IsCancellationRequested)
            {
                // Tried again at once: nothing here depends on time, and the client has its own pauses between retries.
            }
        }
    }

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
