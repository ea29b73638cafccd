using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Identity.Web;

namespace Shop.Functions.Platform.Access;

/// <summary>What sign-in and access rules are made of.</summary>
public static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<AccessRules>();
        var isLocal = Deployment.IsLocal(configuration);
        services.AddSettings<SignInOptions>(configuration, SignInOptions.Section);
        // Whoever is between could hand out signing keys of their own.
        services.AddOptions<SignInOptions>()
            .Validate(signIn => isLocal || signIn.Instance?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) != false, "AzureAd__Instance is not https: set the sign-in authority, for instance https://contoso.ciamlogin.com/.")
            .Validate(_ => isLocal || configuration[$"{SignInOptions.Section}:RequireHttpsMetadata"] is null or "true" or "True", "AzureAd__RequireHttpsMetadata must not be set in a deployment.");
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddMicrosoftIdentityWebApi(configuration.GetSection(SignInOptions.Section));
        return services;
    }
}
