using System.Net;
using Microsoft.Extensions.Options;
using Newtonsoft.Json;
using PaypalServerSdk.Standard.Exceptions;
using PaypalServerSdk.Standard.Models;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;
using Order = Shop.Functions.Orders.Order;
using PayPalOrder = PaypalServerSdk.Standard.Models.Order;
using PayPalRefundRequest = PaypalServerSdk.Standard.Models.RefundRequest;

namespace Shop.Functions.Payments.PayPal;

/// <summary>What this shop asks of PayPal, where the customer approves and this shop takes the money.</summary>
public sealed class PayPalPayments(PayPalConnection connection, IOptions<PayPalOptions> options, ProviderFailures failures, TimeProvider clock) : IPaymentProvider
{
    /// <summary>Without it PayPal may answer with little more than an id.</summary>
    private const string WholeObject = "return=representation";

    public string Name => Providers.PayPal;

    public bool IsSetUp => options.Value.IsSetUp;

    public CheckoutTerms TermsOf(Order order) => PayPalOrders.TermsOf(order);

    public bool CanPay(Order order) => PayPalAmounts.CanPay(order);

    public bool CanRefund(Platform.Money amount) => PayPalAmounts.Takes(amount);

    public async Task<IReadOnlyList<PaymentEvent>> OpenCheckoutAsync(Order order, Checkout attempt, CancellationToken cancellation)
    {
        var input = new CreateOrderInput
        {
            Body = PayPalOrders.RequestOf(order, attempt, options.Value.BrandName),
            PaypalRequestId = $"checkout:{order.Id}:{attempt.Attempt}",
            Prefer = WholeObject,
        };
        var opened = FromOrder(await TranslateErrors(() => connection.CallAsync(client => client.OrdersController.CreateOrderAsync(input, cancellation))));
        return opened.Any(payment => payment.Checkout is { State: not CheckoutState.Open } or { Url: not null })
            ? opened
            : throw failures.Refused(Providers.PayPal, "no_page_to_pay_on", null, Remedy.Person, isKnown: true);
    }

    /// <summary>PayPal does not say when an order's time is up; one that nobody has approved by our own time is over.</summary>
    public async Task<IReadOnlyList<PaymentEvent>> FetchCheckoutAsync(Checkout checkout, CancellationToken cancellation)
    {
        var events = await ReadAsync(checkout.Id, cancellation);
        return checkout.ExpiresAt <= clock.GetUtcNow() ? [.. events.Select(payment => Over(payment, CheckoutState.Open))] : events;
    }

    public async Task<PaymentEvent?> FetchCaptureAsync(LedgerEntry capture, CancellationToken cancellation) =>
        PayPalTranslation.FromCapture(await ReadCaptureAsync(capture.ObjectId, cancellation), capture.ObjectId, "answer", clock.GetUtcNow());

    public async Task<IReadOnlyList<PaymentEvent>> CaptureAsync(Order order, Checkout checkout, CancellationToken cancellation)
    {
        var input = new CaptureOrderInput
        {
            Id = checkout.Id,
            Body = new OrderCaptureRequest(),
            // The same for all who try at the same time; another one once this try has come to nothing.
            PaypalRequestId = $"capture:{order.Id}:{checkout.Attempt}:{Declines.NextTry(checkout)}",
            Prefer = WholeObject,
        };
        try
        {
            return FromOrder(await TranslateErrors(() => connection.CallAsync(client => client.OrdersController.CaptureOrderAsync(input, cancellation))));
        }
        catch (UnavailableException busy) when (busy.InnerException is ErrorException { ResponseCode: (int)HttpStatusCode.Conflict })
        {
            // Somebody else is at it: how far they are is what matters.
            return await FetchCheckoutAsync(checkout, cancellation);
        }
        catch (PaymentRefusedException refused)
        {
            return refused.Remedy == Remedy.TryAgain
                ? await FetchCheckoutAsync(checkout, cancellation)
                : [Declines.Event(order, checkout, refused.Remedy, clock.GetUtcNow())];
        }
    }

    /// <summary>PayPal has no such call, and needs none: an order that this shop never captures moves no money.</summary>
    public async Task<IReadOnlyList<PaymentEvent>> CloseCheckoutAsync(Checkout checkout, CancellationToken cancellation) =>
        [.. (await ReadAsync(checkout.Id, cancellation)).Select(payment => Over(Over(payment, CheckoutState.Open), CheckoutState.Approved))];

