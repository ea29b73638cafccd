using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Shop.Infra.Tests.Azure;

/// <summary>What the Functions host sends to Application Insights of what is logged, by host.json's levels as the host itself applies them.</summary>
internal static class HostLog
{
    public static IConfiguration Settings { get; } = new ConfigurationBuilder().AddJsonFile(RepositoryFiles.PathOf("host.json"), optional: false).Build();

    private static readonly ILoggerFactory Loggers = LoggerFactory.Create(logging => logging
        // As the host has it: what no level is said for is not logged.
        .SetMinimumLevel(LogLevel.None)
        .AddConfiguration(Settings.GetSection("logging"))
        .AddProvider(new ApplicationInsights()));

    /// <param name="category">As the host names it: what it says of a function's runs is <c>Function.Name</c>, what the function says itself <c>Function.Name.User</c>.</param>
    public static bool Sends(string category, LogLevel level) => Loggers.CreateLogger(category).IsEnabled(level);

    /// <summary>Stands where the host's own provider stands, under the name that host.json calls it by.</summary>
    [ProviderAlias("ApplicationInsights")]
    private sealed class ApplicationInsights : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Everything();

        public void Dispose()
        {
        }
    }

    private sealed class Everything : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }
    }
}
