using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Payments.Checkouts;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform;

namespace Shop.Functions.Payments;

/// <summary>What the slice is made of.</summary>
public static class PaymentsServices
{
    public static IServiceCollection AddPayments(this IServiceCollection services, IConfiguration configuration) => services
        .AddSettings<StorefrontOptions>(configuration, StorefrontOptions.Section)
        .AddStripe(configuration)
        .AddPayPal(configuration)
        .AddSingleton<PaymentProviders>()
        .AddSingleton<ProviderFailures>()
        .AddSingleton<PaymentEvents>()
        .AddSingleton<CheckoutReconciler>()
        .AddSingleton<RefundReconciler>()
        .AddSingleton<InvoiceReconciler>()
        .AddSingleton<ReconciliationStore>();
}
