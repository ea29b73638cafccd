using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Local.Stripe;

/// <summary>Who caused an event: the API request behind it, or nobody's (null ids) for what the clock or the buyer did.</summary>
internal sealed record Cause(string? RequestId, string? IdempotencyKey)
{
    public static Cause None { get; } = new(null, null);
}

/// <summary>The one account of the sandbox: its state behind one lock, its clock, its ids and its events.</summary>
internal sealed class StripeAccount
{
    public const string ApiVersion = "2026-07-29.dahlia";

    private const string IdAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private readonly Lock _lock = new();
    private readonly StripeState _state;
    private readonly StateFile _file;

    public StripeAccount(StripeSandboxOptions options, StateFile file)
    {
        Options = options;
        _file = file;
        _state = file.Load() ?? new StripeState
        {
            Seed = options.Seed?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? RandomNumberGenerator.GetHexString(32),
        };
        // A restart gives what was not delivered a fresh set of attempts: the shop was most likely down.
        foreach (var waiting in _state.Events.Values.Where(e => e.Delivery is EventDelivery.Pending or EventDelivery.Failed))
        {
            waiting.Delivery = EventDelivery.Pending;
            waiting.Attempts = 0;
            waiting.NextAttempt = default;
        }
    }

    public StripeSandboxOptions Options { get; }

    /// <summary>Set when the server listens.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1/");

    /// <summary>Called after a change that may have made something due.</summary>
    public Action Woken { get; set; } = () => { };

    public StripeState State => _lock.IsHeldByCurrentThread ? _state : throw new InvalidOperationException("Read the state inside Do.");

    public DateTimeOffset Clock => Options.TimeProvider.GetUtcNow();

    public long Now => Clock.ToUnixTimeSeconds();

    /// <summary>Reads the state, alone.</summary>
    public T Do<T>(Func<StripeState, T> read)
    {
        lock (_lock)
            return read(_state);
    }

    /// <summary>Changes the state, alone, and returns when the change is on disk.</summary>
    public async Task<T> ChangeAsync<T>(Func<StripeState, T> change)
    {
        T result;
        lock (_lock)
        {
            try
            {
                result = change(_state);
            }
            finally
            {
                _file.Changed();
            }
        }

        await _file.SaveAsync(this);
        Woken();
        return result;
    }

    /// <summary>The next id of this prefix: the seed, the prefix and a counter decide it, nothing else.</summary>
    public string NextId(string prefix, int length = 24)
    {
        lock (_lock)
        {
            var number = _state.Counters[prefix] = _state.Counters.GetValueOrDefault(prefix) + 1;
            var id = new StringBuilder(prefix, prefix.Length + length);
            for (var block = 0; id.Length < prefix.Length + length; block++)
            {
                var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{_state.Seed}/{prefix}/{number}/{block}"));
                for (var i = 0; i < hash.Length && id.Length < prefix.Length + length; i++)
                    id.Append(IdAlphabet[hash[i] % IdAlphabet.Length]);
            }

            return id.ToString();
        }
    }

    /// <summary>Notes an event about the object as it is at this moment.</summary>
    public StripeEvent Raise(string type, JsonObject subject, Cause cause, JsonObject? previous = null)
    {
        var raised = new StripeEvent
        {
            Id = NextId("evt_3"),
            Created = Now,
            Type = type,
            Object = subject,
            PreviousAttributes = previous,
            RequestId = cause.RequestId,
            IdempotencyKey = cause.IdempotencyKey,
        };
        State.Events.Add(raised.Id, raised);
        return raised;
    }
}
