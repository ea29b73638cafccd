using System.Net;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Shop.Local.Storage;

namespace Shop.Local.Tests.Storage;

/// <summary>A write that is under way while the emulator is asked to end.</summary>
public sealed class AzuriteEndTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("azurite-tests-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_has_begun_with_it_finishes_and_saves()
    {
        await using var killed = StarterProcess.Start([_data]);
        var (ready, connectionString) = await killed.AnswerAsync(Stop);
        ready.ShouldBeTrue(connectionString);
        var table = new TableClient(connectionString, "orders");
        await table.CreateIfNotExistsAsync(Stop);

        using var halves = new InHalves();
        using var http = new HttpClient(halves);
        var halfSent = new TableClient(connectionString, "orders", new TableClientOptions { Transport = new HttpClientTransport(http), Retry = { MaxRetries = 0 } });
        var writing = halfSent.AddEntityAsync(new TableEntity("p", "late"), Stop);
        await halves.FirstIsSent.Task.WaitAsync(Stop);
        await killed.KillAsync(wholeGroup: false, Stop);
        await UntilItAnswersNobodyAsync(connectionString);
        halves.Second.SetResult();

        (await writing).Status.ShouldBe((int)HttpStatusCode.NoContent);
        await using var next = await Azurite.StartAsync(new AzuriteOptions { DataDirectory = _data }, Stop);
        (await new TableClient(next.ConnectionString, "orders").GetEntityIfExistsAsync<TableEntity>("p", "late", cancellationToken: Stop)).HasValue.ShouldBeTrue();
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static async Task UntilItAnswersNobodyAsync(string connectionString)
    {
        using var http = new HttpClient();
        try
        {
            while (true)
            {
                using var answer = await http.GetAsync(new TableServiceClient(connectionString).Uri, Stop);
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Stop);
            }
        }
        catch (HttpRequestException)
        {
            // It was asked to end.
        }
    }

    /// <summary>Sends a body's second half when it is told to.</summary>
    private sealed class InHalves() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
    {
        public TaskCompletionSource FirstIsSent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Second { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            var halved = new Halved(body, this);
            foreach (var header in request.Content.Headers) halved.Headers.TryAddWithoutValidation(header.Key, header.Value);
            request.Content = halved;
            // The body is sent when the server has said that it has begun with the request.
            request.Headers.ExpectContinue = true;
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Halved(byte[] body, InHalves sender) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(body.AsMemory(0, body.Length / 2), Stop);
            await stream.FlushAsync(Stop);
            sender.FirstIsSent.SetResult();
            await sender.Second.Task;
            await stream.WriteAsync(body.AsMemory(body.Length / 2), Stop);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
