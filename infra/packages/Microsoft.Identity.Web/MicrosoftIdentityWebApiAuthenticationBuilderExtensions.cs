using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Web.Resource;

namespace Microsoft.Identity.Web;

/// <summary>
/// Protects an API with bearer tokens of the Microsoft identity platform, or of an authority that behaves as it does.
/// The section's keys are read into <see cref="MicrosoftIdentityOptions"/> and <see cref="JwtBearerOptions"/> alike.
/// </summary>
public static partial class MicrosoftIdentityWebApiAuthenticationBuilderExtensions
{
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static MicrosoftIdentityWebApiAuthenticationBuilderWithConfiguration AddMicrosoftIdentityWebApi(
        this AuthenticationBuilder builder,
        IConfiguration configuration,
        string configSectionName = Constants.AzureAd,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme,
        bool subscribeToJwtBearerMiddlewareDiagnosticsEvents = false)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(configSectionName);
        return builder.AddMicrosoftIdentityWebApi(
            configuration.GetSection(configSectionName), jwtBearerScheme, subscribeToJwtBearerMiddlewareDiagnosticsEvents);
    }

    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static MicrosoftIdentityWebApiAuthenticationBuilderWithConfiguration AddMicrosoftIdentityWebApi(
        this AuthenticationBuilder builder,
        IConfigurationSection configurationSection,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme,
        bool subscribeToJwtBearerMiddlewareDiagnosticsEvents = false)
    {
        ArgumentNullException.ThrowIfNull(configurationSection);
        ArgumentNullException.ThrowIfNull(builder);
        AddBearer(builder, options => configurationSection.Bind(options), jwtBearerScheme, subscribeToJwtBearerMiddlewareDiagnosticsEvents);
        builder.Services.Configure<MicrosoftIdentityOptions>(jwtBearerScheme, options => configurationSection.Bind(options));
        return new(builder.Services, configurationSection);
    }

    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static MicrosoftIdentityWebApiAuthenticationBuilder AddMicrosoftIdentityWebApi(
        this AuthenticationBuilder builder,
        Action<JwtBearerOptions> configureJwtBearerOptions,
        Action<MicrosoftIdentityOptions> configureMicrosoftIdentityOptions,
        string jwtBearerScheme = JwtBearerDefaults.AuthenticationScheme,
        bool subscribeToJwtBearerMiddlewareDiagnosticsEvents = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configureJwtBearerOptions);
        ArgumentNullException.ThrowIfNull(configureMicrosoftIdentityOptions);
        AddBearer(builder, configureJwtBearerOptions, jwtBearerScheme, subscribeToJwtBearerMiddlewareDiagnosticsEvents);
        builder.Services.Configure(jwtBearerScheme, configureMicrosoftIdentityOptions);
        return new(builder.Services, null);
    }

    private static void AddBearer(AuthenticationBuilder builder, Action<JwtBearerOptions> configure, string scheme, bool withDiagnostics)
    {
        builder.AddJwtBearer(scheme, configure);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddHttpClient();
        builder.Services.AddAuthorization();
        builder.Services.AddOptions<AadIssuerValidatorOptions>();
        builder.Services.TryAddSingleton<MicrosoftIdentityIssuerValidatorFactory>();
        if (withDiagnostics)
        {
            builder.Services.AddTransient<IJwtBearerMiddlewareDiagnostics, JwtBearerMiddlewareDiagnostics>();
        }

        builder.Services.AddOptions<JwtBearerOptions>(scheme).Configure<IServiceProvider, IOptionsMonitor<MicrosoftIdentityOptions>>(
            (bearer, services, identity) =>
            {
                var issuers = services.GetRequiredService<MicrosoftIdentityIssuerValidatorFactory>();
                EntraTokens.Require(bearer, identity.Get(scheme), issuers, scheme);
                if (withDiagnostics)
                {
                    services.GetRequiredService<IJwtBearerMiddlewareDiagnostics>().Subscribe(bearer.Events);
                }
            });
    }
}
