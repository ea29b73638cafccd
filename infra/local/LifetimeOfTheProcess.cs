using Microsoft.Extensions.Hosting;

namespace Shop.Local;

/// <summary>The default lifetime takes over Ctrl+C for the whole process; that is for the process to decide, and several servers in one would each do so.</summary>
internal sealed class LifetimeOfTheProcess : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
