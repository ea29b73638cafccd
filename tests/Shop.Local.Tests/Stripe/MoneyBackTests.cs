using System.Text.Json.Nodes;
using Shop.Local.Stripe;

namespace Shop.Local.Tests.Stripe;

public sealed class MoneyBackTests : IAsyncLifetime
{
    private SandboxUnderTest _stripe = null!;
    private string _intent = null!;

    public async ValueTask InitializeAsync()
    {
        _stripe = await SandboxUnderTest.StartAsync();
        _intent = await _stripe.PaidAsync();
        await _stripe.Sandbox.DeliverAsync();
    }

    public ValueTask DisposeAsync() => _stripe.DisposeAsync();

    [Fact]
    public async Task A_refund_is_pending_and_then_succeeds()
    {
        var form = $"payment_intent={_intent}&amount=1000&reason=requested_by_customer&metadata[line]=1";
        var refund = (await _stripe.PostAsync("/v1/refunds", form)).Succeeded();
        ((string?)refund["status"]).ShouldBe("pending");
        ((long)refund["amount"]!).ShouldBe(1000);
        (await _stripe.DeliveredTypesAsync()).ShouldBe(["refund.created", "charge.refunded"]);
        var book = _stripe.Sandbox.Books.Single();
        (book.Charged, book.Refunded, book.RefundsPending).ShouldBe((2500, 0, 1000));

        await _stripe.Sandbox.SettleRefundAsync((string)refund["id"]!);
        (await _stripe.DeliveredTypesAsync()).ShouldBe(["refund.updated"]);
        ((string?)(await _stripe.GetAsync($"/v1/refunds/{refund["id"]}")).Succeeded()["status"]).ShouldBe("succeeded");
        _stripe.Sandbox.Books.Single().Refunded.ShouldBe(1000);
    }

