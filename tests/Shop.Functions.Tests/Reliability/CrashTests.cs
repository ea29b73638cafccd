using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>
/// The process ends at one call, before it is sent or before its answer arrives; then the triggers retry as they do in
/// life. For every use case, at every call where that leaves something of its own.
/// </summary>
public sealed class CrashTests(StorageEmulator emulator)
{
    public static TheoryData<string> Rows => Crashes.RowsOf(name => !Crashes.IsPayPal(name) && !Crashes.IsDecided(name));

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_crash_at_any_call_loses_nothing_and_does_nothing_twice(string name) => Crashes.RunAsync(emulator, name);
}

/// <summary>The same for the use cases with PayPal; a class of its own, so that both run at the same time.</summary>
public sealed class PayPalCrashTests(StorageEmulator emulator)
{
    public static TheoryData<string> Rows => Crashes.RowsOf(Crashes.IsPayPal);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_crash_at_any_call_loses_nothing_and_does_nothing_twice(string name) => Crashes.RunAsync(emulator, name);
}

/// <summary>The same for what customers and staff decide about an order.</summary>
public sealed class DecisionCrashTests(StorageEmulator emulator)
{
    public static TheoryData<string> Rows => Crashes.RowsOf(Crashes.IsDecided);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task A_crash_at_any_call_loses_nothing_and_does_nothing_twice(string name) => Crashes.RunAsync(emulator, name);
}

internal static class Crashes
{
    public static bool IsPayPal(string name) => name.Contains("PayPal", StringComparison.Ordinal);

    public static bool IsDecided(string name) => new[] { "cancelled", "staff", "person" }.Any(word => name.Contains(word, StringComparison.Ordinal)) && !IsPayPal(name);

    public static TheoryData<string> RowsOf(Func<string, bool> isMeant) => [.. UseCase.All.Keys.Where(isMeant)];

    public static async Task RunAsync(StorageEmulator emulator, string name)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var useCase = UseCase.All[name];
        // The first thing that staff do on a day costs a call more: every run makes the same calls.
        await shop.As("grace@example.com", "Shop.Finance").ReadAsync("api/reviews");
        var settled = new HashSet<string>();
        var (calls, points) = await RunAsync(shop, useCase, $"{name}, no crash", 0, null, settled);
        calls.Count.ShouldBeGreaterThanOrEqualTo(useCase.FewestCalls);

        foreach (var (index, point) in PartOfToday.Of(points))
            await RunAsync(shop, useCase, $"{name}, crash {point.Moment} call {point.Call} of {calls.Count}: {calls[point.Call - 1]}", index + 1, point, settled);

        await shop.ShouldHoldAsync();
    }

    private static async Task<(IReadOnlyList<string> Calls, IReadOnlyList<(int Call, FaultMoment Moment)> Points)> RunAsync(
        RunningShop shop, UseCase useCase, string what, int run, (int, FaultMoment)? plan, HashSet<string> settled)
    {
        var stage = new Stage(shop, shop.As($"customer{run}@example.com"));
        try
        {
            await useCase.Prepare(stage);
            shop.Calls.Reset();
            shop.Calls.Plan = plan;
            await useCase.Act(stage);
            var made = (shop.Calls.Calls, shop.Calls.CrashPoints);
            shop.Calls.Failed.ShouldBe(plan is not null);
            shop.Calls.Reset();

            await shop.SettleAsync();
            await useCase.Verify(stage);
            await shop.ShouldHoldAsync(settled: settled);
            return made;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{what}: {exception.Message}", exception);
        }
    }
}
