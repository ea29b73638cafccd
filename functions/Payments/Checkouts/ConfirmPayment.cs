using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Payments.Checkouts;

/// <summary>
/// <c>POST /api/orders/{id}/payments/confirm</c>: the customer is back from the provider's page. Asks the provider how
/// the payment stands, and takes what has been approved, rather than wait for the webhook that does the same. Both may
/// happen at once, any number of times: the provider takes the money once.
/// </summary>
public sealed class ConfirmPayment(
    OrderStore orders,
    OrderIndex index,
    ReconciliationQueue reconciliations,
    PaymentProviders providers,
    IOptions<OrderOptions> options,
    RateLimits limits,
    TimeProvider clock)
{
    [Function(nameof(ConfirmPayment))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/payments/confirm")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, PaymentWeb.Json.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (await OrderAccess.FindAsync(orders, request, id, cancellation) is not { } order) return Problem.NotFound;
        if (await limits.RefuseAsync(PaymentRate.Of(options.Value), Caller.Of(request).AccountId, cancellation) is { } often) return often;

        var known = order;
        try
        {
            foreach (var checkout in order.Checkouts.Where(checkout => checkout is { IsOver: false, Id: not null } && checkout.Provider == body.Provider))
                order = await RecordEventsAsync(order, await providers[body.Provider].FetchCheckoutAsync(checkout, cancellation), cancellation);
            foreach (var checkout in Due(order, body.Provider))
                order = await RecordEventsAsync(order, await providers[body.Provider].CaptureAsync(order, checkout, cancellation), cancellation);
        }
        catch (PaymentRefusedException)
        {
            // What the provider does not know or will not do decides nothing; the order's own look goes on asking.
        }

        if (order != known)
        {
            await reconciliations.SendIfDueAsync(order, "owed", cancellation);
            await index.WriteAsync(order, cancellation);
        }

        if (Declined(order, body.Provider) is { } problem) return problem;
        return new JsonResult<OrderView.PaymentPart>(OrderView.Of(order, OrderSight.Customer).Payment, PaymentWeb.Json.Type<OrderView.PaymentPart>());
    }

    /// <summary>Whoever has tried, the webhook's work or this call: the customer is told what to do now.</summary>
    private static Problem? Declined(Order order, string provider) =>
        Settlement.Of(order).AwaitsPayment
        && order.Checkouts.Where(checkout => checkout.Provider == provider).MaxBy(checkout => checkout.Attempt) is { Declined: { } declined } last
        && !declined.IsBefore(last.ApprovedAt)
            ? PaymentProblems.Of(declined.Remedy)
            : null;

    private IEnumerable<Checkout> Due(Order order, string provider) =>
        Settlement.Of(order).Captures.Where(checkout => checkout.Provider == provider && Declines.IsTryDue(checkout, isBack: true, options.Value, clock.GetUtcNow()));

    private async Task<Order> RecordEventsAsync(Order order, IReadOnlyList<PaymentEvent> events, CancellationToken cancellation) =>
        await orders.ChangeAsync(order.Id, events.ApplyTo, cancellation) ?? throw new UnknownOrderException(order.Id, "(none)");

    /// <param name="Provider"><c>stripe</c> or <c>paypal</c>: where the customer comes from.</param>
    public sealed record Request(string Provider)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Require(Providers.All.Contains(Provider), "provider", $"One of: {string.Join(", ", Providers.All)}.");
            return validation.Problem;
        }
    }
}
