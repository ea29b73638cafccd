using System.Collections;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>Everything the app logs, as text and level.</summary>
/// <param name="least">At <see cref="LogLevel.Trace"/> the text also has scopes and whatever goes with a message besides its words.</param>
public sealed class LogBook(LogLevel least = LogLevel.Information) : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Category, string Text)> _entries = new();

    public IReadOnlyList<(LogLevel Level, string Category, string Text)> Entries => [.. _entries];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, least, _entries);

    public void Dispose()
    {
    }

    /// <summary>A state as structured logs have it: names and values, those inside of lists one by one.</summary>
    private static string Written(object? state) => state switch
    {
        null => "",
        string text => text,
        IEnumerable<KeyValuePair<string, object?>> pairs => string.Join(", ", pairs.Select(pair => $"{pair.Key}={Written(pair.Value)}")),
        IEnumerable many => string.Join(", ", many.Cast<object?>().Select(Written)),
        _ => $"{state}",
    };

    private sealed class Logger(string category, LogLevel least, ConcurrentQueue<(LogLevel, string, string)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            if (least == LogLevel.Trace) entries.Enqueue((LogLevel.Trace, category, $"scope: {state} {Written(state)}"));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var more = least == LogLevel.Trace ? $" {Written(state)} {DataOf(exception)}" : "";
            entries.Enqueue((logLevel, category, $"{formatter(state, exception)} {exception}{more}"));
        }

        private static string DataOf(Exception? exception) =>
            exception is null ? "" : $"{string.Join(", ", exception.Data.Cast<DictionaryEntry>().Select(data => $"{data.Key}={data.Value}"))} {DataOf(exception.InnerException)}";
    }
}
