using Microsoft.Extensions.DependencyInjection;

namespace Shop.Functions.Catalogue;

/// <summary>What the slice is made of.</summary>
public static class CatalogueServices
{
    public static IServiceCollection AddCatalogue(this IServiceCollection services) => services.AddSingleton<CatalogueStore>();
}
