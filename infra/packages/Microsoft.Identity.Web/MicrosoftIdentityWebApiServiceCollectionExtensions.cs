using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Identity.Web;

public static partial class MicrosoftIdentityWebApiServiceCollectionExtensions
{
    /// <summary>Adds authentication with the scheme as its default, and the scheme.</summary>
    public static MicrosoftIdentityWebApiAuthenticationBuilderWithConfiguration AddMicrosoftIdentityWebApiAuthentication(
        this IServiceCollection services,
        IConfiguration configuration,
        string configSectionName = Constants.AzureAd,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme,
        bool subscribeToJwtBearerMiddlewareDiagnosticsEvents = false) =>
        services.AddAuthentication(jwtBearerScheme).AddMicrosoftIdentityWebApi(
            configuration, configSectionName, jwtBearerScheme, subscribeToJwtBearerMiddlewareDiagnosticsEvents);
}
