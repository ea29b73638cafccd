using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.Functions.Accounts;
using Shop.Functions.Catalogue;
using Shop.Functions.Messages;
using Shop.Functions.Orders;
using Shop.Functions.Payments;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy;

namespace Shop.Functions;

/// <summary>The whole app, slice by slice; the same under the Functions host in Azure and under the local one.</summary>
public static class ShopApplication
{
    /// <exception cref="InvalidOperationException">Storage is not configured.</exception>
    public static IFunctionsWorkerApplicationBuilder AddShop(this IFunctionsWorkerApplicationBuilder builder, IConfiguration configuration)
    {
        builder.UseMiddleware<ProblemMiddleware>();
        builder.UseMiddleware<AccessMiddleware>();

        builder.Services.AddSingleton(LocalClock.Of(configuration));
        builder.Services
            .AddStorage(configuration)
            .AddAccess(configuration)
            .AddAccounts()
            .AddCatalogue()
            .AddOrders(configuration)
            .AddPayments(configuration)
            .AddPrivacy(configuration)
            .AddMessages(configuration);
        return builder;
    }

    private static IServiceCollection AddCatalogue(this IServiceCollection services) => services.AddSingleton<CatalogueStore>();

    private static IServiceCollection AddOrders(this IServiceCollection services, IConfiguration configuration) => services
        .AddSettings<OrderOptions>(configuration, OrderOptions.Section)
        .AddSingleton<OrderStore>()
        .AddSingleton<OrderIndex>()
        .AddSingleton<ReconciliationSchedule>()
        .AddSingleton<ReviewList>()
        .AddSingleton<ReconciliationQueue>();

    private static IServiceCollection AddPayments(this IServiceCollection services, IConfiguration configuration)
    {
        // Stripe's library retries by itself; this bounds one try. The factory's own log of a call masks headers in its words,
        // and not in the values beside them, where structured logs would show the key.
        services.AddHttpClient(StripePayments.HttpClientName, http => http.Timeout = TimeSpan.FromSeconds(20))
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        // No redirects: nothing is ever fetched from PayPal that it names elsewhere.
        services.AddTransient<PayPalApiBase>();
        services.AddHttpClient(PayPalConnection.HttpClientName, http => http.Timeout = TimeSpan.FromSeconds(20))
            .RemoveAllLoggers()
            .AddHttpMessageHandler<PayPalApiBase>()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services
            .AddSettings<StorefrontOptions>(configuration, StorefrontOptions.Section)
            .AddSettings<StripeOptions>(configuration, StripeOptions.Section)
            .AddSettings<PayPalOptions>(configuration, PayPalOptions.Section)
            .AddSingleton(provider => StripePayments.ClientOf(
                provider.GetRequiredService<IOptions<StripeOptions>>(), provider.GetRequiredService<IHttpClientFactory>()))
            .AddSingleton<IPaymentProvider, StripePayments>()
            .AddSingleton<PayPalConnection>()
            .AddSingleton<PayPalCertificates>()
            .AddSingleton<PayPalVerifier>()
            .AddSingleton<IPaymentProvider, PayPalPayments>()
            .AddSingleton<PaymentProviders>()
            .AddSingleton<PaymentEvents>();
    }
}
