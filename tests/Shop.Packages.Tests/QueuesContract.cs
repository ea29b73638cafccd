using Azure;
using Azure.Storage.Queues;

namespace Shop.Packages.Tests;

/// <summary>What the app and the local host rely on in Azure.Storage.Queues.</summary>
public sealed class QueuesContract(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_Base64_on_the_wire_and_arrives_as_it_was_sent()
    {
        var queue = await storage.NewQueueAsync();
        const string Text = """{"orderId":"o-1","note":"<é & 🧾>"}""";

        await queue.SendMessageAsync(Text, Stop);

        (await new QueueClient(storage.ConnectionString, queue.Name).PeekMessageAsync(Stop)).Value.MessageText.ShouldBe(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Text)));
        (await queue.ReceiveMessageAsync(cancellationToken: Stop)).Value.Body.ToString().ShouldBe(Text);
    }

    /// <summary>So a poison queue, to which a host moves such a message as it is, is read without an encoding.</summary>
    [Fact]
    public async Task One_message_that_is_not_Base64_keeps_a_client_that_decodes_from_reading_any()
    {
        var queue = await storage.NewQueueAsync();
        await new QueueClient(storage.ConnectionString, queue.Name).SendMessageAsync("not Base64!", Stop);

        await Should.ThrowAsync<FormatException>(() => queue.PeekMessagesAsync(32, Stop));
        await Should.ThrowAsync<FormatException>(() => queue.ReceiveMessagesAsync(32, cancellationToken: Stop));
    }

    [Fact]
    public async Task A_message_that_is_made_visible_again_counts_its_deliveries()
    {
        var queue = await storage.NewQueueAsync();
        await queue.SendMessageAsync("again", Stop);

        var first = (await queue.ReceiveMessageAsync(TimeSpan.FromMinutes(1), Stop)).Value;
        (await queue.ReceiveMessageAsync(cancellationToken: Stop)).Value.ShouldBeNull();
        await queue.UpdateMessageAsync(first.MessageId, first.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: Stop);

        (await queue.ReceiveMessageAsync(cancellationToken: Stop)).Value.DequeueCount.ShouldBe(2);
    }

    [Fact]
    public async Task A_pop_receipt_deletes_once_and_not_when_it_is_old()
    {
        var queue = await storage.NewQueueAsync();
        await queue.SendMessageAsync("once", Stop);
        var message = (await queue.ReceiveMessageAsync(cancellationToken: Stop)).Value;
        var renewed = (await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, "changed", TimeSpan.FromMinutes(1), Stop)).Value;

        (await Should.ThrowAsync<RequestFailedException>(() => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Stop))).Status.ShouldBe(400);
        await queue.DeleteMessageAsync(message.MessageId, renewed.PopReceipt, Stop);
        (await Should.ThrowAsync<RequestFailedException>(() => queue.DeleteMessageAsync(message.MessageId, renewed.PopReceipt, Stop))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_delayed_message_is_not_seen_yet_and_is_counted()
    {
        var queue = await storage.NewQueueAsync();

        await queue.SendMessageAsync("later", TimeSpan.FromMinutes(15), TimeSpan.FromDays(7), Stop);

        (await queue.ReceiveMessageAsync(cancellationToken: Stop)).Value.ShouldBeNull();
        (await queue.GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount.ShouldBe(1);
    }
}
