using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments.Checkouts;
using Shop.Functions.Payments.Stripe;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Payments.Checkouts;

public sealed class CheckoutDecisionTests
{
    private static readonly StartPayment.Request Request = new("stripe", "https://shop.example/thanks", "https://shop.example/basket");

    private static readonly DateTimeOffset Now = Noon.AddMinutes(10);

    [Fact]
    public void The_first_attempt_is_stored_with_all_that_the_provider_will_be_asked()
    {
        var open = CheckoutDecision.Of(Unpaid, Request, StripePayments.Terms, Now).ShouldBeOfType<CheckoutDecision.Open>();
        open.Checkout.Attempt.ShouldBe(1);
        open.Checkout.ReturnUrl.ShouldBe(Request.ReturnUrl);
        open.Checkout.ExpiresAt.ShouldBe(Now.AddHours(23));
        open.Order.Checkouts.ShouldBe([open.Checkout]);
        open.Order.Journal[^1].Kind.ShouldBe(JournalKinds.PaymentStarted);
    }

    [Fact]
    public void An_open_page_is_given_out_again() => Again(Leading()).ShouldBeOfType<CheckoutDecision.Resume>().Checkout.Id.ShouldBe("cs_1");

    [Fact]
    public void One_that_leads_back_to_another_place_makes_room_unless_somebody_has_agreed_to_pay_there()
    {
        Again(Leading() with { ReturnUrl = "https://shop.example/elsewhere" }).ShouldBeOfType<CheckoutDecision.AskFirst>();
        Again(Leading() with { CancelUrl = "https://shop.example/elsewhere" }).ShouldBeOfType<CheckoutDecision.AskFirst>();
        Again(Leading() with { CancelUrl = "https://shop.example/elsewhere", State = CheckoutState.Approved }).ShouldBeOfType<CheckoutDecision.Resume>();
    }

    private static Checkout Leading() => Checkout() with { ReturnUrl = Request.ReturnUrl, CancelUrl = Request.CancelUrl };

    private static CheckoutDecision Again(Checkout open) => CheckoutDecision.Of(Unpaid.With(open), Request, StripePayments.Terms, Now);

    [Fact]
    public void A_page_past_its_time_is_asked_about_before_another_opens() =>
        CheckoutDecision.Of(Unpaid.With(Checkout(minutes: 5)), Request, StripePayments.Terms, Now).ShouldBeOfType<CheckoutDecision.AskFirst>().Checkout.Id.ShouldBe("cs_1");

    [Fact]
    public void An_attempt_that_was_just_cut_off_is_taken_up_with_its_own_parameters()
    {
        var starting = Checkout(state: CheckoutState.Starting) with { StartedAt = Now.AddSeconds(-5), ReturnUrl = "https://shop.example/first" };
        var open = CheckoutDecision.Of(Unpaid.With(starting), Request, StripePayments.Terms, Now).ShouldBeOfType<CheckoutDecision.Open>();
        open.Checkout.ShouldBe(starting);
        open.Order.Checkouts.Length.ShouldBe(1);
    }

    [Fact]
    public void An_attempt_left_behind_long_ago_does_not_stand_in_the_way() =>
        CheckoutDecision.Of(Unpaid.With(Checkout(state: CheckoutState.Starting)), Request, StripePayments.Terms, Now).ShouldBeOfType<CheckoutDecision.Open>().Checkout.Attempt.ShouldBe(2);

    [Fact]
    public void After_a_page_expired_another_opens() =>
        CheckoutDecision.Of(Unpaid.With(Checkout(state: CheckoutState.Expired)), Request, StripePayments.Terms, Now).ShouldBeOfType<CheckoutDecision.Open>().Checkout.Attempt.ShouldBe(2);

    [Fact]
    public void A_page_never_lives_shorter_than_providers_allow() =>
        CheckoutDecision.Of(Unpaid, Request, StripePayments.Terms, Noon.AddHours(23.5)).ShouldBeOfType<CheckoutDecision.Open>().Checkout.ExpiresAt.ShouldBe(Noon.AddHours(23.5).AddMinutes(31));

    [Fact]
    public void What_is_paid_pending_closed_or_under_review_is_not_paid_again()
    {
        Refusal(Unpaid.With(Capture())).ShouldBe("already-paid");
        Refusal(Unpaid.With(Capture(), Refund())).ShouldBe("already-paid");
        Refusal(Unpaid.With(Capture(status: FactStatus.Pending))).ShouldBe("payment-pending");
        Refusal(Unpaid.With(Capture(amount: 1))).ShouldBe("under-review");
        Refusal(Cancelled).ShouldBe("order-closed");
        Refusal(Unpaid, Noon.AddHours(24)).ShouldBe("order-closed");
    }

    [Fact]
    public void A_payment_that_failed_may_be_tried_again() =>
        CheckoutDecision.Of(Unpaid.With(Checkout(state: CheckoutState.Completed)).With(Capture(status: FactStatus.Denied)), Request, StripePayments.Terms, Now)
            .ShouldBeOfType<CheckoutDecision.Open>().Checkout.Attempt.ShouldBe(2);

    [Fact]
    public void Attempts_have_a_limit()
    {
        var order = Enumerable.Range(1, Order.MostCheckouts).Aggregate(Unpaid, (current, i) => current.With(Checkout(i, CheckoutState.Expired)));
        Refusal(order).ShouldBe("too-many-attempts");
    }

    private static string Refusal(Order order, DateTimeOffset? now = null) =>
        CheckoutDecision.Of(order, Request, StripePayments.Terms, now ?? Now).ShouldBeOfType<CheckoutDecision.Refuse>().Problem.Type;
}
