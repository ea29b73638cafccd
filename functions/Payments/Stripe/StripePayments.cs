using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;
using Stripe;
using Stripe.Checkout;

namespace Shop.Functions.Payments.Stripe;

/// <summary>
/// What this shop asks of Stripe. Every answer comes back as a <see cref="PaymentEvent"/>, the same as a webhook would
/// bring, so that it does not matter which of the two is heard first.
/// </summary>
public sealed class StripePayments(StripeClient client, TimeProvider clock)
{
    /// <summary>Under the HTTP client that Stripe's library uses: where tests put faults.</summary>
    public const string HttpClientName = "stripe";

    public static StripeClient ClientOf(IOptions<StripeOptions> options, IHttpClientFactory clients) => new(
        options.Value.ApiKey,
        httpClient: new SystemNetHttpClient(clients.CreateClient(HttpClientName), maxNetworkRetries: 2, enableTelemetry: false),
        apiBase: string.IsNullOrEmpty(options.Value.ApiBase) ? null : options.Value.ApiBase);

    /// <summary>Opens the checkout of a stored attempt; the same attempt always gets the same one.</summary>
    /// <exception cref="PaymentRefusedException">Stripe does not accept it.</exception>
    /// <exception cref="UnavailableException">Stripe does not answer.</exception>
    public Task<PaymentEvent> OpenCheckoutAsync(Order order, Checkout attempt, CancellationToken cancellation) => Ask(async () =>
    {
        var options = SessionOptions(order, attempt);
        var key = $"checkout:{order.Id}:{attempt.Attempt}";
        return FromSession(await client.V1.Checkout.Sessions.CreateAsync(options, new RequestOptions { IdempotencyKey = key }, cancellation));
    });

    /// <summary>How a checkout stands.</summary>
    /// <exception cref="UnavailableException">Stripe does not answer.</exception>
    public Task<PaymentEvent> AskAsync(string sessionId, CancellationToken cancellation) => Ask(async () =>
    {
        var options = new SessionGetOptions();
        options.AddExpand("payment_intent.latest_charge");
        return FromSession(await client.V1.Checkout.Sessions.GetAsync(sessionId, options, cancellationToken: cancellation));
    });

    /// <summary>Closes an open checkout, so that nobody can pay there any more; if somebody has, that is the answer.</summary>
    /// <exception cref="UnavailableException">Stripe does not answer.</exception>
    public async Task<PaymentEvent> ExpireCheckoutAsync(string sessionId, CancellationToken cancellation)
    {
        try
        {
            return await Ask(async () => FromSession(await client.V1.Checkout.Sessions.ExpireAsync(sessionId, cancellationToken: cancellation)));
        }
        catch (PaymentRefusedException)
        {
            // Only an open checkout can be closed: how this one ended is what matters then.
            return await AskAsync(sessionId, cancellation);
        }
    }

    /// <summary>Every refund of a payment, whoever made it.</summary>
    /// <exception cref="PaymentRefusedException">Stripe does not know the payment.</exception>
    /// <exception cref="UnavailableException">Stripe does not answer.</exception>
    public Task<List<PaymentEvent>> RefundsOfAsync(string paymentIntentId, CancellationToken cancellation) => Ask(async () =>
    {
        var options = new RefundListOptions { PaymentIntent = paymentIntentId, Limit = 100 };
        var refunds = new List<PaymentEvent>();
        await foreach (var refund in client.V1.Refunds.ListAutoPagingAsync(options, cancellationToken: cancellation))
            refunds.Add(FromRefund(refund));
        return refunds;
    });

    /// <summary>
    /// Sends money back. The idempotency key makes it once, as long as Stripe remembers keys: ask for
    /// <see cref="RefundsOfAsync"/> first.
    /// </summary>
    /// <exception cref="PaymentRefusedException">Stripe does not accept it.</exception>
    /// <exception cref="UnavailableException">Stripe does not answer.</exception>
    public Task<PaymentEvent> RefundAsync(string orderId, OwedRefund owed, CancellationToken cancellation) => Ask(async () =>
    {
        var options = new RefundCreateOptions
        {
            PaymentIntent = owed.Capture.ObjectId,
            Amount = Currencies.ToStripe(owed.Amount),
            Reason = owed.Reference == OwedRefund.Surplus ? "duplicate" : "requested_by_customer",
            Metadata = new() { [StripeTranslation.OrderIdKey] = orderId, [StripeTranslation.ReferenceKey] = owed.Reference },
        };
        return FromRefund(await client.V1.Refunds.CreateAsync(options, new RequestOptions { IdempotencyKey = owed.IdempotencyKey }, cancellation));
    });

