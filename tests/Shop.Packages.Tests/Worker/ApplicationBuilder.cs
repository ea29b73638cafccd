using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Shop.Packages.Tests.Worker;

public sealed class ApplicationBuilder
{
    [Fact]
    public void Nothing_logs_to_the_console_unless_the_app_asks_for_it()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Services.ShouldNotContain(service => IsConsoleLogger(service));

        builder.Logging.AddConsole();
        builder.Services.ShouldContain(service => IsConsoleLogger(service));
    }

    [Fact]
    public void Settings_given_on_the_command_line_count() =>
        FunctionsApplication.CreateBuilder(["--Storefront:Name=Shop"]).Configuration["Storefront:Name"].ShouldBe("Shop");

    [Fact]
    public void It_is_a_host_builder_and_a_worker_builder_over_the_same_services()
    {
        var builder = FunctionsApplication.CreateBuilder([]);

        ((IHostApplicationBuilder)builder).Services.ShouldBeSameAs(builder.Services);
        ((IFunctionsWorkerApplicationBuilder)builder).Services.ShouldBeSameAs(builder.Services);
        ((IHostApplicationBuilder)builder).Configuration.ShouldBeSameAs(builder.Configuration);
        ((IHostApplicationBuilder)builder).Environment.ShouldBeSameAs(builder.Environment);
    }

    [Fact]
    public void The_web_application_brings_the_services_of_mvc_and_takes_forwarded_headers()
    {
        var builder = FunctionsApplication.CreateBuilder([]);

        builder.ConfigureFunctionsWebApplication().ShouldBeSameAs(builder);
        using var host = builder.Build();

        host.Services.GetRequiredService<IModelMetadataProvider>().ShouldNotBeNull();
        host.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value.ForwardedHeaders.ShouldBe(ForwardedHeaders.All);
    }

    [Fact]
    public void Json_takes_property_names_in_any_case_and_the_worker_has_a_serializer()
    {
        using var host = FunctionsApplication.CreateBuilder([]).Build();

        host.Services.GetRequiredService<IOptions<JsonSerializerOptions>>().Value.PropertyNameCaseInsensitive.ShouldBeTrue();
        host.Services.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer.ShouldNotBeNull();
    }

    [Fact]
    public void An_app_is_built_once_and_takes_no_steps_afterwards()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        using var host = builder.Build();

        Should.Throw<InvalidOperationException>(builder.Build);
        Should.Throw<InvalidOperationException>(() => builder.Use(next => next));
    }

    [Fact]
    public void A_capability_is_denied_by_leaving_it_out()
    {
        var options = new WorkerOptions();
        options.IncludeEmptyEntriesInMessagePayload.ShouldBeTrue();

        options.IncludeEmptyEntriesInMessagePayload = false;

        options.Capabilities.ShouldNotContainKey("IncludeEmptyEntriesInMessagePayload");
        options.IncludeEmptyEntriesInMessagePayload.ShouldBeFalse();
    }

    /// <summary>
    /// Neither package starts without a Functions host: the vendor's misses the host's address, the stand-in is no worker.
    /// What the stand-in has to say is asserted where it is the one that was restored.
    /// </summary>
    [Fact]
    public async Task Without_a_functions_host_the_app_does_not_start_and_says_why()
    {
        using var host = FunctionsApplication.CreateBuilder([]).Build();

        var error = await Should.ThrowAsync<Exception>(() => host.StartAsync(TestContext.Current.CancellationToken));

        if (IsStandIn)
        {
            error.ShouldBeAssignableTo<InvalidOperationException>();
            error.Message.ShouldContain("dotnet run --project infra/local");
            error.ToString().ShouldBe(error.Message);
            error.Message.ShouldNotContain('\n');
        }
    }

    private static bool IsConsoleLogger(ServiceDescriptor service) =>
        service.ServiceType == typeof(ILoggerProvider) && service.ImplementationType == typeof(ConsoleLoggerProvider);

    private static bool IsStandIn =>
        typeof(FunctionsApplication).Assembly.GetCustomAttribute<AssemblyCompanyAttribute>()?.Company == "Shop.Functions";
}
