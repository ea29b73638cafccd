using System.Web;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>The use cases with PayPal: what must be true before, what is done, and what is true afterwards.</summary>
internal static class PayPalUseCases
{
    public static async Task PlacedAsync(Stage stage)
    {
        await WarmUpAsync(stage);
        await stage.PlaceAsync();
    }

    public static async Task StartAsync(Stage stage) => stage.SessionId = TokenOf(
        (await stage.RepeatAsync(() => stage.Person.StartPaymentAsync(stage.OrderId, Api.PayPalPayment)))["redirectUrl"]!.GetValue<string>());

    public static async Task VerifyStartedAsync(Stage stage)
    {
        stage.Shop.PayPal.Orders.Where(order => order.CustomId == stage.OrderId).ShouldHaveSingleItem().Id.ShouldBe(stage.SessionId);
        (await stage.Person.PayPalCheckoutAsync(stage.OrderId)).ShouldBe(stage.SessionId);
    }

    public static async Task ApprovedAsync(Stage stage)
    {
        await PlacedAsync(stage);
        stage.SessionId = await stage.Person.PayPalCheckoutAsync(stage.OrderId);
        await stage.Shop.PayPal.ApproveAsync(stage.SessionId);
    }

    public static async Task ApprovedInSilenceAsync(Stage stage)
    {
        await ApprovedAsync(stage);
        await stage.Shop.LoseWebhooksAsync();
    }

    public static async Task ConfirmAsync(Stage stage) =>
        (await stage.RepeatAsync(() => stage.Person.ConfirmAsync(stage.OrderId)))["status"]!.GetValue<string>().ShouldBe("paid");

    public static async Task VerifyPaidAsync(Stage stage)
    {
        await stage.ShouldBeAsync("paid");
        stage.Shop.PayPal.Books.Where(book => book.CustomId == stage.OrderId).ShouldHaveSingleItem().Charged.ShouldBe(59_760);
        stage.Shop.PayPal.Captures.Count(capture => capture.OrderId == stage.SessionId).ShouldBe(1);
    }

    /// <summary>The page at Stripe was open all the time, and its payment was the earlier one.</summary>
    public static async Task PaidAtBothAsync(Stage stage)
    {
        await PlacedAsync(stage);
        var session = await stage.Person.CheckoutAsync(stage.OrderId);
        stage.SessionId = await stage.Person.PayPalCheckoutAsync(stage.OrderId);
        await stage.Shop.Stripe.PayAsync(session, PaymentOutcome.Succeeds);
        await stage.Shop.LoseWebhooksAsync();
        stage.Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.Shop.PayPal.ApproveAsync(stage.SessionId);
        (await (await stage.Person.ConfirmAsync(stage.OrderId)).JsonAsync())["status"]!.GetValue<string>().ShouldBe("paid");
        await stage.Shop.LoseWebhooksAsync();
        await stage.Shop.SendLookAsync(stage.OrderId);
    }

    public static async Task VerifySentBackAsync(Stage stage)
    {
        await stage.ShouldBeAsync("paid");
        var book = stage.Shop.PayPal.Books.Single(book => book.CustomId == stage.OrderId);
        (book.Charged, book.Refunded).ShouldBe((59_760, 59_760));
        stage.Books.ShouldHaveSingleItem().Refunded.ShouldBe(0);
        (await stage.Shop.OrderAsync(stage.OrderId)).Ledger.Count(fact => fact.Kind == FactKind.Refund).ShouldBe(1);
    }

    /// <summary>PayPal's token and certificate are fetched once in the app's life: now, so that every run makes the same calls.</summary>
    private static async Task WarmUpAsync(Stage stage)
    {
        if (stage.Shop.PayPal.Captures.Count > 0) return;
        var person = await stage.Shop.Customer("warm-up@example.com");
        await stage.Shop.PayPal.ApproveAsync(await person.PayPalCheckoutAsync(await person.OrderAsync()));
        await stage.Shop.SettleAsync();
        stage.Shop.PayPal.Captures.ShouldHaveSingleItem();
    }

    private static string TokenOf(string page) => HttpUtility.ParseQueryString(new Uri(page).Query)["token"]!;
}