    /// <summary>PayPal lists refunds with the order that the capture is part of.</summary>
    public async Task<IReadOnlyList<PaymentEvent>> FetchRefundsAsync(Order order, LedgerEntry capture, CancellationToken cancellation)
    {
        CapturedPayment captured;
        try
        {
            captured = await ReadCaptureAsync(capture.ObjectId, cancellation);
        }
        catch (PaymentRefusedException)
        {
            return [];
        }

        var whole = captured.SupplementaryData?.RelatedIds?.OrderId is { } id ? await ReadAsync(id, cancellation) : await FindOrderOfAsync(order, capture, cancellation);
        return [.. whole.Where(payment => payment.Money is { Kind: FactKind.Refund } refund && refund.CaptureId == capture.ObjectId)];
    }

    /// <summary>PayPal's list has little more than ids; a payment has one dispute, or a few in a row.</summary>
    public async Task<IReadOnlyList<Translation>> FetchDisputesAsync(LedgerEntry capture, CancellationToken cancellation)
    {
        var disputes = new List<Translation>();
        foreach (var id in PayPalEventList.DisputeIds(await GetAsync($"/v1/customer/disputes?disputed_transaction_id={Uri.EscapeDataString(capture.ObjectId)}&page_size=50", cancellation)))
            disputes.Add(PayPalEvents.ReadDispute(await GetAsync($"/v1/customer/disputes/{Uri.EscapeDataString(id)}", cancellation), clock.GetUtcNow()));
        return disputes;
    }

    public async Task<PaymentEvent> RefundAsync(Order order, OwedRefund owed, CancellationToken cancellation)
    {
        var input = new RefundCapturedPaymentInput
        {
            CaptureId = owed.Capture.ObjectId,
            Body = new PayPalRefundRequest { Amount = PayPalOrders.AmountOf(owed.Amount), CustomId = PayPalTranslation.CustomIdOf(order.Id, owed.Reference) },
            PaypalRequestId = owed.IdempotencyKey,
            Prefer = WholeObject,
        };
        var refund = await TranslateErrors(() => connection.CallAsync(client => client.PaymentsController.RefundCapturedPaymentAsync(input, cancellation)));
        var sent = FromRefund(refund, owed.Capture.ObjectId);
        // PayPal may leave out what it was told: a promise would be kept twice from then on.
        return sent with { Money = sent.Money! with { Reference = sent.Money.Reference ?? owed.Reference } };
    }

    public async Task<PaymentEvent> FetchRefundAsync(LedgerEntry refund, CancellationToken cancellation)
    {
        var input = new GetRefundInput { RefundId = refund.ObjectId };
        var found = await TranslateErrors(() => connection.CallAsync(client => client.PaymentsController.GetRefundAsync(input, cancellation)));
        return FromRefund(found, refund.ParentId);
    }

    public async Task<string?> FindOrderIdAsync(string captureId, CancellationToken cancellation)
    {
        var input = new GetCapturedPaymentInput { CaptureId = captureId };
        return await TranslateErrors(async () =>
        {
            try
            {
                var captured = await connection.CallAsync(client => client.PaymentsController.GetCapturedPaymentAsync(input, cancellation));
                return PayPalTranslation.OrderIdOf(captured.CustomId);
            }
            catch (ApiException exception) when (exception.ResponseCode == (int)HttpStatusCode.NotFound)
            {
                return null;
            }
        });
    }

    public async Task<EventPage> FetchEventsAsync(DateTimeOffset from, DateTimeOffset to, string? after, CancellationToken cancellation) =>
        PayPalEventList.Read(await GetAsync($"/v1/notifications/webhooks-events?{PayPalEventList.QueryOf(from, to, after)}", cancellation));

    public async Task<Translation> FetchEventAsync(string eventId, CancellationToken cancellation) =>
        PayPalEventList.ReadOne(await GetAsync($"/v1/notifications/webhooks-events/{Uri.EscapeDataString(eventId)}", cancellation));

