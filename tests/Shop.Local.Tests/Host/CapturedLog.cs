using Microsoft.Extensions.Logging;

namespace Shop.Local.Tests.Host;

/// <summary>What a host and its app log, from Information on.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly List<Line> _lines = [];
    private readonly List<(Func<Line, bool> Matches, TaskCompletionSource<Line> Found)> _awaited = [];

    public void AddTo(ILoggingBuilder logging) => logging.AddProvider(this).SetMinimumLevel(LogLevel.Information);

    /// <summary>Waits for a line that comes after this call.</summary>
    public Task<Line> NextAsync(Func<Line, bool> matches)
    {
        var found = new TaskCompletionSource<Line>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _awaited.Add((matches, found));
        return found.Task.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public IReadOnlyList<Line> Lines
    {
        get { lock (_lock) return [.. _lines]; }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void Dispose()
    {
    }

    private void Add(Line line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            foreach (var (_, found) in _awaited.Where(awaited => awaited.Matches(line)).ToList()) found.TrySetResult(line);
        }
    }

    public sealed record Line(string Category, LogLevel Level, string Message, string? Exception);

    private sealed class Logger(string category, CapturedLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Add(new(category, logLevel, formatter(state, exception), exception?.Message));
    }
}
