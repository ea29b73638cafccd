using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Payments.Stripe;

/// <summary>What Stripe is told about why money goes back: it weighs in disputes, and people read it on the dashboard.</summary>
public sealed class RefundReasonTests(StorageEmulator emulator)
{
    [Theory]
    [InlineData("paid order cancelled", "requested_by_customer")]
    [InlineData("late payment sent back", "requested_by_customer")]
    [InlineData("second payment sent back", "duplicate")]
    public async Task Money_goes_back_for_the_reason_that_it_has(string name, string reason)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await UseCase.All[name].Prepare(stage);
        shop.Calls.KeepsBodies = true;

        await UseCase.All[name].Act(stage);

        shop.Calls.Bodies.Where(sent => sent.Call == "POST /v1/refunds").Select(sent => sent.Body.Split('&').Single(part => part.StartsWith("reason=", StringComparison.Ordinal)))
            .ShouldBe([$"reason={reason}"]);
    }
}
