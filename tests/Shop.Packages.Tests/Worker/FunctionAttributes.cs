using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;

namespace Shop.Packages.Tests.Worker;

public sealed class FunctionAttributes
{
    [Fact]
    public void A_function_tells_its_name() =>
        Method(nameof(Samples.Order)).GetCustomAttribute<FunctionAttribute>()!.Name.ShouldBe("place-order");

    [Fact]
    public void An_http_trigger_tells_level_methods_and_route()
    {
        var trigger = Trigger<HttpTriggerAttribute>(nameof(Samples.Order));

        trigger.AuthLevel.ShouldBe(AuthorizationLevel.Anonymous);
        trigger.Methods.ShouldBe(["post", "put"]);
        trigger.Route.ShouldBe("orders/{id}");
    }

    [Fact]
    public void An_http_trigger_without_arguments_asks_for_a_function_key_and_lets_every_method_in()
    {
        new HttpTriggerAttribute().AuthLevel.ShouldBe(AuthorizationLevel.Function);
        new HttpTriggerAttribute().Methods.ShouldBeNull();
        new HttpTriggerAttribute().Route.ShouldBeNull();
        new HttpTriggerAttribute(AuthorizationLevel.Admin).Methods.ShouldBeNull();
    }

    [Fact]
    public void An_http_trigger_with_methods_only_asks_for_no_key() =>
        new HttpTriggerAttribute("get").AuthLevel.ShouldBe(AuthorizationLevel.Anonymous);

    [Fact]
    public void A_queue_trigger_tells_queue_and_connection()
    {
        var trigger = Trigger<QueueTriggerAttribute>(nameof(Samples.Message));

        trigger.QueueName.ShouldBe("%Queues:Orders%");
        trigger.Connection.ShouldBe("Storage");
        new QueueTriggerAttribute("orders").Connection.ShouldBeNull();
    }

    [Fact]
    public void A_queue_output_tells_queue_and_connection()
    {
        var output = Method(nameof(Samples.Message)).GetCustomAttribute<QueueOutputAttribute>()!;

        output.QueueName.ShouldBe("checks");
        output.Connection.ShouldBe("Storage");
    }

    [Fact]
    public void A_timer_trigger_is_monitored_and_waits_for_its_time_unless_told_otherwise()
    {
        var trigger = Trigger<TimerTriggerAttribute>(nameof(Samples.Tick));

        trigger.Schedule.ShouldBe("0 */5 * * * *");
        trigger.UseMonitor.ShouldBeTrue();
        trigger.RunOnStartup.ShouldBeFalse();
    }

    [Fact]
    public void Triggers_are_found_by_their_common_root()
    {
        string[] methods = [nameof(Samples.Order), nameof(Samples.Message), nameof(Samples.Tick)];

        methods.Select(name => Method(name).GetParameters()[0].GetCustomAttribute<BindingAttribute>())
            .ShouldAllBe(root => root is TriggerBindingAttribute);
        Method(nameof(Samples.Message)).GetCustomAttribute<BindingAttribute>().ShouldBeAssignableTo<OutputBindingAttribute>();
    }

    [Fact]
    public void A_body_parameter_names_its_converter()
    {
        var body = Method(nameof(Samples.Order)).GetParameters()[1].GetCustomAttribute<FromBodyAttribute>()!;

        body.ShouldBeAssignableTo<InputConverterAttribute>()!.ConverterType.ShouldBeAssignableTo<Type>();
        typeof(IInputConverter).IsAssignableFrom(body.ConverterType).ShouldBeTrue();
    }

    [Fact]
    public void A_type_that_converts_nothing_cannot_be_named_as_a_converter()
    {
        Should.Throw<InvalidOperationException>(() => new InputConverterAttribute(typeof(string)));
        Should.Throw<ArgumentNullException>(() => new InputConverterAttribute(null!));
    }

    [Fact]
    public void A_property_can_be_the_http_answer() =>
        typeof(Samples.Answer).GetProperty(nameof(Samples.Answer.Http))!.GetCustomAttribute<HttpResultAttribute>().ShouldNotBeNull();

    [Fact]
    public void A_retry_policy_keeps_its_waits_as_they_were_written()
    {
        var growing = new ExponentialBackoffRetryAttribute(5, "00:00:01", "00:01:00");
        growing.MaxRetryCount.ShouldBe(5);
        growing.MinimumInterval.ShouldBe("00:00:01");
        growing.MaximumInterval.ShouldBe("00:01:00");
        new FixedDelayRetryAttribute(3, "00:00:10").DelayInterval.ShouldBe("00:00:10");
    }

    [Fact]
    public void A_retry_policy_with_impossible_waits_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new FixedDelayRetryAttribute(3, "soon"));
        Should.Throw<ArgumentOutOfRangeException>(() => new FixedDelayRetryAttribute(3, "-00:00:01"));
        Should.Throw<ArgumentException>(() => new ExponentialBackoffRetryAttribute(3, "00:01:00", "00:00:01"));
    }

    private static MethodInfo Method(string name) => typeof(Samples).GetMethod(name)!;

    private static T Trigger<T>(string method) where T : Attribute => Method(method).GetParameters()[0].GetCustomAttribute<T>()!;

    private static class Samples
    {
        [Function("place-order")]
        public static void Order(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", "put", Route = "orders/{id}")] object request,
            [FromBody] Answer body) => _ = (request, body);

        [Function("message")]
        [QueueOutput("checks", Connection = "Storage")]
        public static string Message([QueueTrigger("%Queues:Orders%", Connection = "Storage")] string message) => message;

        [Function("tick")]
        public static void Tick([TimerTrigger("0 */5 * * * *")] TimerInfo timer) => _ = timer;

        public sealed class Answer
        {
            [HttpResult]
            public object? Http { get; init; }
        }
    }
}
