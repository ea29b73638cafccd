using System.Text;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;

namespace Shop.Local.Tests.Host;

public sealed class QueueMessageTests(StorageFixture storage) : QueueTest(storage)
{
    private const string PlainText = """{ "extensions": { "queues": { "messageEncoding": "none" } } }""";

    [Fact]
    public async Task Messages_are_plain_text_where_host_json_says_so()
    {
        var queue = await CreateQueueAsync(QueueMessageEncoding.None);
        await using var host = await StartAsync<Text>(new() { HostJson = PlainText });
        await queue.SendMessageAsync("plain & simple", Cancellation);

        await host.Host.DrainQueuesAsync(Cancellation);

        Orders.Done.ShouldBe(["plain & simple"]);
    }

    [Fact]
    public async Task A_message_that_is_not_base64_ends_in_the_poison_queue_and_does_not_hold_up_others()
    {
        var queue = await CreateQueueAsync();
        var plain = new QueueClient(Storage.ConnectionString, Name);
        await using var host = await StartAsync<Text>();
        await plain.SendMessageAsync("{ not base64 }", Cancellation);
        await queue.SendMessageAsync("fine", Cancellation);

        await host.Host.DrainQueuesAsync(Cancellation);

        Orders.Started.ShouldBe(["fine"]);
        var poisoned = await Poison(QueueMessageEncoding.None).PeekMessageAsync(Cancellation);
        poisoned.Value.Body.ToString().ShouldBe("{ not base64 }");
    }

    [Theory]
    [InlineData(typeof(Text))]
    [InlineData(typeof(Bytes))]
    [InlineData(typeof(Binary))]
    [InlineData(typeof(Poco))]
    [InlineData(typeof(Metadata))]
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
        await using var host = await StartAsync<Text>(new()
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
        await using var host = await StartAsync<Text>();

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
        await using var host = await StartAsync<Elsewhere>(new() { Storage = null, Settings = { ["Archive"] = Storage.ConnectionString } });
        await queue.SendMessageAsync("order", Cancellation);

        await host.Host.DrainQueuesAsync(Cancellation);

        Orders.Done.ShouldBe(["order"]);
        host.Host.Functions.ShouldHaveSingleItem().Queue.ShouldBe(Name);
    }

    public sealed record Product(string Name, int Units);

    public sealed class Bytes(Work work)
    {
        [Function("Bytes")]
        public Task RunAsync([QueueTrigger("%Queue%")] byte[] message) => work.RunAsync("", Encoding.UTF8.GetString(message));
    }

    public sealed class Binary(Work work)
    {
        [Function("Binary")]
        public Task RunAsync([QueueTrigger("%Queue%")] BinaryData message) => work.RunAsync("", message.ToString());
    }

    public sealed class Poco(Work work)
    {
        [Function("Poco")]
        public Task RunAsync([QueueTrigger("%Queue%")] Product product) =>
            work.RunAsync("", $$"""{"name":"{{product.Name}}","Units":{{product.Units}}}""");
    }

    public sealed class Metadata(Work work)
    {
        [Function("Metadata")]
        public Task RunAsync([QueueTrigger("%Queue%")] string message, FunctionContext context, CancellationToken cancellationToken)
        {
            context.BindingContext.BindingData["DequeueCount"].ShouldBe("1");
            context.BindingContext.BindingData["Id"].ShouldNotBeNull();
            cancellationToken.ShouldBe(context.CancellationToken);
            return work.RunAsync("", $"{context.BindingContext.BindingData["QueueTrigger"]}", cancellationToken);
        }
    }

    public sealed class Elsewhere(Work work)
    {
        [Function("Elsewhere")]
        public Task RunAsync([QueueTrigger("%Queue%", Connection = "Archive")] string text) => work.RunAsync(text, text);
    }
}
