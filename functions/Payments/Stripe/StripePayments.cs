using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;
using Stripe;
using Stripe.Checkout;

namespace Shop.Functions.Payments.Stripe;

/// <summary>What this shop asks of Stripe, whose hosted page takes the money itself.</summary>
[Discloses(
    "Stripe", "to take payments and send money back; whoever pays gives Stripe their own details on its page",
    DataClass.OrderFiscal, DataClass.PaymentReference)]
public sealed class StripePayments(
    StripeClient client,
    [FromKeyedServices(StripePayments.Once)] StripeClient once,
    IOptions<StripeOptions> settings,
    ProviderFailures failures,
    TimeProvider clock) : IPaymentProvider
{
    /// <summary>Where the key stands that Stripe knows this shop by.</summary>
    private const string Keys = "Stripe__ApiKey";

    /// <summary>Under the HTTP client that Stripe's library uses: where tests put faults.</summary>
    public const string HttpClientName = "stripe";

    /// <summary>
    /// The client that sends each request once. Where a key that is refused is to mean that nothing was sent, no try before it may be
    /// hidden in the library: its answer may have been lost after the money had moved.
    /// </summary>
    public const string Once = "once";

    /// <param name="retries">How often the library tries again by itself when there was no answer.</param>
    public static StripeClient ClientOf(IOptions<StripeOptions> options, IHttpClientFactory clients, int retries) => new(
        options.Value.ApiKey,
        httpClient: new SystemNetHttpClient(clients.CreateClient(HttpClientName), maxNetworkRetries: retries, enableTelemetry: false),
        apiBase: string.IsNullOrEmpty(options.Value.ApiBase) ? null : options.Value.ApiBase);

    /// <summary>Stripe's code where it has nothing under an id.</summary>
    private const string UnknownObject = "resource_missing";

    private const int LongestName = 250;

    /// <summary>Between half an hour and a day, for an order whose amounts Stripe takes.</summary>
    public static CheckoutTerms Terms { get; } = new(TakesOrder: true, TimeSpan.FromMinutes(31), TimeSpan.FromHours(23));

    public string Name => Providers.Stripe;

    public bool IsSetUp => settings.Value.IsSetUp;

    public CheckoutTerms TermsOf(Order order) => Terms with { TakesOrder = CanPay(order) };

    public bool CanPay(Order order) => StripeAmounts.CanPay(order);

    public bool CanRefund(Money amount) => StripeAmounts.CanRefund(amount);

    public Task<IReadOnlyList<PaymentEvent>> OpenCheckoutAsync(Order order, Checkout attempt, CancellationToken cancellation) => TranslateErrors(async () =>
    {
        var options = SessionOptions(order, attempt);
        var key = $"checkout:{order.Id}:{attempt.Attempt}";
        return FromSession(await client.V1.Checkout.Sessions.CreateAsync(options, new RequestOptions { IdempotencyKey = key }, cancellation));
    });

    public Task<IReadOnlyList<PaymentEvent>> FetchCheckoutAsync(Checkout checkout, CancellationToken cancellation) => TranslateErrors(async () =>
    {
        var options = new SessionGetOptions();
        options.AddExpand("payment_intent.latest_charge");
        return FromSession(await client.V1.Checkout.Sessions.GetAsync(checkout.Id, options, cancellationToken: cancellation));
    });

    /// <summary>There is nothing to do: who approves a payment at Stripe has paid.</summary>
    public Task<IReadOnlyList<PaymentEvent>> CaptureAsync(Order order, Checkout checkout, CancellationToken cancellation) => FetchCheckoutAsync(checkout, cancellation);

    public async Task<IReadOnlyList<PaymentEvent>> CloseCheckoutAsync(Checkout checkout, CancellationToken cancellation)
    {
        try
        {
            return await TranslateErrors(async () => FromSession(await client.V1.Checkout.Sessions.ExpireAsync(checkout.Id, cancellationToken: cancellation)), isMoot: true);
        }
        catch (PaymentRefusedException)
        {
            // Only an open checkout can be closed: how this one ended is what matters then.
            return await FetchCheckoutAsync(checkout, cancellation);
        }
    }

    public async Task<IReadOnlyList<PaymentEvent>> FetchRefundsAsync(Order order, LedgerEntry capture, CancellationToken cancellation)
    {
        try
        {
            return await TranslateErrors(async () =>
            {
                var options = new RefundListOptions { PaymentIntent = capture.ObjectId, Limit = 100 };
                var refunds = new List<PaymentEvent>();
                await foreach (var refund in client.V1.Refunds.ListAutoPagingAsync(options, cancellationToken: cancellation)) refunds.Add(FromRefund(refund));
                return refunds;
            });
        }
        catch (PaymentRefusedException refused) when (refused.Code == UnknownObject)
        {
            return [];
        }
    }

    public Task<IReadOnlyList<Translation>> FetchDisputesAsync(LedgerEntry capture, CancellationToken cancellation) => TranslateErrors(async () =>
    {
        var options = new DisputeListOptions { PaymentIntent = capture.ObjectId, Limit = 100 };
        var disputes = new List<Translation>();
        await foreach (var dispute in client.V1.Disputes.ListAutoPagingAsync(options, cancellationToken: cancellation))
            disputes.Add(new Translation.Payment(StripeTranslation.FromDispute(dispute, dispute.Id, "answer", clock.GetUtcNow())!));
        return (IReadOnlyList<Translation>)disputes;
    });

    public Task<PaymentEvent> RefundAsync(Order order, OwedRefund owed, CancellationToken cancellation) => TranslateErrors(async () =>
    {
        var options = new RefundCreateOptions
        {
            PaymentIntent = owed.Capture.ObjectId,
            Amount = StripeAmounts.To(owed.Amount),
            // Also for what was paid twice: the order may end between two tries, and under one key Stripe takes one request.
            Reason = "requested_by_customer",
            Metadata = new() { [StripeTranslation.OrderIdKey] = order.Id, [StripeTranslation.ReferenceKey] = owed.Reference },
        };
        return FromRefund(await once.V1.Refunds.CreateAsync(options, new RequestOptions { IdempotencyKey = owed.IdempotencyKey }, cancellation));
    });

    public Task<PaymentEvent> FetchRefundAsync(LedgerEntry refund, CancellationToken cancellation) =>
        TranslateErrors(async () => FromRefund(await client.V1.Refunds.GetAsync(refund.ObjectId, cancellationToken: cancellation)));

    public Task<string?> FindOrderIdAsync(string captureId, CancellationToken cancellation) => TranslateErrors(async () =>
    {
        try
        {
            var intent = await client.V1.PaymentIntents.GetAsync(captureId, cancellationToken: cancellation);
            return StripeTranslation.OrderIdOf(intent.Metadata);
        }
        catch (StripeException exception) when (exception.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    });

    /// <summary>As text, one by one: the library would fail the whole page for one event that it cannot read.</summary>
    public Task<EventPage> FetchEventsAsync(DateTimeOffset from, DateTimeOffset to, string? after, CancellationToken cancellation) => TranslateErrors(async () =>
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/v1/events?limit=100&created[gte]={from.ToUnixTimeSeconds()}&created[lt]={to.ToUnixTimeSeconds()}");
        if (after is not null) path += $"&starting_after={Uri.EscapeDataString(after)}";
        var response = await client.RawRequestAsync(HttpMethod.Get, path, cancellationToken: cancellation);
        using var list = JsonDocument.Parse(response.Content);
        var events = list.RootElement.GetProperty("data").EnumerateArray().ToList();
        var next = list.RootElement.GetProperty("has_more").GetBoolean() && events.Count > 0 ? events[^1].GetProperty("id").GetString() : null;
        return new EventPage([.. events.Select(listed => StripeTranslation.Read(listed.GetRawText(), settings.Value.IsLive))], next);
    });

    public Task<Translation> FetchEventAsync(string eventId, CancellationToken cancellation) => TranslateErrors(async () =>
    {
        var response = await client.RawRequestAsync(HttpMethod.Get, $"/v1/events/{Uri.EscapeDataString(eventId)}", cancellationToken: cancellation);
        return StripeTranslation.Read(response.Content, settings.Value.IsLive);
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
            UnitAmount = StripeAmounts.To(new(line.Gross, currency)),
            ProductData = new SessionLineItemPriceDataProductDataOptions
            {
                Name = LineNames.Of(line, LongestName),
            },
        },
    };

    private IReadOnlyList<PaymentEvent> FromSession(Session session)
    {
        var intent = session.PaymentIntent;
        var failed = intent?.Status is "requires_payment_method" or "canceled";
        var at = intent?.LatestCharge is { } charge ? new DateTimeOffset(DateTime.SpecifyKind(charge.Created, DateTimeKind.Utc)) : clock.GetUtcNow();
        var payment = StripeTranslation.FromSession(session, session.Id, "answer", at, failed)
            ?? throw new InvalidOperationException($"Stripe's session {session.Id} is not one of this shop's.");
        return [payment];
    }

    private PaymentEvent FromRefund(Refund refund) =>
        StripeTranslation.FromRefund(refund, refund.Id, "answer", clock.GetUtcNow())
        ?? throw new InvalidOperationException($"Stripe's refund {refund.Id} is not one of this shop's.");

    /// <summary>Sorts Stripe's failures into those that a retry can mend, those that it cannot, and those that mean a wrong key.</summary>
    /// <param name="isMoot">Whether a refusal is no surprise, because what is asked for may be done already.</param>
    private async Task<T> TranslateErrors<T>(Func<Task<T>> call, bool isMoot = false)
    {
        try
        {
            return await call();
        }
        catch (StripeException exception)
            when (exception.HttpStatusCode is HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound)
        {
            var (error, request) = (exception.StripeError, exception.StripeResponse?.RequestId);
            var code = error?.DeclineCode ?? error?.Code ?? error?.Type;
            throw isMoot && error?.Code is null
                ? failures.Moot(Providers.Stripe, code, request, exception)
                : failures.Refused(Providers.Stripe, code, request, StripeRefusals.RemedyOf(error?.Code, error?.DeclineCode), StripeRefusals.Knows(error?.Code, error?.DeclineCode), exception);
        }
        catch (StripeException exception) when (ProviderAccessException.IsRefusal(exception.HttpStatusCode))
        {
            throw failures.NoAccess(Providers.Stripe, exception.HttpStatusCode, exception.StripeError?.Code, exception.StripeResponse?.RequestId, Keys, exception);
        }
        catch (Exception exception)
            when (exception is StripeException or JsonException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw new UnavailableException(Providers.Stripe, exception);
        }
    }
}
