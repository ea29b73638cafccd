using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Tests.Telemetry;

/// <summary>All that the app's own process logs, at the levels at which it does so in a deployment. The host passes its lines on as mere text, and writes its own in another form.</summary>
internal sealed class AppLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Only then: where somebody hears its lines, the host's own web server begins an activity for each request, and traces begin there.</summary>
    public bool IsOn { get; set; }

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Listen(ILoggingBuilder logging) => logging.AddProvider(this).AddFilter<AppLog>(category: null, LogLevel.Trace);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, AppLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => log.IsOn;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (log.IsOn && state is string line) log._lines.Enqueue($"{category}: {line} {exception}");
        }
    }
}
