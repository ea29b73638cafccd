using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Configuration;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Registers the worker's options, its pipeline as a <see cref="FunctionExecutionDelegate"/> and, in this stand-in, a hosted service that refuses to start. Called again, it answers with the same builder.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IFunctionsWorkerApplicationBuilder AddFunctionsWorkerCore(
        this IServiceCollection services, Action<WorkerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IPostConfigureOptions<WorkerOptions>, DefaultSerializer>());
        services.AddHostedService<StandInNotice>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        var existing = services.FirstOrDefault(service => service.ServiceType == typeof(IFunctionsWorkerApplicationBuilder));
        if (existing?.ImplementationInstance is IFunctionsWorkerApplicationBuilder builder)
        {
            return builder;
        }

        builder = new FunctionsWorkerApplicationBuilder(services);
        services.AddSingleton(builder);
        return builder;
    }

    private sealed class DefaultSerializer(IOptions<JsonSerializerOptions> json) : IPostConfigureOptions<WorkerOptions>
    {
        public void PostConfigure(string? name, WorkerOptions options) => options.Serializer ??= new JsonObjectSerializer(json.Value);
    }
}
