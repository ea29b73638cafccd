using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Functions;
using Shop.Functions.Payments.Checkouts;
using Shop.Functions.Platform.Links;
using Shop.Local;
using Shop.Local.Host;

namespace Shop.InProcess;

/// <summary>The shop with its app in this process, where a test can put in a clock, a fault or a pause.</summary>
public static class InProcessShop
{
    /// <param name="replace">Replaces what the app registers.</param>
    public static LocalShopOptions InThisProcess(this LocalShopOptions options, Action<IServiceCollection>? replace = null) => options with
    {
        App = settings => new InProcessApp(
            host =>
            {
                WorkerHostBuilderFunctionMetadataProviderExtension.ConfigureGeneratedFunctionMetadataProvider(host);
                FunctionExecutorHostBuilderExtensions.ConfigureGeneratedFunctionExecutor(host);
            },
            (builder, addWeb) => builder.AddShop(settings, addWeb))
        {
            Override = services =>
            {
                services.AddSingleton(options.Clock);
                replace?.Invoke(services);
            },
            Listening = TellAddress,
        },
    };

    /// <summary>
    /// Customers may be sent back to the storefront that is served here, besides those in the settings, and links in mails lead
    /// here. The port is known only once the host listens, and the app's settings are read and checked before that.
    /// </summary>
    private static void TellAddress(FunctionHost host)
    {
        host.Services.GetRequiredService<IOptions<LinkOptions>>().Value.Address = host.Address.ToString();
        var origins = host.Services.GetRequiredService<IOptions<StorefrontOptions>>().Value.Origins;
        foreach (var name in (string[])[host.Address.Host, "localhost"]) origins.Add($"{host.Address.Scheme}://{name}:{host.Address.Port}");
    }
}
