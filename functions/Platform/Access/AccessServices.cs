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
        services.AddSettings<SignInOptions>(configuration, SignInOptions.Section);
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddMicrosoftIdentityWebApi(configuration.GetSection(SignInOptions.Section));
        return services;
    }
}
