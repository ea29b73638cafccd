using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Shop.Local.Sandboxes;

/// <summary>The one merchant account of a sandbox: its state behind one lock, its clock, its ids and its events.</summary>
internal abstract class SandboxAccount(SandboxOptions options, SandboxState state, StateLog log) : IAsyncDisposable
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, SandboxEvent> _waiting = [];
    private long _awayUntil;

    public SandboxOptions Settings => options;

    /// <summary>Set when the server listens.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1/");

    /// <summary>Called after a change that may have made something due.</summary>
    public Action Woken { get; set; } = () => { };

    public DateTimeOffset Clock => options.TimeProvider.GetUtcNow();

    public long Now => Clock.ToUnixTimeSeconds();

    /// <summary>Until then the provider answers nobody and sends nothing. Forgotten with the process.</summary>
    public DateTimeOffset AwayUntil
    {
        get => new(Interlocked.Read(ref _awayUntil), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _awayUntil, value.UtcTicks);
    }

    public bool IsAway => Clock < AwayUntil;

    public Book<SandboxEvent> Events => Locked.Events;

    /// <summary>Events that are still to be delivered, in their order: few, however many there have been.</summary>
    public IEnumerable<SandboxEvent> Waiting => _lock.IsHeldByCurrentThread ? _waiting.Values : throw new InvalidOperationException("Read the state inside Do.");

    private protected SandboxState Locked => _lock.IsHeldByCurrentThread ? state : throw new InvalidOperationException("Read the state inside Do.");

    /// <summary>Reads the state, alone.</summary>
    public T Alone<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }

    /// <summary>Changes the state, alone, and returns when the change is on disk.</summary>
    public async Task<T> CommitAsync<T>(Func<T> change)
    {
        T result;
        Task written;
        lock (_lock)
        {
            try
            {
                result = change();
            }
            finally
            {
                written = WriteTouchedAsync();
            }
        }

        await written;
        Woken();
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        Task written;
        lock (_lock) written = WriteTouchedAsync();
        await written;
        log.Dispose();
    }

    /// <summary>Notes that something has happened, and that it is to be delivered.</summary>
    public void Add(SandboxEvent raised)
    {
        Locked.Events.Add(raised.Id, raised);
        _waiting.Add(raised.Id, raised);
    }

    /// <summary>It was delivered, or will not be.</summary>
    public void NoLongerWaits(SandboxEvent raised) => _waiting.Remove(raised.Id);

    /// <summary>It is to be delivered, with a fresh set of attempts.</summary>
    public void DeliverAgain(SandboxEvent raised)
    {
        raised.Delivery = EventDelivery.Pending;
        raised.Attempts = 0;
        raised.NextAttempt = default;
        _waiting[raised.Id] = raised;
    }

    private protected byte[] Whole(int number)
    {
        lock (_lock)
        {
            state.Log = number;
            return JsonSerializer.SerializeToUtf8Bytes(state, state.GetType(), StateLog.Json);
        }
    }

    /// <summary>Called with the lock held, so that the log has the changes in their order.</summary>
    private Task WriteTouchedAsync() => log.Keeps ? log.AppendAsync(state.TakeTouched()) : Task.CompletedTask;

    /// <summary>The next id of this prefix: the seed, the prefix and a counter decide it, nothing else.</summary>
    /// <param name="radix">How many of 0-9, A-Z, a-z it is written with: 36 for those without lower case.</param>
    public string NextId(string prefix, int length = 24, int radix = 62)
    {
        lock (_lock)
        {
            var number = state.Counters[prefix] = state.Counters.GetValueOrDefault(prefix) + 1;
            var id = new StringBuilder(prefix, prefix.Length + length);
            for (var block = 0; id.Length < prefix.Length + length; block++)
            {
                var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{state.Seed}/{prefix}/{number}/{block}"));
                for (var i = 0; i < hash.Length && id.Length < prefix.Length + length; i++)
                    id.Append(Digits[hash[i] % radix]);
            }

            return id.ToString();
        }
    }
}

/// <summary>An account with the state that its provider keeps.</summary>
internal abstract class SandboxAccount<TState> : SandboxAccount
    where TState : SandboxState, new()
{
    /// <param name="options">Where and how long state is kept, among others.</param>
    /// <param name="name">Of the files of its state, without their ends.</param>
    protected SandboxAccount(SandboxOptions options, string name)
        : this(options, new StateLog(options.DataDirectory, name, options.LongestLog))
    {
    }

    private SandboxAccount(SandboxOptions options, StateLog log)
        : this(options, log.Load<TState>() ?? Fresh(options), log)
    {
    }

    private SandboxAccount(SandboxOptions options, TState state, StateLog log)
        : base(options, state, log)
    {
        log.Begin(state, Whole);
        // A restart gives what was not delivered a fresh set of attempts: the shop was most likely down.
        foreach (var waiting in state.Events.Values.Where(e => e.Delivery is EventDelivery.Pending or EventDelivery.Failed))
        {
            DeliverAgain(waiting);
        }
    }

    public TState State => (TState)Locked;

    /// <summary>Reads the state, alone.</summary>
    public T Do<T>(Func<TState, T> read) => Alone(() => read(State));

    /// <summary>Changes the state, alone, and returns when the change is on disk.</summary>
    public Task<T> ChangeAsync<T>(Func<TState, T> change) => CommitAsync(() => change(State));

    private static TState Fresh(SandboxOptions options)
    {
        var state = new TState();
        if (options.Seed is { } seed) state.Seed = seed.ToString(CultureInfo.InvariantCulture);
        return state;
    }
}
