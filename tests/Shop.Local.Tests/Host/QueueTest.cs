using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Local.Tests.Host;

/// <summary>A test with a queue of its own and functions that do what the test tells them.</summary>
public abstract class QueueTest(StorageFixture storage)
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected StorageFixture Storage => storage;

    /// <summary>The queue; functions name it <c>%Queue%</c>.</summary>
    protected string Name { get; } = $"q-{Guid.NewGuid():N}";

    protected Work Orders { get; } = new();

    private protected StorageCalls Calls { get; } = new();

    private protected Task<TestHost> StartAsync<T>(TestHost.Setup? setup = null) => StartAsync(typeof(T), setup);

    private protected Task<TestHost> StartAsync(Type functions, TestHost.Setup? setup = null)
    {
        setup ??= new();
        setup.Settings["Queue"] = Name;
        return TestHost.StartAsync([functions], setup with
        {
            Storage = setup.Storage is null ? null : storage.ConnectionString,
            ConfigureQueueClient = Calls.AddTo,
            Configure = app =>
            {
                app.Services.AddSingleton(Orders);
                setup.Configure(app);
            },
        });
    }

    protected async Task<QueueClient> CreateQueueAsync(QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        var queue = Client(Name, encoding);
        await queue.CreateAsync(cancellationToken: Cancellation);
        return queue;
    }

    protected QueueClient Poison(QueueMessageEncoding encoding = QueueMessageEncoding.Base64) => Client($"{Name}-poison", encoding);

    protected static async Task<int> CountAsync(QueueClient queue) =>
        (await queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount;

    private QueueClient Client(string name, QueueMessageEncoding encoding) =>
        new(storage.ConnectionString, name, new QueueClientOptions { MessageEncoding = encoding });

    /// <summary>What the functions do, and did.</summary>
    public sealed class Work
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _finished = [];
        private readonly SemaphoreSlim _entered = new(0);
        private int _running;
        private int _most;

        public ConcurrentQueue<string> Started { get; } = [];

        public ConcurrentQueue<string> Done { get; } = [];

        public Func<string, Task> Do { get; set; } = _ => Task.CompletedTask;

        /// <summary>The most messages that were worked on at the same time.</summary>
        public int MostAtOnce => _most;

        public Task FinishedAsync(string text) => Finished(text).Task;

        /// <summary>Waits until so many more have started.</summary>
        public async Task EnteredAsync(int count)
        {
            for (var i = 0; i < count; i++)
                await _entered.WaitAsync(Cancellation);
        }

        /// <summary>The token of the last run.</summary>
        public CancellationToken Token { get; private set; }

        public async Task RunAsync(string started, string text, CancellationToken cancellationToken = default)
        {
            Token = cancellationToken;
            Started.Enqueue(started);
            var running = Interlocked.Increment(ref _running);
            int most;
            while ((most = _most) < running && Interlocked.CompareExchange(ref _most, running, most) != most)
            {
            }
            _entered.Release();
            await Do(text);
            Interlocked.Decrement(ref _running);
            Done.Enqueue(text);
            Finished(text).TrySetResult();
        }

        private TaskCompletionSource Finished(string text) =>
            _finished.GetOrAdd(text, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
