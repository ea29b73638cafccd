using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Platform;

namespace Shop.Functions.Carriers;

/// <summary>What the slice is made of.</summary>
public static class CarriersServices
{
    public static IServiceCollection AddCarriers(this IServiceCollection services, IConfiguration configuration) => services
        .AddSettings<CarrierOptions>(configuration, CarrierOptions.Section)
        .AddSingleton<CarrierEvents>();
}
