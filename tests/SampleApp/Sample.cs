using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SampleApp;

/// <summary>What both ways to run the app have in common.</summary>
public static class Sample
{
    /// <summary>Written by a process that was asked to end, and not by one that was killed.</summary>
    public const string LastWords = "The sample app has ended.";

    /// <summary>Registers what the Functions SDK generated for the functions of this assembly.</summary>
    public static void Generated(IHostBuilder host)
    {
        WorkerHostBuilderFunctionMetadataProviderExtension.ConfigureGeneratedFunctionMetadataProvider(host);
        FunctionExecutorHostBuilderExtensions.ConfigureGeneratedFunctionExecutor(host);
    }

    public static void Configure(IFunctionsWorkerApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReceivedMessages>();
        foreach (var step in (string[])["first", "second"])
        {
            builder.UseMiddleware(async (context, next) =>
            {
                Steps.Of(context).Add($"{step} in");
                await next();
                Steps.Of(context).Add($"{step} out");
            });
        }
    }
}
