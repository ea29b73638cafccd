using Microsoft.Extensions.Configuration;

namespace Shop.Functions.Platform;

/// <summary>Where the app runs.</summary>
public static class Deployment
{
    /// <summary>What the platform sets on every instance of some plan; the host itself tells by these where it runs (Azure/azure-functions-host, EnvironmentExtensions).</summary>
    public static IReadOnlyList<string> OfThePlatform { get; } = ["WEBSITE_INSTANCE_ID", "WEBSITE_POD_NAME", "WEBSITE_HOME_STAMPNAME", "CONTAINER_NAME"];

    /// <returns>True on a developer's machine. Whoever starts the app there says so; without a word it is a deployment.</returns>
    public static bool IsLocal(IConfiguration configuration) =>
        configuration["AZURE_FUNCTIONS_ENVIRONMENT"] == "Development" && !OfThePlatform.Any(name => configuration[name] is { Length: > 0 });
}
