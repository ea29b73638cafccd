using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Local.Host;

/// <summary>
/// Builds the web server and whatever runs the functions as one host. A plain host and not a WebApplication: that one would slip
/// authentication into the pipeline wherever its services are registered, and the Functions worker has no such step.
/// </summary>
internal static class WebServer
{
    /// <summary>The largest request body of the Functions host.</summary>
    private const long MaxRequestBody = 104_857_600;

    /// <summary>How long Azure's load balancer keeps a connection on which nothing passes (its default idle time-out).</summary>
    private static readonly TimeSpan IdleConnection = TimeSpan.FromMinutes(4);

    public static IHost Build(FunctionHostOptions options, HostJson hostJson, Action<IHostBuilder> configure, Action<IEndpointRouteBuilder> map)
    {
        var builder = new HostBuilder()
            .UseEnvironment(options.Configuration["AZURE_FUNCTIONS_ENVIRONMENT"] ?? Environments.Development)
            .ConfigureAppConfiguration(configuration => configuration.AddConfiguration(options.Configuration))
            .UseDefaultServiceProvider(provider => provider.ValidateScopes = provider.ValidateOnBuild = true)
            .ConfigureLogging(logging =>
            {
                // One line per call is said here already; a filter of the caller's own comes later and wins.
                logging.AddFilter("Microsoft", LogLevel.Warning);
                options.Logging?.Invoke(logging);
            })
            .ConfigureWebHost(web => web
                .UseKestrelCore()
                .ConfigureKestrel(kestrel =>
                {
                    kestrel.AddServerHeader = false;
                    kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
                    kestrel.Limits.KeepAliveTimeout = IdleConnection;
                    kestrel.Listen(IPAddress.Loopback, options.Port);
                })
                .ConfigureServices(services =>
                {
                    services.AddSingleton<IHostLifetime, LifetimeOfTheProcess>();
                    services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownGrace);
                    services.AddRouting();
                    services.AddCors();
                })
                .Configure(app => Pipeline(app, options, hostJson, map)));
        configure(builder);
        return builder.Build();
    }

    private static void Pipeline(IApplicationBuilder app, FunctionHostOptions options, HostJson hostJson, Action<IEndpointRouteBuilder> map)
    {
        var frontEnd = new FrontEnd(options.FrontEndClock, app.ApplicationServices.GetRequiredService<ILoggerFactory>());
        PathString prefix = hostJson.RoutePrefix.Length == 0 ? PathString.Empty : $"/{hostJson.RoutePrefix}";
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(prefix),
            api => api.Use(frontEnd.PassAsync).Use(HttpFunctions.AddHeaders(hostJson.CustomHeaders)));
        if (options.CorsOrigins.Count > 0)
            app.UseCors(policy => policy.WithOrigins([.. options.CorsOrigins]).AllowAnyHeader().AllowAnyMethod());
        app.UseRouting();
        app.Use(HttpFunctions.RefuseOtherMethods);
        app.UseEndpoints(map);
    }
}
