using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Functions.Platform.Links;

/// <summary>What signed links are made of.</summary>
public static class LinksServices
{
    public static IServiceCollection AddSignedLinks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<LinkOptions>(configuration, LinkOptions.Section);
        services.AddOptions<LinkOptions>()
            // What Azure tells every app of itself; a domain of the company's own goes before it.
            .PostConfigure(links => links.Address ??= configuration["WEBSITE_HOSTNAME"] is { Length: > 0 } host ? $"https://{host}" : null)
            .Validate(links => links.HasAddress, "Links__Address is missing or no https address without a path: set where this API answers, for instance https://api.example.com.");
        return services.AddSingleton<SignedLinks>();
    }
}
