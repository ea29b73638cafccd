using System.Net;
using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Payments;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Payments.Reconciliation;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Payments;

/// <summary>What helps against what the providers refuse (issue 10, C 6).</summary>
public sealed class RefusalTests(StorageEmulator emulator)
{
    [Theory]
    [InlineData("ORDER_ALREADY_CAPTURED", Remedy.TryAgain)]
    [InlineData("INSTRUMENT_DECLINED", Remedy.OtherCard)]
    [InlineData("PAYMENT_DENIED", Remedy.OtherCard)]
    [InlineData("CARD_EXPIRED", Remedy.OtherCard)]
    [InlineData("REDIRECT_PAYER_FOR_ALTERNATE_FUNDING", Remedy.OtherCard)]
    [InlineData("TRANSACTION_LIMIT_EXCEEDED", Remedy.OtherCard)]
    [InlineData("PAYER_ACCOUNT_RESTRICTED", Remedy.OtherPage)]
    [InlineData("COMPLIANCE_VIOLATION", Remedy.Never)]
    [InlineData("PAYEE_ACCOUNT_RESTRICTED", Remedy.Person)]
    [InlineData("SOMETHING_NEW", Remedy.Person)]
    [InlineData(null, Remedy.Person)]
    public void What_helps_against_a_refusal_of_paypal(string? issue, Remedy remedy) => PayPalRefusals.Remedies.Of(issue).ShouldBe(remedy);

    [Theory]
    [InlineData("card_declined", "insufficient_funds", Remedy.OtherCard)]
    [InlineData("card_declined", "try_again_later", Remedy.TryAgain)]
    [InlineData("card_declined", "something_new", Remedy.Person)]
    [InlineData("amount_too_small", null, Remedy.Never)]
    [InlineData("charge_disputed", null, Remedy.Person)]
    [InlineData("resource_missing", null, Remedy.OtherPage)]
    [InlineData("something_new", null, Remedy.Person)]
    [InlineData(null, null, Remedy.Person)]
    public void What_helps_against_a_refusal_of_stripe(string? code, string? declineCode, Remedy remedy) => StripeRefusals.RemedyOf(code, declineCode).ShouldBe(remedy);

    [Theory]
    [InlineData("PAYMENT_DENIED", "choose-another-card", true)]
    [InlineData("PAYER_ACCOUNT_RESTRICTED", "start-payment-again", false)]
    [InlineData("SOMETHING_NEW", "provider-refused", false)]
    public async Task Issue_10_6_the_customer_is_told_what_helps_and_the_next_approval_is_taken(string issue, string problem, bool isSamePage)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var checkout = await ada.PayPalCheckoutAsync(order);
        shop.PayPal.Faults.Add(new ApiFault(ApiFaultKind.InstrumentDeclined) { Code = issue });
        await shop.PayPal.ApproveAsync(checkout);
        await shop.SettleAsync();
        await (await ada.ConfirmAsync(order)).ShouldBeProblemAsync(problem == "provider-refused" ? HttpStatusCode.BadGateway : HttpStatusCode.Conflict, problem);
        ShouldBeLogged(shop, $"paypal refused: {issue}, reference f");

