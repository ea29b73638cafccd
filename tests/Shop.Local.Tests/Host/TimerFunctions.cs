using Microsoft.Azure.Functions.Worker;

namespace Shop.Local.Tests.Host;

public sealed class Nightly(TimerTests.Runs runs, TimeProvider clock)
{
    [Function("Nightly")]
    public Task RunAsync([TimerTrigger("0 0 3 * * *")] TimerInfo timer) => runs.AddAsync(timer, clock);
}

public sealed class EveryMinute(TimerTests.Runs runs, TimeProvider clock)
{
    [Function("EveryMinute")]
    public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer) => runs.AddAsync(timer, clock);
}

public sealed class AtStart(TimerTests.Runs runs, TimeProvider clock)
{
    [Function("AtStart")]
    public Task RunAsync([TimerTrigger("%Often%", RunOnStartup = true)] TimerInfo timer) => runs.AddAsync(timer, clock);
}

public sealed class AsSet(TimerTests.Runs runs, TimeProvider clock)
{
    [Function("AsSet")]
    public Task RunAsync([TimerTrigger("%Often%")] TimerInfo timer) => runs.AddAsync(timer, clock);
}
