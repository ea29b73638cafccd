using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Platform.Visitors;

/// <summary>What holds back floods.</summary>
public static class VisitorsServices
{
    public static IServiceCollection AddVisitors(this IServiceCollection services) => services
        .PostConfigure<ForwardedHeadersOptions>(AsAzureSendsThem)
        .AddSingleton<RateCountStore>()
        .AddSingleton<RateLimits>()
        .AddSingleton<ProofOfWork>()
        .AddSingleton<VisitorForms>();

    /// <summary>
    /// Azure's front end appends the address that it saw to X-Forwarded-For, behind whatever the client sent under that name, so only
    /// the last entry is its word. The worker would also take over the host, scheme and prefix from such headers, which nothing here
    /// asks for and whoever asks can choose. They count from the Functions host only, which is on this very machine.
    /// </summary>
    private static void AsAzureSendsThem(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
        options.ForwardLimit = 1;
    }
}
