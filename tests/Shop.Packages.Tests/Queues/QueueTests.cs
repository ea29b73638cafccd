using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Azure.Storage.Sas;

namespace Shop.Packages.Tests.Queues;

public sealed class QueueTests(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(QueueMessageEncoding.None)]
    [InlineData(QueueMessageEncoding.Base64)]
    public async Task A_message_arrives_as_it_was_sent(QueueMessageEncoding encoding)
    {
        var queue = await storage.NewQueueAsync(encoding);
        const string text = """{"orderId":"o-1","note":"<é & 🧾>"}""";

        await queue.SendMessageAsync(text, Stop);
        var message = (await queue.ReceiveMessageAsync(cancellationToken: Stop)).Value;

        message.Body.ToString().ShouldBe(text);
        message.DequeueCount.ShouldBe(1);
    }

    [Fact]
    public async Task The_two_encodings_differ_on_the_wire()
    {
        var encoded = await storage.NewQueueAsync();
        var plain = new QueueClient(storage.ConnectionString, encoded.Name);

        await encoded.SendMessageAsync("hello", Stop);

        (await plain.PeekMessageAsync(Stop)).Value.MessageText.ShouldBe("aGVsbG8=");
    }

    [Fact]
    public async Task A_delayed_message_is_not_seen_yet()
    {
        var queue = await storage.NewQueueAsync();

        var receipt = await queue.SendMessageAsync("later", TimeSpan.FromMinutes(15), TimeSpan.FromDays(7), Stop);

        (await queue.ReceiveMessageAsync(cancellationToken: Stop)).Value.ShouldBeNull();
        (receipt.Value.TimeNextVisible - receipt.Value.InsertionTime).ShouldBe(TimeSpan.FromMinutes(15));
        (receipt.Value.ExpirationTime - receipt.Value.InsertionTime).ShouldBe(TimeSpan.FromDays(7));
        (await queue.GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_message_that_is_made_visible_again_counts_its_deliveries()
    {
        var queue = await storage.NewQueueAsync();
        await queue.SendMessageAsync("again", Stop);

        var first = (await queue.ReceiveMessageAsync(TimeSpan.FromMinutes(1), Stop)).Value;
        var hidden = (await queue.ReceiveMessageAsync(cancellationToken: Stop)).Value;
        await queue.UpdateMessageAsync(first.MessageId, first.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: Stop);
        var second = (await queue.ReceiveMessageAsync(cancellationToken: Stop)).Value;

        hidden.ShouldBeNull();
        second.MessageId.ShouldBe(first.MessageId);
        second.DequeueCount.ShouldBe(2);
        second.Body.ToString().ShouldBe("again");
    }

    [Fact]
    public async Task An_old_pop_receipt_cannot_delete()
    {
        var queue = await storage.NewQueueAsync();
        await queue.SendMessageAsync("once", Stop);
        var message = (await queue.ReceiveMessageAsync(cancellationToken: Stop)).Value;
        var renewed = (await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, "changed", TimeSpan.FromMinutes(1), Stop)).Value;

        var refused = await Should.ThrowAsync<RequestFailedException>(() => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Stop));
        await queue.DeleteMessageAsync(message.MessageId, renewed.PopReceipt, Stop);
        var gone = await Should.ThrowAsync<RequestFailedException>(() => queue.DeleteMessageAsync(message.MessageId, renewed.PopReceipt, Stop));

        (refused.Status, refused.ErrorCode).ShouldBe((400, QueueErrorCode.PopReceiptMismatch.ToString()));
        (gone.Status, gone.ErrorCode).ShouldBe((404, QueueErrorCode.MessageNotFound.ToString()));
    }

    [Fact]
    public async Task Several_messages_are_received_at_once_and_peeking_leaves_them()
    {
        var queue = await storage.NewQueueAsync();
        foreach (var number in Enumerable.Range(1, 5)) await queue.SendMessageAsync($"{number}", Stop);

        var peeked = (await queue.PeekMessagesAsync(3, Stop)).Value;
        var received = (await queue.ReceiveMessagesAsync(4, cancellationToken: Stop)).Value;

        peeked.Length.ShouldBe(3);
        peeked.ShouldAllBe(message => message.DequeueCount == 0);
        received.Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_queue_that_exists_is_not_made_again()
    {
        var queue = await storage.NewQueueAsync();

        (await queue.CreateIfNotExistsAsync(cancellationToken: Stop)).ShouldBeNull();
        (await queue.ExistsAsync(Stop)).Value.ShouldBeTrue();
        (await queue.DeleteIfExistsAsync(Stop)).Value.ShouldBeTrue();
        (await queue.ExistsAsync(Stop)).Value.ShouldBeFalse();
    }

    [Fact]
    public async Task A_shared_access_signature_opens_the_queue()
    {
        var queue = await storage.NewQueueAsync();
        await queue.SendMessageAsync("signed", Stop);
        var expiry = TimeProvider.System.GetUtcNow().AddHours(1);

        var bySignature = new QueueClient(queue.GenerateSasUri(QueueSasPermissions.Read, expiry));
        var account = new QueueServiceClient(new QueueServiceClient(storage.ConnectionString).GenerateAccountSasUri(
            AccountSasPermissions.List | AccountSasPermissions.Read, expiry, AccountSasResourceTypes.All));

        (await bySignature.GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount.ShouldBe(1);
        (await account.GetQueuesAsync(cancellationToken: Stop).Select(item => item.Name).ToListAsync(Stop)).ShouldContain(queue.Name);
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        var queue = await storage.NewQueueAsync();
        var wrong = new QueueClient(queue.Uri, new StorageSharedKeyCredential("devstoreaccount1", Convert.ToBase64String(new byte[64])));

        (await Should.ThrowAsync<RequestFailedException>(() => wrong.SendMessageAsync("x", Stop))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_token_credential_signs_with_a_bearer_token_for_storage()
    {
        var recorder = new Recorder();
        var options = new QueueClientOptions { Transport = new HttpClientTransport(recorder) };
        var queue = new QueueClient(new Uri("https://acme.queue.core.windows.net/emails"), new FixedToken(), options);

        await Should.ThrowAsync<RequestFailedException>(() => queue.ClearMessagesAsync(Stop));

        recorder.Authorization.ShouldBe("Bearer token for https://storage.azure.com/.default");
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public string? Authorization { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorization = request.Headers.Authorization?.ToString();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request });
        }
    }

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"token for {requestContext.Scopes.Single()}", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
