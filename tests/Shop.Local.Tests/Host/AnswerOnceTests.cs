using System.Collections.Concurrent;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Local.Tests.Host;

/// <summary>What the worker tells the host of an answer that is written: nothing.</summary>
public sealed class AnswerOnceTests(StorageFixture storage)
{
    [Fact]
    public async Task An_answer_is_not_sent_to_the_host_a_second_time()
    {
        var told = new Told();
        await using var shop = await LocalShop.StartAsync(
            new LocalShopOptions { Ports = LocalPorts.Free, SettingsFile = LocalSettings.Sample, StorageConnectionString = storage.NewAccount(), Automatic = false }
                .InThisProcess(services => services.Configure<WorkerOptions>(worker => worker.Serializer = told)),
            TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = shop.Host.Address };

        (await http.GetStringAsync("api/products", TestContext.Current.CancellationToken)).ShouldContain("BOOK-POWER");
        (await http.GetAsync("api/account", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);

        told.Types.ShouldBeEmpty();
    }

    /// <summary>What the worker writes for the host.</summary>
    private sealed class Told : JsonObjectSerializer
    {
        public ConcurrentQueue<Type> Types { get; } = [];

        public override void Serialize(Stream stream, object? value, Type inputType, CancellationToken cancellationToken)
        {
            Types.Enqueue(inputType);
            base.Serialize(stream, value, inputType, cancellationToken);
        }

        public override BinaryData Serialize(object? value, Type? inputType = null, CancellationToken cancellationToken = default)
        {
            Types.Enqueue(inputType ?? typeof(object));
            return base.Serialize(value, inputType, cancellationToken);
        }
    }
}
