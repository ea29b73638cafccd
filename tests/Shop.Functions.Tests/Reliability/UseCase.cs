using System.Net.Http.Json;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>Something the shop does, with what must be true before and what is true afterwards.</summary>
/// <param name="FewestCalls">It cannot be done with fewer: a count below shows that the meter has missed some.</param>
internal sealed record UseCase(int FewestCalls, Func<Stage, Task> Prepare, Func<Stage, Task> Act, Func<Stage, Task> Verify)
{
    public static IReadOnlyDictionary<string, UseCase> All { get; } = new Dictionary<string, UseCase>
    {
        ["open account"] = new(3, _ => Task.CompletedTask, OpenAccount, stage => stage.Person.ReadAsync("api/account")),
        ["keep address"] = new(3, stage => stage.OpenAccountAsync(), KeepAddress, VerifyAddress),
        ["give consent"] = new(3, stage => stage.OpenAccountAsync(), GiveConsent, VerifyConsent),
        ["place order"] = new(6, stage => stage.OpenAccountAndBrowseAsync(), PlaceOrder, VerifyPlaced),
        ["counted order placed and never asked for again"] = new(8, CountedUseCases.StockedAsync, CountedUseCases.PlaceOnceAsync, CountedUseCases.SweepAsync),
        ["start payment"] = new(5, stage => stage.PlaceAsync(), StartPayment, VerifyStarted),
        ["webhook and event"] = new(8, Paid, stage => stage.Shop.SettleAsync(), VerifyPaid),
        ["lost webhook found"] = new(6, PaidInSilence, stage => stage.LookAsync(), VerifyPaid),
        ["lost dispute found"] = new(9, DisputedInSilence, ReconcileAndSettle, stage => stage.ShouldBeAsync("disputed")),
        ["order given up"] = new(8, stage => stage.OverstayAsync(), stage => stage.LookAsync(), VerifyGivenUp),
        ["second payment sent back"] = new(12, PaidTwice, stage => stage.Shop.SettleAsync(), VerifyPaidOnce),
        ["unpaid order cancelled"] = new(12, stage => stage.CheckOutAsync(), CancelAndSettle, VerifyCancelled),
        ["paid order cancelled"] = new(14, PaidAndKnown, CancelAndSettle, VerifyCancelledAndSentBack),
        ["staff refund"] = new(14, PaidAndKnown, RefundAndSettle, VerifyRefunded),
        ["refund taken back by staff"] = new(5, WithdrawalUseCase.PromisedAsync, WithdrawalUseCase.WithdrawAsync, WithdrawalUseCase.VerifyAsync),
        ["remainder closed by staff"] = new(8, RemainderUseCase.PromisedAsync, RemainderUseCase.CloseAsync, RemainderUseCase.VerifyAsync),
        ["uncounted remainder closed once by staff"] = new(7, RemainderUseCase.UncountedAsync, RemainderUseCase.CloseOnceAsync, CountedUseCases.SweepAsync),
        ["parcel sent by staff"] = new(8, PaidAndKnown, ShipmentUseCases.ShipAndCarryAsync, ShipmentUseCases.VerifyShippedAsync),
        ["carrier webhook and event of a parcel of staff"] = new(6, ShipmentUseCases.CarriedAwayAsync, stage => stage.Shop.SettleAsync(), ShipmentUseCases.VerifyCarriedAsync),
        ["counted parcel sent and taken back by staff"] = new(16, CountedUseCases.PaidAsync, CountedUseCases.ShipAndTakeBackAsync, CountedUseCases.SweepAsync),
        ["uncounted parcel taken back once by staff"] = new(5, ShipmentUseCases.PartSentAsync, ShipmentUseCases.TakeBackOnceAsync, CountedUseCases.SweepAsync),
        ["counted parcel put back on the shelf by staff"] = new(5, CountedUseCases.CameBackAsync, CountedUseCases.RestockAsync, CountedUseCases.VerifyRestockedAsync),
        ["counted order cancelled"] = new(8, CountedUseCases.PlacedAsync, CountedUseCases.CancelAsync, CountedUseCases.SweepAsync),
        ["counted order given up"] = new(8, CountedUseCases.PlacedAsync, CountedUseCases.ExpireAsync, CountedUseCases.VerifyExpiredAsync),
        ["odd money sent back by a person"] = new(10, PaidOddly, ResolveAndSettle, VerifyDecided),
        ["late payment sent back"] = new(8, PaidTooLate, stage => stage.Shop.SettleAsync(), VerifySentBack),
        ["start PayPal payment"] = new(5, PayPalUseCases.PlacedAsync, PayPalUseCases.StartAsync, PayPalUseCases.VerifyStartedAsync),
        ["PayPal approved and captured"] = new(14, PayPalUseCases.ApprovedAsync, stage => stage.Shop.SettleAsync(), PayPalUseCases.VerifyPaidAsync),
        ["PayPal confirmed"] = new(6, PayPalUseCases.ApprovedInSilenceAsync, PayPalUseCases.ConfirmAsync, PayPalUseCases.VerifyPaidAsync),
        ["second payment sent back by PayPal"] = new(10, PayPalUseCases.PaidAtBothAsync, stage => stage.Shop.SettleAsync(), PayPalUseCases.VerifySentBackAsync),
    };

