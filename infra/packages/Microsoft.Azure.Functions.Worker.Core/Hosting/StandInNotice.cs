using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Registered before any service of the app, so an app on this stand-in says what is missing before it does anything.</summary>
internal sealed class StandInNotice : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => throw new NotStarted();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Prints as its sentence alone: whoever started the app needs to know what to run instead, not where this was thrown.
    private sealed class NotStarted() : InvalidOperationException(
        "This build has a stand-in for Microsoft.Azure.Functions.Worker, and a Functions host needs the real package: "
        + "run the app on one machine with `dotnet run --project infra/local`.")
    {
        public override string ToString() => Message;
    }
}
