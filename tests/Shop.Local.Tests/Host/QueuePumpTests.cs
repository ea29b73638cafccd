using Azure;
using Azure.Core;
using Azure.Storage.Queues;

namespace Shop.Local.Tests.Host;

public sealed class QueuePumpTests(StorageFixture storage) : QueueTest(storage)
{
    [Fact]
    public async Task A_message_is_picked_up_by_itself_and_deleted()
    {
        var queue = await CreateQueueAsync();
        await using var host = await StartAsync();
        var finished = host.Host.NextInvocationAsync(_ => true, Cancellation);

        var sent = await queue.SendMessageAsync("order", Cancellation);

        (await finished).MessageId.ShouldBe(sent.Value.MessageId);
        Orders.Done.ShouldBe(["order"]);
        (await CountAsync(queue)).ShouldBe(0);
    }

    [Fact]
    public async Task An_idle_queue_is_looked_at_less_and_less_often_up_to_the_pause_of_host_json()
    {
        await CreateQueueAsync();
        var clock = new ManualClock();
        var began = clock.GetUtcNow();
        var polls = new List<double>();
        Calls.Before = _ => polls.Add((clock.GetUtcNow() - began).TotalMilliseconds);
        await using var host = await StartAsync<TakesText>(new()
        {
            HostJson = """{ "extensions": { "queues": { "maxPollingInterval": "00:00:01" } } }""",
            RunQueues = true,
            Clock = clock,
            // In the middle of the spread of 20 % up and down.
            Jitter = () => 0.5,
        });

        for (var step = 0; step < 35; step++)
        {
            await clock.AlarmsAsync(1, Cancellation);
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        await clock.AlarmsAsync(1, Cancellation);
        polls.ShouldBe([0, 100, 300, 600, 1100, 2000, 3000]);
    }

    [Fact]
    public async Task A_queue_that_comes_later_is_waited_for()
    {
        var missed = new TaskCompletionSource();
        var polls = 0;
        Calls.Before = _ =>
        {
            if (Interlocked.Increment(ref polls) == 2)
                missed.SetResult();
        };
        await using var host = await StartAsync();
        await missed.Task.WaitAsync(Cancellation);
        var finished = host.Host.NextInvocationAsync(_ => true, Cancellation);

        await (await CreateQueueAsync()).SendMessageAsync("order", Cancellation);

        (await finished).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_storage_that_fails_for_a_while_does_not_end_the_polling()
    {
        var queue = await CreateQueueAsync();
        var failures = 3;
        Calls.Before = _ =>
        {
            if (Interlocked.Decrement(ref failures) >= 0)
                throw new RequestFailedException(503, "busy");
        };
        await using var host = await StartAsync();
        var finished = host.Host.NextInvocationAsync(_ => true, Cancellation);

        await queue.SendMessageAsync("order", Cancellation);

        (await finished).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Messages_run_side_by_side_up_to_a_batch_and_the_threshold()
    {
        var queue = await CreateQueueAsync();
        foreach (var i in Enumerable.Range(1, 10))
            await queue.SendMessageAsync($"{i}", Cancellation);
        var open = new TaskCompletionSource();
        Orders.Do = _ => open.Task;
        await using var host = await StartAsync("""{ "extensions": { "queues": { "batchSize": 4, "newBatchThreshold": 2 } } }""");
        var finished = Task.WhenAll(Enumerable.Range(1, 10).Select(i => Orders.FinishedAsync($"{i}")));

        await Orders.EnteredAsync(4);
        Calls.Count("GET").ShouldBe(1);
        open.SetResult();
        await finished.WaitAsync(Cancellation);

        Orders.MostAtOnce.ShouldBeInRange(4, 6);
        Orders.Done.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_message_stays_hidden_for_as_long_as_it_is_worked_on()
    {
        var queue = await CreateQueueAsync();
        var renewed = new TaskCompletionSource();
        Calls.Before = call =>
        {
            if (call.StartsWith("PUT", StringComparison.Ordinal) && Calls.Count("PUT") == 2)
                renewed.TrySetResult();
        };
        Orders.Do = _ => renewed.Task;
        await using var host = await StartAsync(invisibility: TimeSpan.FromSeconds(2));
        var finished = host.Host.NextInvocationAsync(_ => true, Cancellation);

        await queue.SendMessageAsync("long", Cancellation);

        (await finished).Succeeded.ShouldBeTrue();
        (await CountAsync(queue)).ShouldBe(0);
        Orders.Done.ShouldBe(["long"]);
    }

    [Fact]
    public async Task The_end_waits_for_messages_in_flight_and_deletes_them()
    {
        var queue = await CreateQueueAsync();
        var open = new TaskCompletionSource();
        Orders.Do = _ => open.Task;
        var host = await StartAsync();
        await queue.SendMessageAsync("order", Cancellation);
        await Orders.EnteredAsync(1);

        var end = host.DisposeAsync().AsTask();
        end.IsCompleted.ShouldBeFalse();
        open.SetResult();
        await end;

        (await CountAsync(queue)).ShouldBe(0);
    }

    [Fact]
    public async Task What_the_end_cuts_off_is_delivered_again_however_often_it_was()
    {
        var queue = await CreateQueueAsync();
        Orders.Do = _ => new TaskCompletionSource().Task.WaitAsync(Orders.Token);
        var host = await StartAsync("""{ "extensions": { "queues": { "maxDequeueCount": 1 } } }""", grace: TimeSpan.Zero);
        await queue.SendMessageAsync("order", Cancellation);
        await Orders.EnteredAsync(1);

        await host.DisposeAsync();

        (await queue.PeekMessageAsync(Cancellation)).Value.Body.ToString().ShouldBe("order");
    }

    [Fact]
    public async Task What_a_poll_brings_while_the_end_is_forced_is_delivered_again()
    {
        var queue = await CreateQueueAsync();
        await queue.SendMessageAsync("worked on", Cancellation);
        await queue.SendMessageAsync("on its way", Cancellation);
        Orders.Do = _ => new TaskCompletionSource().Task.WaitAsync(Orders.Token);
        var polled = new TaskCompletionSource();
        var forced = new ManualResetEventSlim();
        Calls.After = message =>
        {
            if (message.Request.Method != RequestMethod.Get || Calls.Count("GET") != 2)
                return;
            polled.SetResult();
            forced.Wait(Cancellation);
            message.CancellationToken.ThrowIfCancellationRequested();
        };
        var host = await StartAsync("""{ "extensions": { "queues": { "batchSize": 1, "newBatchThreshold": 1 } } }""", grace: TimeSpan.Zero);
        await Orders.EnteredAsync(1);
        await polled.Task.WaitAsync(Cancellation);

        await using (Orders.Token.Register(forced.Set))
            await host.DisposeAsync();

        (await queue.PeekMessagesAsync(2, Cancellation)).Value.Select(message => message.Body.ToString()).ShouldBe(["worked on", "on its way"], ignoreOrder: true);
    }

    private Task<TestHost> StartAsync(string hostJson = "{}", TimeSpan? invisibility = null, TimeSpan? grace = null) =>
        StartAsync<TakesText>(new()
        {
            HostJson = hostJson,
            RunQueues = true,
            MessageInvisibility = invisibility ?? TimeSpan.FromMinutes(10),
            ShutdownGrace = grace ?? TimeSpan.FromSeconds(30),
        });
}
