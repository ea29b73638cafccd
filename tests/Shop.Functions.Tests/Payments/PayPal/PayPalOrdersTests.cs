using System.Globalization;
using FsCheck.Fluent;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;
using Shop.Functions.Payments.Checkouts;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Platform;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>What is sent to PayPal about an order.</summary>
public sealed class PayPalOrdersTests
{
    private static readonly OrderOptions Options = new();

    private static readonly Checkout First = PayPalCheckout(1);

    private static readonly StartPayment.Request Request = new("paypal", "https://shop.example/thanks", "https://shop.example/basket");

    [Fact]
    public void Whatever_is_bought_the_amounts_add_up_as_paypal_wants_them()
    {
        var line =
            from quantity in Gen.Choose(1, 999)
            from unitNet in Gen.Choose(0, 99_999)
            from rate in Gen.Elements(0, 500, 1_750, 2_000, 2_100)
            select Line(quantity, unitNet, rate);
        Properties.Holds(line.NonEmptyListOf(), lines =>
        {
            var order = Unpaid with { Lines = [.. lines], Net = lines.Sum(one => one.Net), Vat = lines.Sum(one => one.Vat), Gross = lines.Sum(one => one.Gross) };
            var unit = PayPalOrders.RequestOf(order, First, null).PurchaseUnits.ShouldHaveSingleItem();
            var breakdown = unit.Amount.Breakdown;
            Value(unit.Amount.MValue).ShouldBe(Value(breakdown.ItemTotal.MValue) + Value(breakdown.TaxTotal.MValue));
            unit.Items.Sum(item => Value(item.UnitAmount.MValue) * Value(item.Quantity)).ShouldBe(Value(breakdown.ItemTotal.MValue));
            unit.Items.Sum(item => Value(item.Tax.MValue) * Value(item.Quantity)).ShouldBe(Value(breakdown.TaxTotal.MValue));
            Value(unit.Amount.MValue).ShouldBe(order.Gross / 100m);
        });
    }

    [Fact]
    public void Each_attempt_has_an_invoice_id_of_its_own_for_paypal_takes_money_for_one_once()
    {
        PayPalOrders.InvoiceIdOf(Unpaid, First).ShouldBe(Unpaid.Number);
        PayPalOrders.InvoiceIdOf(Unpaid, PayPalCheckout(2)).ShouldBe(Unpaid.Number + "-2");
        var unit = PayPalOrders.RequestOf(Unpaid, PayPalCheckout(3), null).PurchaseUnits.Single();
        (unit.CustomId, unit.InvoiceId, unit.ReferenceId).ShouldBe((Unpaid.Id, Unpaid.Number + "-3", "3"));
    }

    [Fact]
    public void Names_are_cut_where_paypal_would_refuse_them_and_never_inside_a_character()
    {
        foreach (var name in (string[])[new('x', 300), new string('x', 126) + "🔋🔋"])
        {
            var order = Unpaid with { Lines = [Unpaid.Lines[0] with { Name = name }] };
            var sent = PayPalOrders.RequestOf(order, First, null).PurchaseUnits.Single().Items.Single().Name;
            sent.Length.ShouldBeInRange(126, 127);
            char.IsHighSurrogate(sent[^1]).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("GBP", 1, true)]
    [InlineData("JPY", 1, true)]
    [InlineData("HUF", 100, true)]
    [InlineData("HUF", 150, false)]
    [InlineData("TWD", 50, false)]
    [InlineData("KWD", 1000, false)]
    [InlineData("ISK", 1000, false)]
    public void A_currency_or_an_amount_that_paypal_cannot_express_is_refused_before_anything_is_stored(string currency, long unit, bool taken)
    {
        var order = Unpaid with { Currency = currency, Lines = [Line(1, unit, 0)], Net = unit, Vat = 0, Gross = unit };
        var decision = CheckoutDecision.Of(order, Request, PayPalOrders.TermsOf(order), Noon);
        if (taken) decision.ShouldBeOfType<CheckoutDecision.Open>();
        else decision.ShouldBeOfType<CheckoutDecision.Refuse>().Problem.Type.ShouldBe("choose-another-provider");
    }

    [Fact]
    public void An_approved_page_is_given_out_again_for_its_card_may_have_been_declined()
    {
        var order = Unpaid.With(PayPalCheckout(1) with { State = CheckoutState.Approved });
        CheckoutDecision.Of(order, Request, PayPalOrders.TermsOf(order), Noon.AddMinutes(5)).ShouldBeOfType<CheckoutDecision.Resume>().Checkout.Id.ShouldBe("PP1");
    }

    [Fact]
    public void A_page_at_paypal_ends_before_paypal_forgets_it() =>
        CheckoutDecision.Of(Unpaid, Request, PayPalOrders.TermsOf(Unpaid), Noon).ShouldBeOfType<CheckoutDecision.Open>().Checkout.ExpiresAt.ShouldBeLessThan(Noon.AddHours(3));

    [Fact]
    public void Tries_that_come_to_nothing_are_told_apart_paused_and_counted()
    {
        var order = Unpaid.With(PayPalCheckout(1) with { State = CheckoutState.Approved });
        var now = Noon.AddMinutes(5);
        for (var tries = 1; tries <= 12; tries++)
        {
            Declines.NextTry(order.Checkouts[0]).ShouldBe(tries);
            Declines.IsTryDue(order.Checkouts[0], isBack: false, Options, now).ShouldBeTrue();
            order = Declines.Event(order, order.Checkouts[0], Remedy.OtherCard, now).ApplyTo(order);
            var checkout = order.Checkouts[0];
            Declines.IsTryDue(checkout, isBack: true, Options, now.AddSeconds(59)).ShouldBeFalse();
            Declines.IsTryDue(checkout, isBack: true, Options, now.AddSeconds(60)).ShouldBeTrue();
            Declines.IsTryDue(checkout, isBack: false, Options, now.AddSeconds(60)).ShouldBe(tries == 1);
            Settlement.Of(order).Captures.Length.ShouldBe(tries < 12 ? 1 : 0, "after so many another page is needed");
            now = now.AddHours(1.1);
        }

        Settlement.Of(order).Payment.ShouldBe(PaymentStatus.Failed);
        CheckoutDecision.Of(order, Request, PayPalOrders.TermsOf(order), now).ShouldBeOfType<CheckoutDecision.Open>().Checkout.Attempt.ShouldBe(2);
    }

    [Fact]
    public void A_try_that_is_declined_twice_at_once_counts_once()
    {
        var order = Unpaid.With(PayPalCheckout(1) with { State = CheckoutState.Approved });
        var (one, other) = (Declines.Event(order, order.Checkouts[0], Remedy.OtherCard, Noon), Declines.Event(order, order.Checkouts[0], Remedy.OtherCard, Noon.AddSeconds(1)));
        foreach (var told in (PaymentEvent[][])[[one, other], [other, one], [one, other, one]])
            told.ApplyTo(order).Checkouts.ShouldHaveSingleItem().Declined.ShouldBe(new DeclinedTries(1, Noon.AddSeconds(1), Remedy.OtherCard));
    }

    private static OrderLine Line(int quantity, long unit, int rate)
    {
        var net = unit * quantity;
        var vat = Vat.On(net, rate);
        return new("SKU-1", "Thing", quantity, unit, rate, net, vat, net + vat);
    }

    private static Checkout PayPalCheckout(int attempt) => Checkout(attempt) with
    {
        Provider = "paypal",
        Id = $"PP{attempt}",
        ReturnUrl = "https://shop.example/thanks",
        CancelUrl = "https://shop.example/basket",
    };

    private static decimal Value(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
