using System.Text;
using Microsoft.Azure.Functions.Worker;

namespace Shop.Local.Tests.Host;

public sealed class TakesText(QueueTest.Work work)
{
    [Function("Text")]
    public Task RunAsync([QueueTrigger("%Queue%")] string text, CancellationToken cancellationToken) =>
        work.RunAsync(text, text, cancellationToken);
}

public sealed class TakesDequeueCount(QueueTest.Work work)
{
    [Function("Message")]
    public Task RunAsync([QueueTrigger("%Queue%")] string message, FunctionContext context) =>
        work.RunAsync($"{message} {context.BindingContext.BindingData["DequeueCount"]}", message);
}

public sealed class TakesBytes(QueueTest.Work work)
{
    [Function("Bytes")]
    public Task RunAsync([QueueTrigger("%Queue%")] byte[] message) => work.RunAsync("", Encoding.UTF8.GetString(message));
}

public sealed class TakesProduct(QueueTest.Work work)
{
    [Function("Poco")]
    public Task RunAsync([QueueTrigger("%Queue%")] Product product) =>
        work.RunAsync("", $$"""{"name":"{{product.Name}}","Units":{{product.Units}}}""");
}

public sealed class TakesMetadata(QueueTest.Work work)
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

public sealed class TakesFromArchive(QueueTest.Work work)
{
    [Function("Elsewhere")]
    public Task RunAsync([QueueTrigger("%Queue%", Connection = "Archive")] string text) => work.RunAsync(text, text);
}

public sealed record Product(string Name, int Units);
