using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments;

/// <summary>
/// What this shop asks of a payment provider. Every answer comes back as <see cref="PaymentEvent"/>s, the same as
/// webhooks would bring, so that it does not matter which of the two is heard first. Every member throws
/// <see cref="PaymentRefusedException"/> when the provider understands and turns it down, and
/// <see cref="UnavailableException"/> when it does not answer.
/// </summary>
public interface IPaymentProvider : IPaymentLimits
{
    /// <summary>Whether the app has the provider's secrets; while it has not, <see cref="PaymentProviders"/> asks nothing of it.</summary>
    bool IsSetUp { get; }

    /// <summary>Under which terms it would open a checkout of this order. No call.</summary>
    CheckoutTerms TermsOf(Order order);

    /// <summary>Opens the checkout of a stored attempt; the same attempt always gets the same one.</summary>
    Task<IReadOnlyList<PaymentEvent>> OpenCheckoutAsync(Order order, Checkout attempt, CancellationToken cancellation);

    /// <summary>How a checkout stands that the provider has given an id, and the money that came of it.</summary>
    Task<IReadOnlyList<PaymentEvent>> FetchCheckoutAsync(Checkout checkout, CancellationToken cancellation);

    /// <summary>How a capture stands by itself, where the provider may not show its checkout any more; null where it always does.</summary>
    Task<PaymentEvent?> FetchCaptureAsync(LedgerEntry capture, CancellationToken cancellation) => Task.FromResult<PaymentEvent?>(null);

    /// <summary>Takes the money of a checkout that the customer has approved; once, however often it is called.</summary>
    Task<IReadOnlyList<PaymentEvent>> CaptureAsync(Order order, Checkout checkout, CancellationToken cancellation);

    /// <summary>Closes a checkout, so that no payment comes of it any more; if one has, that is the answer.</summary>
    Task<IReadOnlyList<PaymentEvent>> CloseCheckoutAsync(Checkout checkout, CancellationToken cancellation);

    /// <summary>Every refund of a capture that the provider lists, whoever made it.</summary>
    /// <returns>None when the provider does not know the capture: the refund itself will be refused as well, and that counts.</returns>
    /// <exception cref="PaymentRefusedException">It does not tell, for another reason: there may be some.</exception>
    Task<IReadOnlyList<PaymentEvent>> FetchRefundsAsync(Order order, LedgerEntry capture, CancellationToken cancellation);

    /// <summary>Every dispute of a capture that the provider lists, as it stands.</summary>
    Task<IReadOnlyList<Translation>> FetchDisputesAsync(LedgerEntry capture, CancellationToken cancellation);

    /// <summary>
    /// Sends money back. The idempotency key makes it once, as long as the provider remembers keys: ask for
    /// <see cref="FetchRefundsAsync"/> first.
    /// </summary>
    Task<PaymentEvent> RefundAsync(Order order, OwedRefund owed, CancellationToken cancellation);

    /// <summary>How a refund stands.</summary>
    Task<PaymentEvent> FetchRefundAsync(LedgerEntry refund, CancellationToken cancellation);

    /// <returns>The order that a capture was for; null when the capture is not this shop's, or the provider has none under this id: it is another kind of payment then.</returns>
    Task<string?> FindOrderIdAsync(string captureId, CancellationToken cancellation);

    /// <summary>One event of the provider's own list, as if it had just been delivered.</summary>
    Task<Translation> FetchEventAsync(string eventId, CancellationToken cancellation);

    /// <summary>A page of what the provider has told since <paramref name="from"/> and before <paramref name="to"/>, newest first.</summary>
    /// <param name="after">What the page before says comes next; null for the first one.</param>
    Task<EventPage> FetchEventsAsync(DateTimeOffset from, DateTimeOffset to, string? after, CancellationToken cancellation);
}
