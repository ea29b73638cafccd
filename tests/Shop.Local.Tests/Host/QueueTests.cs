using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues.Models;

namespace Shop.Local.Tests.Host;

public sealed class QueueTests(StorageFixture storage) : QueueTest(storage)
{
    private const string RetryTwice = """{ "extensions": { "queues": { "maxDequeueCount": 2 } } }""";
    private const string RetryInAnHour = """{ "extensions": { "queues": { "visibilityTimeout": "01:00:00" } } }""";

    [Fact]
    public async Task A_drain_runs_every_message_and_deletes_it()
    {
        var queue = await CreateQueueAsync();
        await using var host = await StartAsync<TakesText>();
        foreach (var i in Enumerable.Range(1, 40))
            await queue.SendMessageAsync($"message {i}", Cancellation);

        (await host.Host.DrainQueuesAsync(Cancellation)).ShouldBe(40);

        Orders.Done.Order().ShouldBe(Enumerable.Range(1, 40).Select(i => $"message {i}").Order());
        (await CountAsync(queue)).ShouldBe(0);
    }

    [Fact]
    public async Task A_drain_runs_the_messages_that_messages_cause()
    {
        var queue = await CreateQueueAsync();
        await using var host = await StartAsync<TakesText>();
        Orders.Do = text => text == "first" ? queue.SendMessageAsync("second", Cancellation) : Task.CompletedTask;
        await queue.SendMessageAsync("first", Cancellation);

        (await host.Host.DrainQueuesAsync(Cancellation)).ShouldBe(2);

        Orders.Done.ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task A_message_that_fails_is_tried_again_until_it_succeeds()
    {
        var queue = await CreateQueueAsync();
        await using var host = await StartAsync<TakesDequeueCount>();
        Orders.Do = _ => Orders.Started.Count < 3 ? throw new InvalidDataException("not yet") : Task.CompletedTask;
        await queue.SendMessageAsync("order", Cancellation);

        (await host.Host.DrainQueuesAsync(Cancellation)).ShouldBe(3);

        Orders.Started.ShouldBe(["order 1", "order 2", "order 3"]);
        (await CountAsync(queue)).ShouldBe(0);
        (await Poison().ExistsAsync(Cancellation)).Value.ShouldBeFalse();
    }

    [Fact]
    public async Task A_message_that_keeps_failing_ends_in_the_poison_queue_as_it_was_sent()
    {
        var queue = await CreateQueueAsync();
        await using var host = await StartAsync<TakesText>(new() { HostJson = RetryTwice });
        Orders.Do = _ => throw new InvalidDataException("never");
        var outcomes = new ConcurrentQueue<bool>();
        host.Host.InvocationFinished += finished => outcomes.Enqueue(finished.Poisoned);
        await queue.SendMessageAsync("order", Cancellation);

        (await host.Host.DrainQueuesAsync(Cancellation)).ShouldBe(2);

        outcomes.ShouldBe([false, true]);
        (await CountAsync(queue)).ShouldBe(0);
        (await Poison().ReceiveMessageAsync(cancellationToken: Cancellation)).Value.Body.ToString().ShouldBe("order");
    }

    /// <summary>A process that dies with its message says nothing of it, and so the service's count decides.</summary>
    [Fact]
    public async Task A_message_that_was_delivered_too_often_already_is_set_aside_unseen()
    {
        var queue = await CreateQueueAsync();
        await using var host = await StartAsync<TakesText>(new() { HostJson = RetryTwice });
        await queue.SendMessageAsync("order", Cancellation);
        for (var died = 0; died < 2; died++)
        {
            QueueMessage held = await queue.ReceiveMessageAsync(cancellationToken: Cancellation);
            await queue.UpdateMessageAsync(held.MessageId, held.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: Cancellation);
        }

        await host.Host.DrainQueuesAsync(Cancellation);

        Orders.Started.ShouldBeEmpty();
        (await CountAsync(queue)).ShouldBe(0);
        (await Poison().PeekMessageAsync(Cancellation)).Value.Body.ToString().ShouldBe("order");
    }

    [Fact]
    public async Task A_message_that_failed_stays_hidden_as_long_as_host_json_says()
    {
        var queue = await CreateQueueAsync();
        await using var host = await StartAsync<TakesText>(new() { HostJson = RetryInAnHour });
        Orders.Do = _ => throw new InvalidDataException("not yet");
        await queue.SendMessageAsync("order", Cancellation);

        (await host.Host.DrainQueuesAsync(Cancellation)).ShouldBe(1);

        (await queue.PeekMessageAsync(Cancellation)).Value.ShouldBeNull();
        (await CountAsync(queue)).ShouldBe(1);
    }

    [Fact]
    public async Task A_delayed_message_is_left_until_its_time()
    {
        var queue = await CreateQueueAsync();
        await using var host = await StartAsync<TakesText>();
        var sent = await queue.SendMessageAsync("later", visibilityTimeout: TimeSpan.FromMinutes(15), cancellationToken: Cancellation);

        (await host.Host.DrainQueuesAsync(Cancellation)).ShouldBe(0);
        var (id, receipt) = (sent.Value.MessageId, sent.Value.PopReceipt);
        await queue.UpdateMessageAsync(id, receipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: Cancellation);
        (await host.Host.DrainQueuesAsync(Cancellation)).ShouldBe(1);

        Orders.Done.ShouldBe(["later"]);
    }

    [Fact]
    public async Task A_message_whose_delete_fails_is_delivered_again()
    {
        var queue = await CreateQueueAsync();
        var failures = 1;
        Calls.Before = call =>
        {
            if (call.StartsWith("DELETE", StringComparison.Ordinal) && Interlocked.Decrement(ref failures) >= 0)
                throw new RequestFailedException(503, "busy");
        };
        await using var host = await StartAsync<TakesText>();
        await queue.SendMessageAsync("order", Cancellation);

        (await host.Host.DrainQueuesAsync(Cancellation)).ShouldBe(2);

        Orders.Done.ShouldBe(["order", "order"]);
        (await CountAsync(queue)).ShouldBe(0);
    }

    [Fact]
    public async Task A_batch_costs_one_receive_and_each_message_one_delete()
    {
        var queue = await CreateQueueAsync();
        await using var host = await StartAsync<TakesText>();
        foreach (var i in Enumerable.Range(1, 3))
            await queue.SendMessageAsync($"{i}", Cancellation);

        await host.Host.DrainQueuesAsync(Cancellation);

        Calls.Count("DELETE").ShouldBe(3);
        // One receive that found them, one that ended the queue, one that ended the round after it.
        Calls.Count("GET").ShouldBe(3);
        Calls.Seen.Count.ShouldBe(6);
    }
}
