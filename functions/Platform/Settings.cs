using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Shop.Functions.Platform;

/// <summary>How a slice registers its settings.</summary>
public static class Settings
{
    /// <summary>Settings are checked when the app starts, not when the first customer needs them.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IValidateOptions<T>>(new SettingValues<T>(section, Deployment.IsLocal(configuration)));
    }
}
