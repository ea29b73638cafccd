using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using Shop.Functions.Platform.Telemetry;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Platform.Telemetry;

/// <summary>Which spans leave the app, with what in them, and where a message's trace stands.</summary>
[Collection(nameof(WholeProcess))]
public sealed class SpanTests
{
    private const string Sent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [InlineData("ReadProduct", true)]
    [InlineData("SweepOrders", false)]
    [InlineData("ApplyPaymentEvent", false)]
    [InlineData("ReportReadiness", false)]
    public void A_request_is_told_with_its_calls_and_a_timer_that_only_asks_is_not(string function, bool isTold)
    {
        using var worker = new ActivitySource("test.worker");
        using var calls = new ActivitySource("test.calls");
        var told = new List<Activity>();
        using var provider = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource(worker.Name, calls.Name).SetSampler(new InvocationSampler()).AddInMemoryExporter(told).Build();

        // Whoever calls says that nothing is to be recorded.
        var caller = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);
        using (worker.StartActivity($"function {function}", ActivityKind.Internal, caller, [new("faas.name", function)]))
        using (calls.StartActivity("a call", ActivityKind.Client)) { }
        // Of nobody's request.
        Activity.Current = null;
        using (calls.StartActivity("keys", ActivityKind.Client)) { }

        told.Count.ShouldBe(isTold ? 2 : 0);
    }

    [Fact]
    public void A_storage_call_is_one_span_with_its_address_and_no_words_of_an_exception_leave()
    {
        using var storage = new ActivitySource("Azure.Data.Tables.Test");
        using var http = new ActivitySource("test.http");
        var told = new List<Activity>();
        using var provider = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource(storage.Name, http.Name).AddProcessor(new SpanProcessor()).AddInMemoryExporter(told).Build();

        foreach (var status in (int[])[412, 500])
        {
            using var call = storage.StartActivity("TableClient.UpdateEntity")!;
            using (http.StartActivity("PUT")!.SetTag("url.full", "http://127.0.0.1/orders(PartitionKey='p',RowKey='order')").SetTag("http.response.status_code", status)) { }
            call.SetStatus(ActivityStatusCode.Error, "Ada Lovelace cannot be changed");
        }

        told.Count.ShouldBe(2);
        told.ShouldAllBe(span => (string?)span.GetTagItem("url.full") == "http://127.0.0.1/orders" && span.StatusDescription == null);
        told.Select(span => span.Status).ShouldBe([ActivityStatusCode.Unset, ActivityStatusCode.Error], "a lost race is an answer");
    }

    /// <summary>Azure's exporter sets a sampler of its own, and its first span goes nowhere: there is no such place.</summary>
    [Fact]
    public void With_application_insights_idle_timers_are_not_told_either()
    {
        using var services = Services(
            ("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=http://127.0.0.1:9/"));
        using var worker = new ActivitySource("Microsoft.Azure.Functions.Worker");
        services.GetRequiredService<TracerProvider>();

        using (var timer = worker.StartActivity("function SweepOrders", ActivityKind.Internal, default(ActivityContext), [new("faas.name", "SweepOrders")]))
            timer!.Recorded.ShouldBeFalse();
        using (var request = worker.StartActivity("function ReadProduct", ActivityKind.Internal, default(ActivityContext), [new("faas.name", "ReadProduct")]))
            request!.Recorded.ShouldBeTrue();
    }

    [Fact]
    public void Without_a_place_to_tell_it_to_nothing_is_made()
    {
        using var services = Services();
        services.GetService<TracerProvider>().ShouldBeNull();
    }

    [Theory]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "@Microsoft.KeyVault(SecretUri=https://kv.example/x)")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost")]
    public void A_place_that_is_none_ends_the_start_and_is_named(string setting, string value) =>
        Should.Throw<InvalidOperationException>(() => Services((setting, value))).Message.ShouldStartWith(setting);

    [Fact]
    public void A_message_is_the_same_in_whichever_trace_it_comes()
    {
        const string Message = """{"provider":"stripe","eventId":"evt_1"}""";
        var traced = Message.Insert(Message.Length - 1, $",\"trace\":\"{Sent}\"");

        MessageTrace.Of(traced)!.Value.TraceId.ToHexString().ShouldBe("0af7651916cd43dd8448eb211c80319c");
        MessageTrace.Of(Message).ShouldBeNull();
        MessageTrace.Without(traced).ShouldBe(Message);
        MessageTrace.Without("no trace"u8).ToArray().ShouldBe("no trace"u8.ToArray());
        Shop.Functions.Platform.DeadLetters.DeadLetterRow.RowKeyOf(System.Text.Encoding.UTF8.GetBytes(traced))
            .ShouldBe(Shop.Functions.Platform.DeadLetters.DeadLetterRow.RowKeyOf(System.Text.Encoding.UTF8.GetBytes(Message)), "it fails as one dead letter");
    }

    private static ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value)).Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddTelemetry(configuration).BuildServiceProvider();
    }
}
