using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Shop.Local.Host;

namespace Shop.Local.Tests.Host;

public sealed class QueueMessageTests(StorageFixture storage) : QueueTest(storage)
{
    private const string PlainText = """{ "extensions": { "queues": { "messageEncoding": "none" } } }""";

    [Fact]
    public async Task Messages_are_plain_text_where_host_json_says_so()
    {
        var queue = await CreateQueueAsync(QueueMessageEncoding.None);
        await using var host = await StartAsync<TakesText>(new() { HostJson = PlainText });
        await queue.SendMessageAsync("plain & simple", Cancellation);

        await host.Host.DrainQueuesAsync(Cancellation);

        Orders.Done.ShouldBe(["plain & simple"]);
    }

    [Fact]
    public async Task A_message_that_is_not_base64_is_set_aside_at_its_first_delivery_without_a_run_and_does_not_hold_up_others()
    {
        var queue = await CreateQueueAsync();
        var plain = new QueueClient(Storage.ConnectionString, Name);
        await using var host = await StartAsync<TakesText>();
        var runs = new List<FinishedInvocation>();
        host.Host.InvocationFinished += runs.Add;
        await plain.SendMessageAsync("{ not base64 }", Cancellation);
        await queue.SendMessageAsync("fine", Cancellation);

        (await host.Host.DrainQueuesAsync(Cancellation)).ShouldBe(2);

        runs.ShouldHaveSingleItem().Succeeded.ShouldBeTrue();
        Orders.Started.ShouldBe(["fine"]);
        var poisoned = await Poison(QueueMessageEncoding.None).PeekMessageAsync(Cancellation);
        poisoned.Value.Body.ToString().ShouldBe("{ not base64 }");
    }

    [Theory]
    [InlineData(typeof(TakesText))]
    [InlineData(typeof(TakesBytes))]
    [InlineData(typeof(TakesProduct))]
    [InlineData(typeof(TakesMetadata))]
    public async Task A_message_is_bound_as_what_the_function_takes(Type functions)
    {
        var queue = await CreateQueueAsync();
        await using var host = await StartAsync(functions);
        await queue.SendMessageAsync("""{"name":"räck","Units":42}""", Cancellation);

        await host.Host.DrainQueuesAsync(Cancellation);

        Orders.Done.ShouldHaveSingleItem().ShouldBe("""{"name":"räck","Units":42}""");
    }

    [Fact]
    public async Task Middleware_runs_around_messages_too_without_an_http_context()
    {
        var queue = await CreateQueueAsync();
        var seen = new List<string>();
        await using var host = await StartAsync<TakesText>(new()
        {
            Configure = app => app.UseMiddleware((context, next) =>
            {
                seen.Add(context.FunctionDefinition.InputBindings["text"].Type);
                context.GetHttpContext().ShouldBeNull();
                return next();
            }),
        });
        await queue.SendMessageAsync("order", Cancellation);

        await host.Host.DrainQueuesAsync(Cancellation);

        seen.ShouldBe(["queueTrigger"]);
        Orders.Done.ShouldBe(["order"]);
    }

    [Fact]
    public async Task A_function_run_by_hand_shows_its_error()
    {
        await using var host = await StartAsync<TakesText>();

        await host.Host.InvokeAsync("Text", "by hand", Cancellation);
        Orders.Do = _ => throw new InvalidDataException("no");
        await Should.ThrowAsync<InvalidDataException>(() => host.Host.InvokeAsync("Text", "again", Cancellation));
        await Should.ThrowAsync<ArgumentException>(() => host.Host.InvokeAsync("Nobody", null, Cancellation));

        Orders.Done.ShouldBe(["by hand"]);
    }

    [Fact]
    public async Task A_trigger_mayName_its_queue_and_account_by_settings()
    {
        var queue = await CreateQueueAsync();
        await using var host = await StartAsync<TakesFromArchive>(new() { Storage = null, Settings = { ["Archive"] = Storage.ConnectionString } });
        await queue.SendMessageAsync("order", Cancellation);

        await host.Host.DrainQueuesAsync(Cancellation);

        Orders.Done.ShouldBe(["order"]);
        host.Host.Functions.ShouldHaveSingleItem().Queue.ShouldBe(Name);
    }

}
