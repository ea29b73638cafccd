using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Payments.Stripe;

/// <summary>What Stripe is told about why money goes back: it weighs in disputes, and people read it on the dashboard.</summary>
public sealed class RefundReasonTests(StorageEmulator emulator)
{
    /// <summary>A second payment is one as well: a word that changes when the order is cancelled between two tries would be another request under the same key.</summary>
    [Fact]
    public async Task Money_goes_back_for_the_same_reason_whatever_becomes_of_the_order()
    {
        var useCase = UseCase.All["second payment sent back"];
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await useCase.Prepare(stage);
        shop.Calls.KeepsBodies = true;

        await useCase.Act(stage);

        shop.Calls.Bodies.Where(sent => sent.Call == "POST /v1/refunds").Select(sent => sent.Body.Split('&').Single(part => part.StartsWith("reason=", StringComparison.Ordinal)))
            .ShouldBe(["reason=requested_by_customer"]);
    }
}
