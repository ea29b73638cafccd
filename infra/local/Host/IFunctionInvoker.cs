using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Shop.Local.Host;

/// <summary>
/// Invokes the app's functions: in a process of their own, as they are deployed, or in this one, where a test can put in a
/// clock, a fault or a pause. Routes, queues and timers are the same for both.
/// </summary>
internal interface IFunctionInvoker : IAsyncDisposable
{
    /// <summary>Where the functions run now; null for this process, and while the app's own is being started again.</summary>
    int? ProcessId { get; }

    /// <summary>Registers what it needs among the web server's services.</summary>
    void Configure(IHostBuilder host);

    /// <summary>Makes the functions ready to run.</summary>
    /// <returns>All of them, disabled ones included.</returns>
    /// <exception cref="InvalidOperationException">A function cannot be run as it is written, or a setting is missing.</exception>
    Task<IReadOnlyList<FunctionDescription>> StartAsync(IServiceProvider services, CancellationToken cancellationToken);

    /// <summary>Runs a function that a queue or a timer started; throws what it throws.</summary>
    Task RunAsync(FunctionRun run, TriggerInput input, CancellationToken cancellationToken);

    /// <summary>Runs an HTTP function, which writes its answer; throws what it throws.</summary>
    Task AnswerAsync(FunctionRun run, HttpContext http);
}
