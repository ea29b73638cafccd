using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders;

/// <summary>
/// <c>POST /api/orders/{id}/cancel</c>: ends an order before anything of it has left. Open pages are closed and money that
/// came is sent back by the look that follows; money that comes later as well. Cancelling twice is the same as once. Staff
/// say why, once money has come.
/// </summary>
public sealed class CancelOrder(
    OrderStore orders, OrderIndex index, ReconciliationSchedule schedule, ReconciliationQueue reconciliations, StaffRegister register, TimeProvider clock)
{
    /// <summary>Why staff end an order.</summary>
    public static readonly ImmutableArray<string> Reasons = ["customer_asked", "out_of_stock", "price_error", "suspected_fraud", "other"];

    private static readonly Problem AlreadyShipped = new(409, "already-shipped", "Something of this order has left; it can no longer be cancelled.");

    [Function(nameof(CancelOrder))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/cancel")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await OrderAccess.FindAsync(orders, request, id, cancellation, StaffRoles.Finance) is not { } order) return Problem.NotFound;
        var isOwn = OrderAccess.IsOwn(request, order);
        var (body, invalid) = await ReadAsync(request, isOwn, cancellation);
        if (body is null) return invalid!;
        var by = isOwn ? null : ByStaff.Of(request, StaffRoles.Finance) with { Reason = body.Reason, Note = body.Note };
        if (by is not null) await OrderAccess.RecordAsync(register, request, StaffRoles.Finance, "cancel_order", order, cancellation);
        var now = clock.GetUtcNow();
        if (order is { Closed: null, HasShipped: false })
        {
            if (Refusal(order, by) is { } early) return early;
            // Before the order ends: should this process do so right after it, the timer finds the order.
            await schedule.SetAsync(id, now + ReconciliationSchedule.Grace, cancellation);
            var refusal = default(Problem);
            order = await orders.ChangeAsync(id, current => (refusal = Refusal(current, by)) is null && !current.HasShipped ? current.Cancel(now, by) : current, cancellation);
            if (order is null) return Problem.NotFound;
            if (refusal is not null) return refusal;
            await register.ExplainAsync(request, by?.Reason, cancellation);
        }

        if (order.Closed is null) return AlreadyShipped;
        await index.WriteAsync(order, cancellation);
        await reconciliations.SendIfDueAsync(order, "cancelled", cancellation);
        return OrderView.Answer(order, OrderSight.Of(request, order));
    }

    /// <summary>A customer need not send a body.</summary>
    private static async Task<(Request? Value, Problem? Problem)> ReadAsync(HttpRequest request, bool isOwn, CancellationToken cancellation) =>
        request.ContentLength is null or 0 && request.ContentType is null
            ? (new(), null)
            : await Body.ReadJsonAsync(request, CancelWeb.Json.Type<Request>(), body => body.Validate(isOwn), cancellation);

    /// <summary>Staff who take back a sale say why, also where the money came in the moment before.</summary>
    private static Problem? Refusal(Order order, ByStaff? by)
    {
        var isPaid = order.Ledger.Any(fact => fact is { Kind: FactKind.Capture, Status: FactStatus.Completed or FactStatus.Pending });
        if (order.Closed is not null || by is null) return null;
        if (by.Note is not null && order.LeadsToNobody) return Restriction.NoteNotKept;
        return isPaid && by.Reason is null
            ? Problem.Invalid(new Dictionary<string, string[]> { ["reason"] = [$"Money has come for it, so say why. One of: {string.Join(", ", Reasons)}."] })
            : null;
    }

    /// <param name="Reason">One of <see cref="Reasons"/>; only staff say why.</param>
    /// <param name="Note">What else there is to say; it goes when the customer's account does.</param>
    public sealed record Request(string? Reason = null, string? Note = null)
    {
        public Problem? Validate(bool isOwn)
        {
            var validation = new Validation();
            if (isOwn) validation.Require(this == new Request(), "$", "Nothing but the request itself is needed here.");
            else if (this != new Request()) validation.Reason(Reason, Note, Reasons);
            return validation.Problem;
        }
    }
}

[JsonSerializable(typeof(CancelOrder.Request))]
internal sealed partial class CancelWeb : JsonSerializerContext
{
    public static CancelWeb Json { get; } = new(Platform.Http.Json.Strict());
}