    [Fact]
    public async Task The_charge_counts_refunds_and_is_refunded_when_nothing_is_left()
    {
        await _stripe.PostAsync("/v1/refunds", $"payment_intent={_intent}&amount=1000");
        var part = (await _stripe.GetAsync($"/v1/payment_intents/{_intent}?expand[]=latest_charge")).Succeeded()["latest_charge"]!;
        ((long)part["amount_refunded"]!, (bool)part["refunded"]!).ShouldBe((1000, false));

        ((long)(await _stripe.PostAsync("/v1/refunds", $"charge={part["id"]}")).Succeeded()["amount"]!).ShouldBe(1500);
        var all = (await _stripe.GetAsync($"/v1/charges/{part["id"]}")).Succeeded();
        ((long)all["amount_refunded"]!, (bool)all["refunded"]!).ShouldBe((2500, true));
        (await _stripe.PostAsync("/v1/refunds", $"payment_intent={_intent}")).Failed(400).Code.ShouldBe("charge_already_refunded");
        ((JsonArray)(await _stripe.GetAsync($"/v1/refunds?payment_intent={_intent}")).Succeeded()["data"]!).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("&amount=2501", "amount")]
    [InlineData("&amount=0", "amount")]
    [InlineData("&amount=ten", "amount")]
    [InlineData("&reason=bored", "reason")]
    [InlineData("&colour=blue", "colour")]
    public async Task A_refund_that_cannot_be_is_refused(string more, string param)
    {
        (await _stripe.PostAsync("/v1/refunds", $"payment_intent={_intent}{more}")).Failed(400).Param.ShouldBe(param);
        _stripe.Sandbox.Refunds.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unpaid_payment_cannot_be_refunded()
    {
        var id = await _stripe.SessionAsync();
        var unpaid = await _stripe.Sandbox.PayAsync(id, PaymentOutcome.Declined);
        (await _stripe.PostAsync("/v1/refunds", $"payment_intent={unpaid.PaymentIntentId}")).Failed(400);
        (await _stripe.PostAsync("/v1/refunds", "payment_intent=pi_none")).Failed(404).Code.ShouldBe("resource_missing");
        (await _stripe.PostAsync("/v1/refunds", "amount=5")).Failed(400);
    }

    [Fact]
    public async Task A_refund_may_fail_even_after_it_succeeded_and_the_money_can_be_refunded_again()
    {
        var refund = await _stripe.Sandbox.RefundAsync(_intent);
        await _stripe.Sandbox.SettleRefundAsync(refund);
        await _stripe.Sandbox.SettleRefundAsync(refund, succeeds: false);
        (await _stripe.DeliveredTypesAsync()).ShouldBe(["refund.created", "charge.refunded", "refund.updated", "refund.updated", "refund.failed"]);
        var failed = (await _stripe.GetAsync($"/v1/refunds/{refund}")).Succeeded();
        ((string?)failed["status"]).ShouldBe("failed");
        ((string?)failed["failure_reason"]).ShouldNotBeNullOrEmpty();
        _stripe.Sandbox.Books.Single().Refunded.ShouldBe(0);
        (await _stripe.PostAsync("/v1/refunds", $"payment_intent={_intent}&amount=2500")).Succeeded();
    }

    [Theory]
    [InlineData(DisputeOutcome.Won, "won", 0)]
    [InlineData(DisputeOutcome.Lost, "lost", 2500)]
    public async Task A_dispute_takes_the_money_and_brings_it_back_when_won(DisputeOutcome outcome, string status, long withdrawn)
    {
        var dispute = await _stripe.Sandbox.OpenDisputeAsync(_intent, "product_not_received");
        (await _stripe.DeliveredTypesAsync()).ShouldBe(["charge.dispute.created", "charge.dispute.funds_withdrawn"]);
        _stripe.Sandbox.Books.Single().Withdrawn.ShouldBe(2500);
        (await _stripe.PostAsync("/v1/refunds", $"payment_intent={_intent}")).Failed(400).Code.ShouldBe("charge_disputed");

        await _stripe.Sandbox.CloseDisputeAsync(dispute, outcome);
        (await _stripe.DeliveredTypesAsync()).ShouldContain("charge.dispute.closed");
        var shown = (await _stripe.GetAsync($"/v1/disputes/{dispute}")).Succeeded();
        ((string?)shown["status"]).ShouldBe(status);
        ((string?)shown["payment_intent"]).ShouldBe(_intent);
        _stripe.Sandbox.Books.Single().Withdrawn.ShouldBe(withdrawn);
    }

    [Fact]
    public async Task An_inquiry_takes_nothing_can_be_refunded_and_becomes_a_chargeback()
    {
        var inquiry = await _stripe.Sandbox.OpenDisputeAsync(_intent, kind: DisputeKind.Inquiry);
        (await _stripe.PostAsync("/v1/refunds", $"payment_intent={_intent}&amount=500")).Succeeded();
        _stripe.Sandbox.Books.Single().Withdrawn.ShouldBe(0);
        await _stripe.Sandbox.EscalateDisputeAsync(inquiry);
        var shown = (await _stripe.GetAsync($"/v1/disputes/{inquiry}")).Succeeded();
        ((string?)shown["status"], (bool)shown["is_charge_refundable"]!).ShouldBe(("needs_response", false));
        (await _stripe.PostAsync("/v1/refunds", $"payment_intent={_intent}")).Failed(400).Code.ShouldBe("charge_disputed");
    }

    [Fact]
    public async Task An_inquiry_that_is_answered_is_closed()
    {
        var inquiry = await _stripe.Sandbox.OpenDisputeAsync(_intent, kind: DisputeKind.Inquiry);
        await Should.ThrowAsync<InvalidOperationException>(() => _stripe.Sandbox.CloseDisputeAsync(inquiry, DisputeOutcome.Lost));
        await _stripe.Sandbox.CloseDisputeAsync(inquiry, DisputeOutcome.Won);
        (await _stripe.DeliveredTypesAsync()).ShouldBe(["charge.dispute.created", "charge.dispute.closed"]);
        ((string?)(await _stripe.GetAsync($"/v1/disputes/{inquiry}")).Succeeded()["status"]).ShouldBe("warning_closed");
    }

    [Theory]
    [InlineData(DisputeKind.Block, "block", 0)]
    [InlineData(DisputeKind.Resolution, "resolution", 2500)]
    public async Task What_is_prevented_costs_nothing_when_stopped_and_the_money_when_a_rule_pays(DisputeKind kind, string caseType, long withdrawn)
    {
        var dispute = await _stripe.Sandbox.OpenDisputeAsync(_intent, kind: kind);
        var shown = (await _stripe.GetAsync($"/v1/disputes/{dispute}")).Succeeded();
        ((string?)shown["status"], (string?)shown["payment_method_details"]!["card"]!["case_type"]).ShouldBe(("prevented", caseType));
        _stripe.Sandbox.Books.Single().Withdrawn.ShouldBe(withdrawn);
    }
}
