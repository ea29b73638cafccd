using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Newsletter.VerticalResponse;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Newsletter;

/// <summary>What the slice is made of.</summary>
public static class NewsletterServices
{
    public static IServiceCollection AddNewsletter(this IServiceCollection services, IConfiguration configuration)
    {
        // The factory's own log of a call would show the address that is asked for.
        services.AddHttpClient(VerticalResponseList.HttpClientName, http => http.Timeout = TimeSpan.FromSeconds(20))
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10), AllowAutoRedirect = false })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services
            .AddSettings<NewsletterOptions>(configuration, NewsletterOptions.Section)
            .AddSingleton<IMailingList, VerticalResponseList>()
            .AddSingleton<IRecipient, NewsletterRecipient>()
            .AddSingleton<NewsletterPost>();
    }
}
