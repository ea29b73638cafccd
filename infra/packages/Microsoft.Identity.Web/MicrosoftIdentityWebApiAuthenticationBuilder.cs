using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Identity.Web;

/// <summary>An API's scheme. The vendor's can go on to call other APIs in the user's name, which nothing here does.</summary>
public class MicrosoftIdentityWebApiAuthenticationBuilder : MicrosoftIdentityBaseAuthenticationBuilder
{
    internal MicrosoftIdentityWebApiAuthenticationBuilder(IServiceCollection services, IConfigurationSection? configurationSection)
        : base(services, configurationSection)
    {
    }
}

/// <summary>The same, configured from a section of the settings.</summary>
public class MicrosoftIdentityWebApiAuthenticationBuilderWithConfiguration : MicrosoftIdentityWebApiAuthenticationBuilder
{
    internal MicrosoftIdentityWebApiAuthenticationBuilderWithConfiguration(
        IServiceCollection services, IConfigurationSection configurationSection)
        : base(services, configurationSection)
    {
    }
}
