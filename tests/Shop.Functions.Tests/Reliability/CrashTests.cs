using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>
/// The process ends at one call, before it is sent or before its answer arrives; then the triggers retry as they do in
/// life. For every use case, at every call it makes.
/// </summary>
public sealed class CrashTests(StorageEmulator emulator)
{
    public static TheoryData<string, FaultMoment> Rows => Crashes.RowsOf(name => !Crashes.IsPayPal(name) && !Crashes.IsDecided(name));

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_crash_at_any_call_loses_nothing_and_does_nothing_twice(string name, FaultMoment moment) => Crashes.RunAsync(emulator, name, moment);
}

/// <summary>The same for the use cases with PayPal; a class of its own, so that both run at the same time.</summary>
public sealed class PayPalCrashTests(StorageEmulator emulator)
{
    public static TheoryData<string, FaultMoment> Rows => Crashes.RowsOf(Crashes.IsPayPal);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_crash_at_any_call_loses_nothing_and_does_nothing_twice(string name, FaultMoment moment) => Crashes.RunAsync(emulator, name, moment);
}

/// <summary>The same for what customers and staff decide about an order.</summary>
public sealed class DecisionCrashTests(StorageEmulator emulator)
{
    public static TheoryData<string, FaultMoment> Rows => Crashes.RowsOf(Crashes.IsDecided);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_crash_at_any_call_loses_nothing_and_does_nothing_twice(string name, FaultMoment moment) => Crashes.RunAsync(emulator, name, moment);
}

internal static class Crashes
{
    public static bool IsPayPal(string name) => name.Contains("PayPal", StringComparison.Ordinal);

    public static bool IsDecided(string name) => new[] { "cancelled", "staff", "person" }.Any(word => name.Contains(word, StringComparison.Ordinal)) && !IsPayPal(name);

    public static TheoryData<string, FaultMoment> RowsOf(Func<string, bool> isMeant)
    {
        var rows = new TheoryData<string, FaultMoment>();
        foreach (var name in UseCase.All.Keys.Where(isMeant))
        {
            rows.Add(name, FaultMoment.Before);
            rows.Add(name, FaultMoment.After);
        }

        return rows;
    }

    public static async Task RunAsync(StorageEmulator emulator, string name, FaultMoment moment)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var useCase = UseCase.All[name];
        var settled = new HashSet<string>();
        var calls = await RunAsync(shop, useCase, $"{name}, no crash", 0, null, settled);
        calls.Count.ShouldBeGreaterThanOrEqualTo(useCase.FewestCalls);

        for (var call = 1; call <= calls.Count; call++)
        {
            // A read leaves nothing behind: to lose its answer is to crash before it. One does, a message that was handed out;
            // it is hidden until its time is up, by the emulator's own clock: nothing to see here, and twenty seconds to wait.
            if (moment == FaultMoment.After && calls[call - 1].StartsWith("GET ", StringComparison.Ordinal)) continue;
            await RunAsync(shop, useCase, $"{name}, crash {moment} call {call} of {calls.Count}: {calls[call - 1]}", call, (call, moment), settled);
        }

        await shop.ShouldHoldAsync();
    }

    private static async Task<IReadOnlyList<string>> RunAsync(RunningShop shop, UseCase useCase, string what, int run, (int, FaultMoment)? plan, HashSet<string> settled)
    {
        var stage = new Stage(shop, shop.As($"customer{run}@example.com"));
        try
        {
            await useCase.Prepare(stage);
            shop.Calls.Reset();
            shop.Calls.Plan = plan;
            await useCase.Act(stage);
            var calls = shop.Calls.Calls;
            shop.Calls.Failed.ShouldBe(plan is not null);
            shop.Calls.Reset();

            await shop.SettleAsync();
            await useCase.Verify(stage);
            await shop.ShouldHoldAsync(settled: settled);
            return calls;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{what}: {exception.Message}", exception);
        }
    }
}
