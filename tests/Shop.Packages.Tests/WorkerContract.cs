using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Shop.Packages.Tests;

/// <summary>What the tests that walk all functions, and the host that calls them in process, read from the Functions worker's attributes.</summary>
public sealed class WorkerContract
{
    [Fact]
    public void A_function_and_its_triggers_tell_what_they_are_called_by()
    {
        var method = typeof(Samples).GetMethod(nameof(Samples.Run))!;
        method.GetCustomAttribute<FunctionAttribute>()!.Name.ShouldBe("Sample");
        var parameters = method.GetParameters();

        var http = parameters[0].GetCustomAttribute<HttpTriggerAttribute>()!;
        (http.AuthLevel, http.Route).ShouldBe((AuthorizationLevel.Anonymous, "orders/{id}"));
        http.Methods.ShouldBe(["post", "put"]);
        var queue = parameters[1].GetCustomAttribute<QueueTriggerAttribute>()!;
        (queue.QueueName, queue.Connection).ShouldBe(("emails", null));
        var timer = parameters[2].GetCustomAttribute<TimerTriggerAttribute>()!;
        (timer.Schedule, timer.UseMonitor, timer.RunOnStartup).ShouldBe(("%PurgeSchedule%", true, false));
    }

    /// <summary>An HTTP function that states no level would ask for a key that the storefront does not have.</summary>
    [Fact]
    public void A_trigger_that_states_no_level_asks_for_a_key() =>
        new HttpTriggerAttribute().AuthLevel.ShouldBe(AuthorizationLevel.Function);

    private static class Samples
    {
        // Never run: its triggers are read.
        [Function("Sample")]
        public static void Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", "put", Route = "orders/{id}")] string request,
            [QueueTrigger("emails")] string message,
            [TimerTrigger("%PurgeSchedule%")] TimerInfo timer) => _ = (request, message, timer);
    }
}
