using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Logging;

namespace Microsoft.Identity.Web;

/// <summary>What the builders of authentication schemes have in common.</summary>
public class MicrosoftIdentityBaseAuthenticationBuilder
{
    protected MicrosoftIdentityBaseAuthenticationBuilder(IServiceCollection services, IConfigurationSection? configurationSection = null)
    {
        Services = services;
        ConfigurationSection = configurationSection;
        IdentityModelEventSource.ShowPII = configurationSection?.GetValue<bool>("EnablePiiLogging") ?? false;
    }

    public IServiceCollection Services { get; private set; }

    protected IConfigurationSection? ConfigurationSection { get; set; }
}