    /// <summary>What PayPal's library does not have.</summary>
    private Task<string> GetAsync(string path, CancellationToken cancellation) => TranslateErrors(async () =>
    {
        var address = new Uri(connection.Address, path);
        using var response = await connection.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), cancellation);
        // For instance an unknown place in a list, or a period that PayPal does not keep.
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity)
            throw failures.Refused(Providers.PayPal, response.StatusCode.ToString(), DebugIdOf(response), Remedy.Person, isKnown: true);
        if (ProviderAccessException.IsRefusal(response.StatusCode))
            throw failures.NoAccess(Providers.PayPal, response.StatusCode, path.Split('?')[0], DebugIdOf(response), PayPalConnection.Keys);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(cancellation);
    });

    private async Task<IReadOnlyList<PaymentEvent>> ReadAsync(string? id, CancellationToken cancellation) =>
        FromOrder(await TranslateErrors(() => connection.CallAsync(client => client.OrdersController.GetOrderAsync(new GetOrderInput { Id = id }, cancellation))));

    private Task<CapturedPayment> ReadCaptureAsync(string id, CancellationToken cancellation) => TranslateErrors(() =>
        connection.CallAsync(client => client.PaymentsController.GetCapturedPaymentAsync(new GetCapturedPaymentInput { CaptureId = id }, cancellation)));

    /// <summary>For a capture that does not say which order it is part of: one of those that this shop has opened.</summary>
    private async Task<IReadOnlyList<PaymentEvent>> FindOrderOfAsync(Order order, LedgerEntry capture, CancellationToken cancellation)
    {
        foreach (var checkout in order.Checkouts.Where(checkout => checkout.Provider == Name && checkout.Id is not null))
        {
            try
            {
                var whole = await ReadAsync(checkout.Id, cancellation);
                if (whole.Any(payment => payment.Money is { Kind: FactKind.Capture } money && money.ObjectId == capture.ObjectId)) return whole;
            }
            catch (PaymentRefusedException)
            {
                // PayPal forgets those that nobody has paid; another one may have it.
            }
        }

        throw failures.Refused(Providers.PayPal, "no_order_of_capture", null, Remedy.Person, isKnown: true);
    }

    /// <returns>The same, with the checkout over if it stands as given.</returns>
    private static PaymentEvent Over(PaymentEvent payment, CheckoutState state) =>
        payment.Checkout?.State == state ? payment with { Checkout = payment.Checkout with { State = CheckoutState.Expired, Url = null } } : payment;

    private IReadOnlyList<PaymentEvent> FromOrder(PayPalOrder order) => PayPalTranslation.FromOrder(order, order.Id, "answer", clock.GetUtcNow());

    private PaymentEvent FromRefund(Refund refund, string? captureId) =>
        PayPalTranslation.FromRefund(refund, captureId, refund.Id, "answer", clock.GetUtcNow())
        ?? throw new InvalidOperationException($"PayPal's refund {refund.Id} is not of a capture.");

    /// <summary>Sorts PayPal's failures into those that a retry can mend, those that it cannot, and those that mean a wrong key.</summary>
    private async Task<T> TranslateErrors<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ErrorException exception)
            when ((HttpStatusCode)exception.ResponseCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity)
        {
            var code = CodeOf(exception);
            throw failures.Refused(Providers.PayPal, code, exception.DebugId, PayPalRefusals.Remedies.Of(code), PayPalRefusals.Remedies.Knows(code), exception);
        }
        catch (Exception exception) when (ProviderAccessException.IsRefusal(PayPalConnection.StatusOf(exception)))
        {
            var error = exception as ErrorException;
            throw failures.NoAccess(Providers.PayPal, PayPalConnection.StatusOf(exception), CodeOf(error), error?.DebugId, PayPalConnection.Keys, exception);
        }
        catch (Exception exception)
            // An answer that PayPal's library cannot read leaves open what has happened: JsonException is how it says so.
            when (exception is ApiException or JsonException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw new UnavailableException(Providers.PayPal, exception);
        }
    }

    private static string? CodeOf(ErrorException? exception) =>
        exception?.Details?.Select(detail => detail.Issue).FirstOrDefault(issue => issue is not null) ?? exception?.Name;

    private static string? DebugIdOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Paypal-Debug-Id", out var ids) ? ids.FirstOrDefault() : null;
}