    private static Task OpenAccount(Stage stage) =>
        stage.RepeatAsync(() => stage.Person.PostAsJsonAsync("api/account", new { name = "Ada Lovelace" }, TestContext.Current.CancellationToken));

    private static Task KeepAddress(Stage stage) => stage.RepeatAsync(() => stage.Person.CallAsync("POST", "api/account/addresses", JsonContent.Create(Api.Address)));

    private static async Task VerifyAddress(Stage stage)
    {
        var address = (await stage.Person.ReadAsync("api/account/addresses"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        address["defaultDelivery"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static Task GiveConsent(Stage stage) => stage.RepeatAsync(() => stage.Person.CallAsync(
        "POST", "api/account/consents", Call.Json("""{"purpose":"marketing","given":true,"wording":"2026-1","under16":false}""")));

    private static async Task VerifyConsent(Stage stage) => (await stage.Person.ReadAsync("api/account/consents"))["history"]!.AsArray().ShouldHaveSingleItem();

    private static async Task PlaceOrder(Stage stage) =>
        stage.OrderId = (await stage.RepeatAsync(() => stage.Person.SendAsync(Api.PlaceOrder("key-1"), TestContext.Current.CancellationToken)))["id"]!.GetValue<string>();

    private static async Task VerifyPlaced(Stage stage)
    {
        var listed = (await stage.Person.ReadAsync("api/orders"))["items"]!.AsArray();
        listed.ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe(stage.OrderId);
        await stage.ShouldBeAsync("awaiting");
    }

    private static async Task StartPayment(Stage stage) =>
        stage.SessionId = new Uri((await stage.RepeatAsync(() => stage.Person.StartPaymentAsync(stage.OrderId)))["redirectUrl"]!.GetValue<string>()).Segments[^1];

    private static async Task VerifyStarted(Stage stage)
    {
        stage.Shop.Stripe.Sessions.Where(session => session.ClientReferenceId == stage.OrderId).ShouldHaveSingleItem().Id.ShouldBe(stage.SessionId);
        (await stage.Person.CheckoutAsync(stage.OrderId)).ShouldBe(stage.SessionId);
    }

    private static async Task Paid(Stage stage)
    {
        await stage.CheckOutAsync();
        await stage.Shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
    }

    private static async Task PaidInSilence(Stage stage)
    {
        await Paid(stage);
        await stage.Shop.LoseWebhooksAsync();
    }

    private static async Task VerifyPaid(Stage stage)
    {
        await stage.ShouldBeAsync("paid");
        stage.Books.ShouldHaveSingleItem().Charged.ShouldBe(59_760);
    }

    private static async Task VerifyGivenUp(Stage stage)
    {
        (await stage.Shop.OrderAsync(stage.OrderId)).Closed!.Reason.ShouldBe(ClosingReason.Expired);
        stage.Shop.Stripe.Sessions.Single(session => session.Id == stage.SessionId).Status.ShouldBe("expired");
    }

    private static async Task PaidTwice(Stage stage)
    {
        await Paid(stage);
        await stage.Shop.Stripe.PayAsync(await stage.Shop.OpenUnnotedPageAsync(stage.OrderId, attempt: 2), PaymentOutcome.Succeeds);
    }

    private static async Task VerifyPaidOnce(Stage stage)
    {
        await stage.Shop.SettleRefundsAsync();
        await stage.ShouldBeAsync("paid");
        stage.Books.Sum(book => book.Charged).ShouldBe(2 * 59_760);
        stage.Books.Sum(book => book.Refunded).ShouldBe(59_760);
    }

    private static async Task PaidTooLate(Stage stage)
    {
        await stage.OverstayAsync();
        await stage.LookAsync();
        await stage.Shop.Stripe.PayAsync(await stage.Shop.OpenUnnotedPageAsync(stage.OrderId, attempt: 2), PaymentOutcome.Succeeds);
    }

    private static async Task VerifySentBack(Stage stage)
    {
        await stage.Shop.SettleRefundsAsync();
        await stage.ShouldBeAsync("refunded");
        stage.Books.Sum(book => book.Charged - book.Refunded).ShouldBe(0);
    }

    internal static async Task PaidAndKnown(Stage stage)
    {
        await Paid(stage);
        await stage.Shop.SettleAsync();
    }

    private static async Task DisputedInSilence(Stage stage)
    {
        // Nothing of the runs before is read again, and both marks are there: every run makes the same calls.
        stage.Shop.Clock.Advance(TimeSpan.FromMinutes(30));
        await PaidAndKnown(stage);
        stage.Shop.Clock.Advance(TimeSpan.FromMinutes(6));
        await ReconcileAndSettle(stage);
        await stage.Shop.Stripe.OpenDisputeAsync(stage.Books.Single().PaymentIntentId);
        await stage.Shop.LoseWebhooksAsync();
        stage.Shop.Clock.Advance(TimeSpan.FromMinutes(6));
    }

    /// <summary>The timer comes round until a run ends well.</summary>
    private static async Task ReconcileAndSettle(Stage stage)
    {
        for (var isDone = false; !isDone;)
        {
            try
            {
                await stage.Shop.Host.InvokeAsync(nameof(ReconcileEvents), null, TestContext.Current.CancellationToken);
                isDone = true;
            }
            catch (Exception exception) when (exception.ToString().Contains(nameof(CrashException), StringComparison.Ordinal))
            {
            }
        }

        await stage.Shop.SettleAsync();
    }

    private static async Task CancelAndSettle(Stage stage)
    {
        await stage.RepeatAsync(() => stage.Person.CancelAsync(stage.OrderId));
        await stage.Shop.SettleAsync();
    }

    private static async Task VerifyCancelled(Stage stage)
    {
        var order = await stage.Shop.OrderAsync(stage.OrderId);
        order.Closed!.Reason.ShouldBe(ClosingReason.Cancelled);
        order.Checkouts.ShouldAllBe(checkout => checkout.IsOver);
        stage.Shop.Stripe.Sessions.Single(session => session.Id == stage.SessionId).Status.ShouldBe("expired");
    }

    private static async Task VerifyCancelledAndSentBack(Stage stage)
    {
        await VerifySentBack(stage);
        (await stage.Shop.OrderAsync(stage.OrderId)).Closed!.Reason.ShouldBe(ClosingReason.Cancelled);
        stage.Books.ShouldHaveSingleItem().Refunded.ShouldBe(59_760);
    }

    private static async Task RefundAndSettle(Stage stage)
    {
        var grace = stage.Shop.As("grace@example.com", "Shop.Finance");
        await stage.RepeatAsync(() => grace.RefundAsync(stage.OrderId, 1_000, lines: new { sku = "UPS-LI-1500", quantity = 1 }));
        await stage.Shop.SettleAsync();
    }

    private static async Task VerifyRefunded(Stage stage)
    {
        await stage.Shop.SettleRefundsAsync();
        await stage.ShouldBeAsync("partly_refunded");
        stage.Books.ShouldHaveSingleItem().Refunded.ShouldBe(1_000);
        var order = await stage.Shop.OrderAsync(stage.OrderId);
        order.RefundPromises.ShouldHaveSingleItem().Lines!.Value.ShouldHaveSingleItem().Quantity.ShouldBe(1);
        order.Ledger.Count(fact => fact.Kind == FactKind.Refund).ShouldBe(1);
    }

    /// <summary>As if the price had been lower when the page was opened.</summary>
    private static async Task PaidOddly(Stage stage)
    {
        await PaidAndKnown(stage);
        await new OrderStore(stage.Shop.Tables()).ChangeAsync(stage.OrderId, order => order with { Gross = order.Gross + 1 }, TestContext.Current.CancellationToken);
        await stage.LookAsync();
        await stage.ShouldBeAsync("needs_review");
    }

    private static async Task ResolveAndSettle(Stage stage)
    {
        var grace = stage.Shop.As("grace@example.com", "Shop.Finance");
        await stage.RepeatAsync(() => grace.ResolveAsync(stage.OrderId, "refund"));
        await stage.Shop.SettleAsync();
    }

    private static async Task VerifyDecided(Stage stage)
    {
        await VerifySentBack(stage);
        var order = await stage.Shop.OrderAsync(stage.OrderId);
        order.Resolutions.ShouldHaveSingleItem().Decision.ShouldBe(ReviewChoice.Refund);
        order.Closed!.Reason.ShouldBe(ClosingReason.Cancelled);
        (await stage.Shop.As("grace@example.com", "Shop.Finance").ReadAsync("api/reviews"))["items"]!.AsArray().ShouldBeEmpty();
    }
}
