using System.Net;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Shop.Packages.Tests.Tables;

public sealed class PipelineTests(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_error_is_tried_again_and_signed_again()
    {
        var table = await storage.NewTableAsync();
        var faulty = new FaultyHandler(HttpStatusCode.InternalServerError, times: 2);
        var retrying = new TableClient(storage.ConnectionString, table.Name, OptionsWith(faulty));

        await retrying.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop);

        faulty.Calls.ShouldBe(3);
        (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop)).Value.GetInt32("N").ShouldBe(1);
    }

    [Fact]
    public async Task A_server_error_that_stays_is_reported_after_three_retries()
    {
        var faulty = new FaultyHandler(HttpStatusCode.ServiceUnavailable, times: int.MaxValue);
        var table = new TableClient(storage.ConnectionString, "any", OptionsWith(faulty));

        var refused = await Should.ThrowAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop));

        refused.Status.ShouldBe(503);
        faulty.Calls.ShouldBe(4);
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again()
    {
        var table = await storage.NewTableAsync();
        var faulty = new FaultyHandler(status: null, times: 1);
        var retrying = new TableClient(storage.ConnectionString, table.Name, OptionsWith(faulty));

        await retrying.AddEntityAsync(new TableEntity("p", "r"), Stop);

        faulty.Calls.ShouldBe(2);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.PreconditionFailed)]
    public async Task A_refusal_is_not_tried_again(HttpStatusCode status)
    {
        var faulty = new FaultyHandler(status, times: int.MaxValue);
        var table = new TableClient(storage.ConnectionString, "any", OptionsWith(faulty));

        var refused = await Should.ThrowAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r"), Stop));

        refused.Status.ShouldBe((int)status);
        faulty.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_table_that_is_being_deleted_does_not_count_as_existing()
    {
        var faulty = new FaultyHandler(HttpStatusCode.Conflict, times: 1)
        {
            Body = """{"odata.error":{"code":"TableBeingDeleted","message":{"lang":"en-US","value":"The table is being deleted."}}}""",
        };
        var table = new TableClient(storage.ConnectionString, "any", OptionsWith(faulty));

        var refused = await Should.ThrowAsync<RequestFailedException>(() => table.CreateIfNotExistsAsync(Stop));

        (refused.Status, refused.ErrorCode).ShouldBe((409, "TableBeingDeleted"));
    }

    [Fact]
    public async Task A_cancelled_call_ends()
    {
        var waiting = new FaultyHandler(status: null, times: 0) { Hangs = true };
        var table = new TableClient(storage.ConnectionString, "any", OptionsWith(waiting));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var call = table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: cancel.Token);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await table.QueryAsync<TableEntity>(cancellationToken: cancel.Token).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_token_credential_signs_with_a_bearer_token_for_storage()
    {
        var credential = new FixedToken();
        var recorder = new Recorder();
        var table = new TableClient(new Uri("https://acme.table.core.windows.net"), "orders", credential, OptionsWith(recorder));

        await table.UpsertEntityAsync(new TableEntity("p", "r"), TableUpdateMode.Replace, Stop);

        credential.Scopes.ShouldBe(["https://storage.azure.com/.default"]);
        recorder.Authorization.ShouldBe("Bearer secret");
        recorder.Uri!.AbsoluteUri.ShouldStartWith("https://acme.table.core.windows.net/orders(PartitionKey='p',RowKey='r')");
        recorder.Method.ShouldBe("PUT");
        recorder.Headers.ShouldNotContainKey("If-Match");
        table.AccountName.ShouldBe("acme");
    }

    [Fact]
    public async Task A_conditional_merge_is_a_patch_with_the_version()
    {
        var recorder = new Recorder();
        var table = new TableClient(new Uri("https://acme.table.core.windows.net"), "orders", new FixedToken(), OptionsWith(recorder));

        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 1L }, new ETag("W/\"1\""), cancellationToken: Stop);

        recorder.Method.ShouldBe("PATCH");
        recorder.Headers["If-Match"].ShouldBe("W/\"1\"");
        recorder.Headers.ShouldContainKey("x-ms-version");
        recorder.Headers.ShouldContainKey("x-ms-client-request-id");
        var sent = JsonSerializer.Deserialize<Dictionary<string, string>>(recorder.Body!)!;
        sent.ShouldBe(
            new Dictionary<string, string> { ["PartitionKey"] = "p", ["RowKey"] = "r", ["N@odata.type"] = "Edm.Int64", ["N"] = "1" }, ignoreOrder: true);
    }

    private static TableClientOptions OptionsWith(HttpMessageHandler handler)
    {
        var options = new TableClientOptions { Transport = new HttpClientTransport(handler) };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return options;
    }

    private sealed class FaultyHandler(HttpStatusCode? status, int times) : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Calls { get; private set; }

        public bool Hangs { get; init; }

        public string? Body { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            if (++Calls > times) return await base.SendAsync(request, cancellationToken);
            var answer = new HttpResponseMessage(status ?? throw new HttpRequestException("The connection broke.", new IOException())) { RequestMessage = request };
            if (Body is not null) answer.Content = new StringContent(Body, Encoding.UTF8, "application/json");
            return answer;
        }
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public Uri? Uri { get; private set; }

        public string? Method { get; private set; }

        public string? Authorization { get; private set; }

        public string? Body { get; private set; }

        public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (Uri, Method, Authorization) = (request.RequestUri, request.Method.Method, request.Headers.Authorization?.ToString());
            foreach (var (name, values) in request.Headers.NonValidated) Headers[name] = values.ToString();
            Body = request.Content is null ? null : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken));
            return new HttpResponseMessage(HttpStatusCode.NoContent) { RequestMessage = request };
        }
    }

    private sealed class FixedToken : TokenCredential
    {
        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("secret", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
