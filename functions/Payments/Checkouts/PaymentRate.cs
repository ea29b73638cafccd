using Shop.Functions.Orders;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Payments.Checkouts;

/// <summary>How often an account may ask for what asks a payment provider: the providers' own limits are for all customers together.</summary>
internal static class PaymentRate
{
    public static RateRule Of(OrderOptions options) => new("payment", options.PaymentsAnHour, TimeSpan.FromHours(1)) { Unstored = options.PaymentsAnHour / 10 };
}
