using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Orders;
using Shop.Functions.Platform;

namespace Shop.Functions.Payments.PayPal;

/// <summary>What this provider is made of.</summary>
public static class PayPalServices
{
    public static IServiceCollection AddPayPal(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddTransient<PayPalApiBase>();
        // No redirects: nothing is ever fetched from PayPal that it names elsewhere.
        services.AddHttpClient(PayPalConnection.HttpClientName, http => http.Timeout = TimeSpan.FromSeconds(20))
            .RemoveAllLoggers()
            .AddHttpMessageHandler<PayPalApiBase>()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddOptions<PayPalOptions>().Validate(
            paypal => Deployment.IsLocal(configuration) || string.IsNullOrEmpty(paypal.SandboxRootCertificate),
            "PayPal__SandboxRootCertificate must not be set in a deployment: anybody who has its key could sign events.");
        return services
            .AddSettings<PayPalOptions>(configuration, PayPalOptions.Section)
            .AddSingleton<PayPalConnection>()
            .AddSingleton<PayPalCertificates>()
            .AddSingleton<PayPalVerifier>()
            .AddSingleton<PayPalPayments>()
            .AddSingleton<IPaymentProvider>(provider => provider.GetRequiredService<PayPalPayments>())
            .AddSingleton<IPaymentLimits>(provider => provider.GetRequiredService<PayPalPayments>());
    }
}