        // Half a minute later: no pause keeps a customer waiting who has chosen anew.
        shop.Clock.Advance(TimeSpan.FromSeconds(30));
        var next = await ada.PayPalCheckoutAsync(order);
        (next == checkout).ShouldBe(isSamePage);
        await shop.PayPal.ApproveAsync(next);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        shop.PayPal.Captures.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("stripe", ApiFaultKind.Unauthorized, "Stripe__ApiKey")]
    [InlineData("paypal", ApiFaultKind.Forbidden, "PayPal__ClientId")]
    public async Task Issue_10_7_a_key_that_may_not_refund_is_told_at_once_and_the_order_waits_in_the_reviews(string provider, ApiFaultKind kind, string setting)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        if (provider == "stripe") await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), Local.Stripe.PaymentOutcome.Succeeds);
        else await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        var faults = provider == "stripe" ? shop.Stripe.Faults : shop.PayPal.Faults;
        faults.Add(new ApiFault(kind) { Times = 20, Method = "POST", Path = provider == "stripe" ? "/v1/refunds" : "/v2/payments/captures/*/refund" });
        (await ada.PostAsync($"api/orders/{order}/cancel", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await shop.SettleAsync();

        ShouldBeLogged(shop, $"{provider} does not let this shop do that: {(kind == ApiFaultKind.Forbidden ? 403 : 401)}");
        ShouldBeLogged(shop, setting);
        var grace = shop.As("grace@example.com", "Shop.Finance");
        var review = (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        review["reason"]!.GetValue<string>().ShouldBe("provider_access");
        review["decisions"]!.AsArray().ShouldBeEmpty("there is nothing to decide: the key is to be put right");
        faults.Clear();
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await shop.LookAtAsync(order);
        await shop.SettleAsync();
        grace = shop.As("grace@example.com", "Shop.Finance");
        (provider == "stripe" ? shop.Stripe.Refunds.Count : shop.PayPal.Refunds.Count).ShouldBe(1);
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Reviews))).ShouldBeEmpty("the look takes it away, whether or not anybody reads the list");
        (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stripe", ApiFaultKind.Forbidden, true)]
    [InlineData("paypal", ApiFaultKind.Unauthorized, true)]
    [InlineData("stripe", ApiFaultKind.ResetBeforeCommit, false)]
    [InlineData("paypal", ApiFaultKind.ResetBeforeCommit, false)]
    [InlineData("stripe", ApiFaultKind.ResetAfterCommit, false)]
    public async Task Issue_10_7_a_refund_that_was_not_let_in_can_be_taken_back_and_one_of_unknown_outcome_cannot(string provider, ApiFaultKind kind, bool isNotSent)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await shop.PayByAsync(stage, provider);
        var (faults, path) = provider == "stripe" ? (shop.Stripe.Faults, "/v1/refunds") : (shop.PayPal.Faults, "/v2/payments/captures/*/refund");
        faults.Add(new ApiFault(kind) { Times = kind == ApiFaultKind.ResetAfterCommit ? 1 : 20, Method = "POST", Path = path });
        // The money has moved, the answer is lost, and the key is revoked before anybody could try again; no webhook tells.
        if (kind == ApiFaultKind.ResetAfterCommit) faults.Add(new ApiFault(ApiFaultKind.Unauthorized) { Times = 20, Method = "POST", Path = path });
        faults.Add(new WebhookFault(WebhookFaultKind.Drop) { Times = 20 });
        var grace = shop.As("grace@example.com", "Shop.Finance");
        var promised = (await grace.RefundAsync(stage.OrderId, 1_000)).Headers.Location!.ToString().TrimStart('/');
        await shop.SettleAsync();
        var answer = await grace.CallAsync("DELETE", promised);
        if (isNotSent) (await answer.JsonAsync())["status"]!.GetValue<string>().ShouldBe("withdrawn");
        else await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, "refund-sent");
    }

    [Fact]
    public async Task Issue_10_7_an_approved_payment_that_a_key_may_not_take_waits_in_the_reviews_as_well()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.PayPal.Faults.Add(new ApiFault(ApiFaultKind.Forbidden) { Times = 20, Method = "POST", Path = "/v2/checkout/orders/*/capture" });
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        var grace = shop.As("grace@example.com", "Shop.Finance");
        var review = (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        review["reason"]!.GetValue<string>().ShouldBe("provider_access");
        review["nextTryAt"].ShouldNotBeNull();
        review["untaken"]!.AsArray().ShouldHaveSingleItem()!["why"]!.GetValue<string>().ShouldBe("provider_access");

        shop.PayPal.Faults.Clear();
        await shop.LookAtAsync(order);
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Issue_10_11_an_approved_payment_that_a_failing_provider_does_not_take_for_an_hour_is_on_the_list_until_it_is_taken()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        var approvedAt = shop.Clock.GetUtcNow();
        shop.PayPal.Faults.Add(new ApiFault(ApiFaultKind.ResetBeforeCommit) { Times = 100, Method = "POST", Path = "/v2/checkout/orders/*/capture" });
        await shop.SettleAsync();
        var grace = shop.As("grace@example.com", "Shop.Finance");
        (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldBeEmpty("it may answer yet");

        shop.Clock.Advance(TimeSpan.FromMinutes(61));
        await shop.LookAtAsync(order);
        grace = shop.As("grace@example.com", "Shop.Finance");
        var review = (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        review["reason"]!.GetValue<string>().ShouldBe("capture_overdue");
        review["nextTryAt"].ShouldNotBeNull();
        var untaken = review["untaken"]!.AsArray().ShouldHaveSingleItem()!;
        (untaken["checkout"]!.GetValue<string>(), untaken["why"]!.GetValue<string>()).ShouldBe(("checkout:paypal:1", "not_answering"));
        untaken["since"]!.GetValue<DateTimeOffset>().ShouldBe(approvedAt, TimeSpan.FromSeconds(1));

        shop.PayPal.Faults.Clear();
        await shop.LookAtAsync(order);
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Reviews))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Issue_10_11_a_page_that_a_key_may_not_ask_about_is_on_the_list_although_nothing_is_owed()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await ada.CheckoutAsync(order);
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.Forbidden) { Times = 20, Method = "GET", Path = "/v1/checkout/sessions/*" });
        await shop.LookAtAsync(order);
        var grace = shop.As("grace@example.com", "Shop.Finance");
        (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldHaveSingleItem()!["reason"]!.GetValue<string>().ShouldBe("provider_access");

        shop.Stripe.Faults.Clear();
        await shop.LookAtAsync(order);
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Reviews))).ShouldBeEmpty("it still awaits payment, and the provider answers");
    }

    [Fact]
    public async Task Issue_10_6_what_a_provider_will_never_take_it_is_asked_for_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.Refused) { Code = "amount_too_small", Times = 5 });
        await (await ada.StartPaymentAsync(order)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "choose-another-provider");
        await (await ada.StartPaymentAsync(order)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "choose-another-provider");
        shop.Stripe.Faults.Api.ShouldHaveSingleItem().Times.ShouldBe(4);
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
    }

    [Fact]
    public async Task Issue_10_7_a_revoked_key_answers_the_customer_with_503()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.Unauthorized) { Times = 5 });
        (await ada.StartPaymentAsync(order)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ShouldBeLogged(shop, "stripe does not let this shop do that: 401 api_key_expired");
    }

    [Fact]
    public void Issue_10_7_while_a_key_is_wrong_messages_wait_an_hour()
    {
        var (shutOut, outage) = (new ProviderAccessException("stripe"), new UnavailableException("stripe"));
        ReconciliationPolicy.Postponement(new(), shutOut).ShouldBe(TimeSpan.FromHours(1));
        ReconciliationPolicy.EventPostponement(new(), shutOut).ShouldBe(TimeSpan.FromHours(1));
        ReconciliationPolicy.Postponement(new(), outage).ShouldBe(TimeSpan.FromMinutes(5));
        ReconciliationPolicy.EventPostponement(new(), outage).ShouldBe(TimeSpan.FromMinutes(2));
    }

    private static void ShouldBeLogged(RunningShop shop, string text) =>
        shop.Log.Entries.ShouldContain(entry => entry.Text.Contains(text, StringComparison.Ordinal), text);
}
