using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Payments.Checkouts;

/// <summary>
/// <c>POST /api/orders/{id}/payments</c>: a hosted page at the provider where the customer pays. Asking again while one
/// is open returns the same one; with other addresses to come back to, that one is closed and another opened. The attempt is stored before the provider is asked, and its idempotency key derives
/// from it, so whatever happens in between there is one checkout.
/// </summary>
public sealed class StartPayment(
    OrderStore orders,
    ReconciliationSchedule schedule,
    PaymentProviders providers,
    IOptions<StorefrontOptions> storefront,
    IOptions<OrderOptions> options,
    RateLimits limits,
    TimeProvider clock)
{
    private const int Rounds = 4;

    [Function(nameof(StartPayment))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/payments")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, PaymentWeb.Json.Type<Request>(), body => body.Validate(storefront.Value), cancellation);
        if (body is null) return invalid!;
        if (await OrderAccess.FindAsync(orders, request, id, cancellation) is null) return Problem.NotFound;
        if (!providers.IsSetUp(body.Provider)) return PaymentProviders.NotSetUp;
        if (await limits.RefuseAsync(PaymentRate.Of(options.Value), Caller.Of(request).AccountId, cancellation) is { } often) return often;

        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                var decision = default(CheckoutDecision);
                var now = clock.GetUtcNow();
                var order = await orders.ChangeAsync(id, current => (decision = CheckoutDecision.Of(current, body, providers[body.Provider].TermsOf(current), now)).Order, cancellation);
                switch (decision)
                {
                    case null: return Problem.NotFound;
                    case CheckoutDecision.Refuse refuse: return refuse.Problem;
                    case CheckoutDecision.Resume resume: return Answer(resume.Checkout);
                    case CheckoutDecision.AskFirst ask:
                        // It is to end here; only the provider knows whether the customer was faster.
                        await SettleCheckoutAsync(id, ask.Checkout, cancellation);
                        continue;
                    case CheckoutDecision.Open start:
                        var answer = await OpenAsync(order!, start.Checkout, cancellation);
                        // One that was taken up again leads back to where it was first asked to, and makes room on the next round.
                        if (answer is JsonResult<Response> && !CheckoutDecision.LeadsBackTo(start.Checkout, body)) continue;
                        return answer;
                }
            }
        }
        catch (PaymentRefusedException refused)
        {
            return PaymentProblems.Of(refused.Remedy);
        }

        return Problem.Unavailable;
    }

    private async Task<IResult> OpenAsync(Order order, Checkout attempt, CancellationToken cancellation)
    {
        // Before the provider knows: should this process end now, the look finds out what became of the attempt.
        await schedule.SetAsync(order.Id, clock.GetUtcNow() + options.Value.FirstLookAfter, cancellation);
        var events = await OpenAtProviderAsync(order, attempt, cancellation);
        var opened = await orders.ChangeAsync(order.Id, events.ApplyTo, cancellation);
        // Somebody cancelled meanwhile: the next look closes the page.
        if (opened!.Closed is not null) return PaymentProblems.OrderClosed;
        var checkout = opened.Checkouts.First(known => known.Provider == attempt.Provider && known.Attempt == attempt.Attempt);
        return checkout.IsOver ? PaymentProblems.AlreadyOver : Answer(checkout);
    }

    /// <summary>A page that the provider refuses to open is over: the next press on "pay" asks for another one, not for the same refusal; and for none where it would always refuse.</summary>
    private async Task<IReadOnlyList<PaymentEvent>> OpenAtProviderAsync(Order order, Checkout attempt, CancellationToken cancellation)
    {
        try
        {
            return await providers[attempt.Provider].OpenCheckoutAsync(order, attempt, cancellation);
        }
        catch (PaymentRefusedException refused)
        {
            var now = clock.GetUtcNow();
            var over = refused.Remedy == Remedy.Never ? Declines.Event(order, attempt, refused.Remedy, now) : PaymentEvent.NeverOpened(attempt, now);
            await orders.ChangeAsync(order.Id, over.ApplyTo, cancellation);
            throw;
        }
    }

    /// <summary>One that can still be paid or was approved although its time is up is closed, so that there is one page to pay on.</summary>
    private async Task SettleCheckoutAsync(string orderId, Checkout checkout, CancellationToken cancellation)
    {
        var provider = providers[checkout.Provider];
        // Whoever has agreed to pay on a page that is to make room for another one has made up their mind.
        var isInTime = checkout.ExpiresAt > clock.GetUtcNow();
        IReadOnlyList<PaymentEvent> events;
        try
        {
            events = await provider.FetchCheckoutAsync(checkout, cancellation);
            if (!events.Any(payment => payment.Checkout is { State: CheckoutState.Expired or CheckoutState.Completed } || (isInTime && payment.Checkout is { State: CheckoutState.Approved }))) events = await provider.CloseCheckoutAsync(checkout, cancellation);
        }
        catch (PaymentRefusedException) when (!isInTime)
        {
            // Its time is up, and the provider has forgotten it. One that is in time can still be paid on.
            events = [PaymentEvent.NeverOpened(checkout, clock.GetUtcNow())];
        }

        await orders.ChangeAsync(orderId, events.ApplyTo, cancellation);
    }

    private static JsonResult<Response> Answer(Checkout checkout) =>
        new(new(checkout.Url!, checkout.ExpiresAt), PaymentWeb.Json.Type<Response>());

    /// <param name="Provider"><c>stripe</c> or <c>paypal</c>.</param>
    /// <param name="ReturnUrl">Where the provider sends the customer after paying.</param>
    /// <param name="CancelUrl">Where it sends a customer who turns back.</param>
    public sealed record Request(string Provider, string ReturnUrl, string CancelUrl)
    {
        public Problem? Validate(StorefrontOptions storefront)
        {
            var validation = new Validation();
            validation.Require(Providers.All.Contains(Provider), "provider", $"One of: {string.Join(", ", Providers.All)}.");
            storefront.Check(validation, ReturnUrl, "returnUrl");
            storefront.Check(validation, CancelUrl, "cancelUrl");
            return validation.Problem;
        }
    }

    /// <param name="RedirectUrl">Send the customer's browser there.</param>
    /// <param name="ExpiresAt">When the page stops working.</param>
    public sealed record Response(string RedirectUrl, DateTimeOffset ExpiresAt);
}

[JsonSerializable(typeof(StartPayment.Request))]
[JsonSerializable(typeof(StartPayment.Response))]
[JsonSerializable(typeof(ConfirmPayment.Request), TypeInfoPropertyName = "ConfirmRequest")]
[JsonSerializable(typeof(OrderView.PaymentPart))]
internal sealed partial class PaymentWeb : JsonSerializerContext
{
    public static PaymentWeb Json { get; } = new(Platform.Http.Json.Strict());
}
