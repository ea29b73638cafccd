using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Shop.Local.Host.Worker.Rpc;

namespace Shop.Local.Host.Worker;

/// <summary>Passes on what a worker logs, under its own categories and levels.</summary>
internal sealed class WorkerLog(ILoggerFactory loggers)
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = [];

    public void Write(RpcLog line)
    {
        if (line.LogCategory == RpcLog.Types.RpcLogCategory.CustomMetric) return;
        var logger = _loggers.GetOrAdd(line.Category is "" ? "Worker" : line.Category, loggers.CreateLogger);
        var exception = line.Exception is { Message.Length: > 0 } told ? new WorkerException(told) : null;
        logger.Log(Level(line.Level), default, line.Message, exception, static (message, _) => message);
    }

    private static LogLevel Level(RpcLog.Types.Level level) => level switch
    {
        RpcLog.Types.Level.Trace => LogLevel.Trace,
        RpcLog.Types.Level.Debug => LogLevel.Debug,
        RpcLog.Types.Level.Information => LogLevel.Information,
        RpcLog.Types.Level.Warning => LogLevel.Warning,
        RpcLog.Types.Level.Error => LogLevel.Error,
        RpcLog.Types.Level.Critical => LogLevel.Critical,
        _ => LogLevel.None,
    };
}
