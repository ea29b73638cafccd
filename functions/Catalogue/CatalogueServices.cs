using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Platform;

namespace Shop.Functions.Catalogue;

/// <summary>What the slice is made of.</summary>
public static class CatalogueServices
{
    public static IServiceCollection AddCatalogue(this IServiceCollection services, IConfiguration configuration) => services
        .AddSettings<VatOptions>(configuration, VatOptions.Section)
        .AddSingleton<StockStore>()
        .AddSingleton<CatalogueStore>()
        .AddSingleton<StockedCatalogue>();
}
