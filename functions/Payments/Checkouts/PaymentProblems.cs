using Shop.Functions.Orders;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.Checkouts;

/// <summary>Why a customer cannot pay right now.</summary>
public static class PaymentProblems
{
    public static Problem OrderClosed { get; } = new(409, "order-closed", "The order is cancelled or has expired; place it again.");

    public static Problem AlreadyPaid { get; } = new(409, "already-paid", "The order is paid.");

    public static Problem PaymentPending { get; } =
        new(409, "payment-pending", "A payment for this order is on its way; wait for it to be confirmed.");

    public static Problem UnderReview { get; } = new(409, "under-review", "A person is looking at this order's payment.");

    public static Problem TooManyAttempts { get; } = new(409, "too-many-attempts", "There have been too many attempts to pay this order.");

    public static Problem AlreadyOver { get; } = new(409, "payment-over", "This payment page is already used. Read the order to see how it ended.");

    public static Problem OtherCard { get; } =
        new(409, "choose-another-card", "The payment was declined. Go back to the payment page and choose another card or another way to pay.");

    public static Problem OtherPage { get; } =
        new(409, "start-payment-again", "The payment was declined and its page is over. Start the payment again, with another account or card or at another provider.");

    public static Problem OtherProvider { get; } =
        new(409, "choose-another-provider", "This provider does not take payment for this order: not from this customer, not in its currency, or not this much or this little. Choose another one.");

    /// <summary>The provider understood the request and turned it down: trying again will not help.</summary>
    public static Problem Refused { get; } =
        new(502, "provider-refused", "The payment provider does not accept this payment, and the shop has to look at it. Choose another provider, or get in touch.");

    /// <summary>What the customer can do after a refusal.</summary>
    public static Problem Of(Remedy remedy) => remedy switch
    {
        Remedy.TryAgain => Problem.Unavailable,
        Remedy.OtherCard => OtherCard,
        Remedy.OtherPage => OtherPage,
        Remedy.Never => OtherProvider,
        _ => Refused,
    };
}