    /// <summary>How a refund stands.</summary>
    /// <exception cref="UnavailableException">Stripe does not answer.</exception>
    public Task<PaymentEvent> AskAboutRefundAsync(string refundId, CancellationToken cancellation) =>
        Ask(async () => FromRefund(await client.V1.Refunds.GetAsync(refundId, cancellationToken: cancellation)));

    /// <returns>The order a payment was for; null when the payment is not this shop's.</returns>
    /// <exception cref="UnavailableException">Stripe does not answer.</exception>
    public Task<string?> FindOrderIdAsync(string paymentIntentId, CancellationToken cancellation) => Ask(async () =>
    {
        var intent = await client.V1.PaymentIntents.GetAsync(paymentIntentId, cancellationToken: cancellation);
        return intent.Metadata?.GetValueOrDefault(StripeTranslation.OrderIdKey);
    });

    /// <summary>
    /// One Stripe line per order line with the line's whole gross amount: VAT is rounded per line, so a unit price times
    /// the quantity would not always add up to it. Nothing about the person is sent.
    /// </summary>
    private static SessionCreateOptions SessionOptions(Order order, Checkout attempt)
    {
        var metadata = new Dictionary<string, string>
        {
            [StripeTranslation.OrderIdKey] = order.Id,
            [StripeTranslation.AttemptKey] = attempt.Attempt.ToString(CultureInfo.InvariantCulture),
        };
        return new SessionCreateOptions
        {
            Mode = "payment",
            ClientReferenceId = order.Id,
            Metadata = metadata,
            PaymentIntentData = new SessionPaymentIntentDataOptions { Metadata = metadata, Description = $"Order {order.Number}" },
            SuccessUrl = attempt.ReturnUrl,
            CancelUrl = attempt.CancelUrl,
            ExpiresAt = attempt.ExpiresAt.UtcDateTime,
            LineItems = [.. order.Lines.Select(line => LineOf(line, order.Currency))],
        };
    }

    private static SessionLineItemOptions LineOf(OrderLine line, string currency) => new()
    {
        Quantity = 1,
        PriceData = new SessionLineItemPriceDataOptions
        {
            Currency = currency.ToLowerInvariant(),
            UnitAmount = Currencies.ToStripe(new(line.Gross, currency)),
            ProductData = new SessionLineItemPriceDataProductDataOptions
            {
                Name = line.Quantity == 1 ? line.Name : $"{line.Quantity} × {line.Name}",
            },
        },
    };

    private PaymentEvent FromSession(Session session)
    {
        var intent = session.PaymentIntent;
        var failed = intent?.Status is "requires_payment_method" or "canceled";
        var at = intent?.LatestCharge is { } charge ? new DateTimeOffset(DateTime.SpecifyKind(charge.Created, DateTimeKind.Utc)) : clock.GetUtcNow();
        return StripeTranslation.FromSession(session, session.Id, "answer", at, failed)
            ?? throw new InvalidOperationException($"Stripe's session {session.Id} is not one of this shop's.");
    }

    private PaymentEvent FromRefund(Refund refund) =>
        StripeTranslation.FromRefund(refund, refund.Id, "answer", clock.GetUtcNow())
        ?? throw new InvalidOperationException($"Stripe's refund {refund.Id} is not one of this shop's.");

    /// <summary>Sorts Stripe's failures into those that a retry can mend and those that it cannot.</summary>
    private static async Task<T> Ask<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (StripeException exception)
            when (exception.HttpStatusCode is HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound)
        {
            throw new PaymentRefusedException(Providers.Stripe, exception.StripeError?.Code ?? exception.StripeError?.Type, exception);
        }
        catch (Exception exception)
            when (exception is StripeException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw new UnavailableException(Providers.Stripe, exception);
        }
    }
}
