using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Refunds;

/// <summary>
/// <c>POST /api/orders/{id}/refunds</c>: staff promise money back. The promise is stored on the order, so that two at once
/// can never promise more than is left; carrying it out is owed from then on and left to <c>order-checks</c>. The answer
/// is 202: how far it is stands at its Location and on the order.
/// </summary>
public sealed class RequestRefund(
    OrderStore orders,
    ReconciliationSchedule schedule,
    ReconciliationQueue reconciliations,
    IEnumerable<IPaymentLimits> limits,
    StaffRegister register,
    TimeProvider clock)
{
    [Function(nameof(RequestRefund))]
    [RequireRole(StaffRoles.Finance)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/refunds")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (IdempotencyKey.Of(request) is not { } key) return IdempotencyKey.RefusalOf(request);
        var (body, invalid) = await Body.ReadJsonAsync(request, RefundWeb.Json.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (!OrderIds.IsId(id) || await orders.FindAsync(id, cancellation) is not { } found) return Problem.NotFound;

        var (by, refundId, now) = (Caller.Of(request).AccountId, OrderIds.RefundIdOf(id, key), clock.GetUtcNow());
        var decision = RefundDecision.Of(found, body, refundId, by, now, limits);
        if (decision is RefundDecision.Promise)
        {
            // Before the promise: should this process end right after it, the timer finds the order.
            await schedule.SetAsync(id, now + ReconciliationSchedule.Grace, cancellation);
            await orders.ChangeAsync(id, current => (decision = RefundDecision.Of(current, body, refundId, by, now, limits)).Order, cancellation);
        }

        if (decision is RefundDecision.Refuse refuse) return refuse.Problem;
        await reconciliations.SendAsync(new(id, "refund"), cancellation);
        await register.ExplainAsync(request, body.Reason, cancellation);
        return RefundView.Accepted(decision.Order, refundId, replayed: decision is RefundDecision.Replay);
    }

    /// <param name="Amount">Absent for what the lines come to, or without lines for all that is left. With lines at most what they come to.</param>
    /// <param name="Reason">One of <see cref="RefundReasons"/>.</param>
    /// <param name="Note">What else there is to say; it goes when the customer's account does.</param>
    /// <param name="Lines">What it is for: the credit note lists only these, at their rates of VAT. Delivery has the SKU that the order says. Absent for a refund of the order as a whole.</param>
    public sealed record Request(string Reason, Money? Amount = null, string? Note = null, ImmutableArray<ShipmentItem>? Lines = null)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Reason(Reason, Note, RefundReasons.All);
            if (Amount is { } money)
            {
                validation.Require(money.Amount > 0, "amount.amount", "More than nothing, in minor units.");
                validation.Require(money.Currency is not null && Currencies.IsKnown(money.Currency), "amount.currency", "An ISO 4217 code in capitals, for instance GBP.");
            }

            ShipmentItem.Check(validation, Lines);
            return validation.Problem;
        }
    }
}

[JsonSerializable(typeof(RequestRefund.Request))]
[JsonSerializable(typeof(RefundView))]
[JsonSerializable(typeof(ListRefunds.Response))]
internal sealed partial class RefundWeb : JsonSerializerContext
{
    public static RefundWeb Json { get; } = new(Platform.Http.Json.Strict());
}
