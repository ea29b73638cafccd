using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>A refund that staff have promised, and take back before anything was sent.</summary>
internal static class WithdrawalUseCase
{
    private static HttpClient Grace(Stage stage) => stage.Shop.As("grace@example.com", "Shop.Finance");

    public static async Task PromisedAsync(Stage stage)
    {
        await UseCase.PaidAndKnown(stage);
        // The message "look at this order" waits until the shop has settled.
        stage.Promised = (await Grace(stage).RefundAsync(stage.OrderId, 1_000)).Headers.Location!.ToString().TrimStart('/');
    }

    public static Task WithdrawAsync(Stage stage) => stage.RepeatAsync(() => Grace(stage).CallAsync("DELETE", stage.Promised));

    public static async Task VerifyAsync(Stage stage)
    {
        await stage.Shop.SettleAsync();
        await stage.ShouldBeAsync("paid");
        stage.Books.ShouldHaveSingleItem().Refunded.ShouldBe(0);
        var order = await stage.Shop.OrderAsync(stage.OrderId);
        order.RefundPromises.ShouldHaveSingleItem().WithdrawnAt.ShouldNotBeNull();
    }
}
