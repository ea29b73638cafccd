using Microsoft.Extensions.DependencyInjection;

namespace Shop.Functions.Tracking;

/// <summary>What the slice is made of.</summary>
public static class TrackingServices
{
    public static IServiceCollection AddTracking(this IServiceCollection services) => services.AddSingleton<OpenStreams>();
}
