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

    public static Problem CurrencyNotTaken { get; } =
        new(409, "currency-not-taken", "This provider does not take the order's currency, or not with its decimals. Choose another provider.");

    /// <summary>The provider understood the request and turned it down: trying again will not help.</summary>
    public static Problem Refused { get; } = new(502, "provider-refused", "The payment provider does not accept this payment.");
}
