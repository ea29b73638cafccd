using Microsoft.Extensions.Configuration;

namespace Shop.Functions.Platform;

/// <summary>Where the app runs.</summary>
public static class Deployment
{
    /// <returns>True on a developer's machine. Whoever starts the app there says so; without a word it is a deployment.</returns>
    public static bool IsLocal(IConfiguration configuration) =>
        configuration["AZURE_FUNCTIONS_ENVIRONMENT"] == "Development" && configuration["WEBSITE_INSTANCE_ID"] is null;
}
