using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Platform;
using Stripe;

namespace Shop.Functions.Payments.Stripe;

/// <summary>What this provider is made of.</summary>
public static class StripeServices
{
    public static IServiceCollection AddStripe(this IServiceCollection services, IConfiguration configuration)
    {
        // Stripe's library retries by itself; this bounds one try. The factory's own log of a call masks headers in its words,
        // and not in the values beside them, where structured logs would show the key.
        services.AddHttpClient(StripePayments.HttpClientName, http => http.Timeout = TimeSpan.FromSeconds(20))
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services
            .AddSettings<StripeOptions>(configuration, StripeOptions.Section)
            .AddSingleton(provider => ClientOf(provider, retries: 2))
            .AddKeyedSingleton(StripePayments.Once, (provider, _) => ClientOf(provider, retries: 0))
            .AddSingleton<StripePayments>()
            .AddSingleton<IPaymentProvider>(provider => provider.GetRequiredService<StripePayments>())
            .AddSingleton<IPaymentLimits>(provider => provider.GetRequiredService<StripePayments>());
    }

    private static StripeClient ClientOf(IServiceProvider provider, int retries) => StripePayments.ClientOf(
        provider.GetRequiredService<IOptions<StripeOptions>>(), provider.GetRequiredService<IHttpClientFactory>(), retries);
}
