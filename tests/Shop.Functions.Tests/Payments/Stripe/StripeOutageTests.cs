using System.Net;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Payments.Stripe;

/// <summary>Stripe does not answer, or not well: the customer is asked to try again, and ends with one page.</summary>
public sealed class StripeOutageTests(StorageEmulator emulator)
{
    /// <summary>Stripe's library tries again twice by itself, except after 429.</summary>
    [Theory]
    [InlineData(ApiFaultKind.RateLimited, 1)]
    [InlineData(ApiFaultKind.ServerError, 3)]
    [InlineData(ApiFaultKind.ResetBeforeCommit, 3)]
    [InlineData(ApiFaultKind.ResetAfterCommit, 3)]
    public async Task While_stripe_is_out_the_answer_is_503_and_afterwards_there_is_one_page(ApiFaultKind fault, int times)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.Stripe.Faults.Add(new ApiFault(fault) { Times = times });
        var refused = await ada.StartPaymentAsync(order);
        await refused.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        shop.Stripe.Faults.Api.ShouldBeEmpty();
        (await ada.PaymentStatusAsync(order)).ShouldBe("awaiting");

        var session = await ada.CheckoutAsync(order);
        shop.Stripe.Sessions.ShouldHaveSingleItem().Id.ShouldBe(session);
    }

    [Theory]
    [InlineData(ApiFaultKind.ServerError)]
    [InlineData(ApiFaultKind.ResetAfterCommit)]
    public async Task A_short_hiccup_is_not_noticed(ApiFaultKind fault)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.Stripe.Faults.Add(new ApiFault(fault));
        var session = await ada.CheckoutAsync(order);
        shop.Stripe.Sessions.ShouldHaveSingleItem().Id.ShouldBe(session);
    }

    [Fact]
    public async Task An_answer_that_stripe_will_repeat_for_ever_does_not_keep_the_customer_from_paying()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        shop.Stripe.Faults.Add(new ApiFault(ApiFaultKind.ServerErrorAfterCommit));
        await (await ada.StartPaymentAsync(order)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        shop.Stripe.Books.ShouldHaveSingleItem().Charged.ShouldBe(59_760);
    }

    [Fact]
    public async Task An_amount_that_stripe_does_not_take_is_told_as_such_and_a_look_at_the_order_copes()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync("key-1", new { lines = new[] { new { sku = "COOL-ROW-12", quantity = 10_000 } }, deliveryAddress = Api.Address });
        await (await ada.StartPaymentAsync(order)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "choose-another-provider");
        await shop.LookAtAsync(order);
        (await ada.PaymentStatusAsync(order)).ShouldBe("awaiting");
        shop.Stripe.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_stripe_does_not_know_is_our_trouble_and_not_the_customers()
    {
        var settings = new Dictionary<string, string?> { ["Stripe:ApiKey"] = "sk_test_of_someone_else" };
        await using var shop = await RunningShop.StartAsync(emulator, settings);
        var ada = await shop.Customer();
        var refused = await ada.StartPaymentAsync(await ada.OrderAsync());
        await refused.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        shop.Log.Entries.ShouldContain(entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Error);
    }
}
