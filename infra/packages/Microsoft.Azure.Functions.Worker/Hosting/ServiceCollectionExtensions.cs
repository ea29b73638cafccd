using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class ServiceCollectionExtensions
{
    /// <summary>Registers the worker with JSON that takes property names in any case.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IFunctionsWorkerApplicationBuilder AddFunctionsWorkerDefaults(
        this IServiceCollection services, Action<WorkerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Transient<IConfigureOptions<JsonSerializerOptions>, AnyCaseNames>());
        return services.AddFunctionsWorkerCore(configure);
    }

    private sealed class AnyCaseNames : IConfigureOptions<JsonSerializerOptions>
    {
        public void Configure(JsonSerializerOptions options) => options.PropertyNameCaseInsensitive = true;
    }
}
