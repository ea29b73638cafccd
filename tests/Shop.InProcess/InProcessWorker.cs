using System.Reflection;
using Google.Protobuf;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Local.Host.Worker.Rpc;

namespace Shop.InProcess;

/// <summary>
/// The parts of the vendor's worker that have no public name and are needed to speak with it without a wire. A version that names
/// them otherwise fails at the first test.
/// </summary>
internal static class InProcessWorker
{
    private static readonly Assembly Grpc = Assembly.Load("Microsoft.Azure.Functions.Worker.Grpc");
    private static readonly Assembly Core = typeof(FunctionContext).Assembly;
    private static readonly Assembly Web = typeof(FunctionsHostBuilderExtensions).Assembly;
    private static readonly Type Worker = Named(Core, "Microsoft.Azure.Functions.Worker.IWorker");
    private static readonly MethodInvoker StartWorker = MethodInvoker.Create(Worker.GetMethod("StartAsync")!);
    private static readonly MethodInvoker Process = MethodInvoker.Create(
        Named(Grpc, "Microsoft.Azure.Functions.Worker.Grpc.IMessageProcessor").GetMethod("ProcessMessageAsync")!);
    private static readonly MessageParser Parser = (MessageParser)Named(Grpc, "Microsoft.Azure.Functions.Worker.Grpc.Messages.StreamingMessage")
        .GetProperty("Parser")!.GetValue(null)!;
    private static readonly Func<IFunctionsWorkerApplicationBuilder, IFunctionsWorkerApplicationBuilder> AspNetCore =
        Named(Web, "Microsoft.Azure.Functions.Worker.WorkerBuilderExtensions").GetMethod("UseAspNetCoreIntegration", BindingFlags.Static | BindingFlags.NonPublic)!
            .CreateDelegate<Func<IFunctionsWorkerApplicationBuilder, IFunctionsWorkerApplicationBuilder>>();
    private static readonly Type Trace = Named(Web, "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore.Infrastructure.ExtensionTrace");

    // The worker looks for the functions' assembly there, and reads it from nowhere else.
    static InProcessWorker() => Environment.SetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY", AppContext.BaseDirectory);

    public static Type ClientFactory { get; } = Named(Grpc, "Microsoft.Azure.Functions.Worker.Grpc.IWorkerClientFactory");

    public static Type Client { get; } = Named(Grpc, "Microsoft.Azure.Functions.Worker.Grpc.IWorkerClient");

    public static Type Coordinator { get; } = Named(Web, "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore.IHttpCoordinator");

    /// <summary>What <c>FunctionsApplication.CreateBuilder</c> registers, without the wire, a web server of its own and the host's log.</summary>
    public static IFunctionsWorkerApplicationBuilder AddInProcessWorker(this IServiceCollection services, InProcessChannel channel)
    {
        var builder = services.AddFunctionsWorkerDefaults();
        foreach (var own in services.Where(service => IsOfWorker(service) && (service.ServiceType == typeof(IHostedService) || service.ServiceType == typeof(ILoggerProvider))).ToList())
            services.Remove(own);
        services.AddSingleton(ClientFactory, WithoutWire.Factory(channel));
        services.AddSingleton(Trace);
        return builder;
    }

    public static void UseAspNetCoreIntegration(this IFunctionsWorkerApplicationBuilder builder) => AspNetCore(builder);

    /// <summary>Has the worker ask for its connection.</summary>
    public static Task StartAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        (Task)StartWorker.Invoke(services.GetRequiredService(Worker), cancellationToken)!;

    /// <summary>Hands a message to the worker, which answers when it likes.</summary>
    public static void Hand(object worker, StreamingMessage message) => Process.Invoke(worker, Parser.ParseFrom(message.ToByteArray()));

    private static bool IsOfWorker(ServiceDescriptor service) => service is { IsKeyedService: false, ImplementationType: { } type } && type.Assembly == Core;

    private static Type Named(Assembly assembly, string name) => assembly.GetType(name, throwOnError: true)!;
}
