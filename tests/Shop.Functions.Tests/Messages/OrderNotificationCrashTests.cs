using Shop.Functions.Orders.Notifications;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Messages;

/// <summary>The process ends at any call between an order and its customer's mailbox.</summary>
public sealed class OrderNotificationCrashTests(StorageEmulator emulator)
{
    [Fact]
    public async Task A_crash_at_any_call_delays_a_mail_and_loses_none()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (calls, points) = await CrashAsync(shop, 0, null);
        calls.Count.ShouldBeGreaterThanOrEqualTo(12);
        // The address is the last that is read before the mail goes.
        var sending = calls.ToList().FindLastIndex(call => call.Contains("/accounts(", StringComparison.Ordinal)) + 1;
        sending.ShouldBeInRange(1, calls.Count - 1);
        foreach (var (index, point) in PartOfToday.Of(points)) (await CrashAsync(shop, index + 1, point, most: point.Call > sending ? 2 : 1)).Calls.ShouldNotBeEmpty();
    }

    private static async Task<(IReadOnlyList<string> Calls, IReadOnlyList<(int Call, FaultMoment Moment)> Points)> CrashAsync(RunningShop shop, int run, (int Call, FaultMoment Moment)? plan, int most = 1)
    {
        var address = $"customer{run}@example.com";
        var stage = new Stage(shop, shop.As(address));
        await stage.PlaceAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(3));
        shop.Calls.Reset();
        shop.Calls.Plan = plan;
        await shop.PassAsync();
        var made = (shop.Calls.Calls, shop.Calls.CrashPoints);
        shop.Calls.Failed.ShouldBe(plan is not null);
        shop.Calls.Reset();
        // Whoever has ended leaves the claim for two minutes, and the timer the order for an hour.
        for (var i = 0; i < 3; i++)
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(30));
            await shop.PassAsync();
        }

        var because = plan is null ? "no crash" : $"crash {plan.Value.Moment} {made.Calls[plan.Value.Call - 1]} ({plan.Value.Call})";
        var mails = shop.Mail.Mails.Where(mail => mail.To.Contains(address)).ToList();
        // Twice only where the process ended after the server had taken the mail; then both are the same mail.
        mails.Count.ShouldBeInRange(1, most, because);
        mails.Select(mail => mail.Message.MessageId).Distinct().Count().ShouldBe(1, because);
        (await shop.OrderAsync(stage.OrderId)).Notifications.ShouldHaveSingleItem(because).State.ShouldBe(NotificationState.Sent, because);
        (await stage.Person.CancelAsync(stage.OrderId)).EnsureSuccessStatusCode();
        return made;
    }
}
