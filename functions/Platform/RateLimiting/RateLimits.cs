using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;

namespace Shop.Functions.Platform.RateLimiting;

/// <summary>
/// Counts how often something happens for a key, over all instances: a row for each key and span, under compare-and-set. Each
/// instance remembers what it has written, so the usual case is one storage call, and who has had their share costs none.
/// </summary>
public sealed partial class RateLimits(RateCountStore store, IOptions<LinkOptions> links, TimeProvider clock, ILogger<RateLimits> logger)
{
    /// <summary>Memory is bounded: with more counts than this at once some are dropped, and read again from storage.</summary>
    private const int MostRemembered = 10_000;

    /// <summary>Who is counted by so many instances at once that each is faster than the others this often is a flood.</summary>
    private const int Rounds = 8;

    /// <summary>Whoever need not wait for storage is not kept longer than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Remembered> _remembered = new(StringComparer.Ordinal);

    /// <summary>For nothing but these hashes. Until the secret is there each process has one of its own: its counts are not shared then.</summary>
    private readonly byte[] _secret = links.Value.IsSetUp
        ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(links.Value.Keys[0]), LinkOptions.KeyLength, salt: [], info: "shop rate counts"u8.ToArray())
        : RandomNumberGenerator.GetBytes(LinkOptions.KeyLength);

    public static Problem TooMany(TimeSpan wait) => new(429, "too-many", "You have done this often in a short time. Wait a while.") { RetryAfter = wait };

    /// <returns>The problem to answer with; null when it counts and may be done.</returns>
    /// <exception cref="Azure.RequestFailedException">Storage does not answer, and the rule does not hold without it.</exception>
    public async Task<Problem?> RefuseAsync(RateRule rule, string key, CancellationToken cancellation) =>
        await TakeAsync(rule, key, cancellation) is { } wait ? TooMany(wait) : null;

    /// <returns>How long to wait, when the key has had its share; null when it counts and may be done.</returns>
    /// <inheritdoc cref="RefuseAsync" />
    public async Task<TimeSpan?> TakeAsync(RateRule rule, string key, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var span = rule.SpanAt(now);
        var count = Remember(rule, key, span);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // From the beginning: those before it in the line may be waiting for the same storage.
        using var timer = rule.FailsOpen ? clock.CreateTimer(_ => patience.Cancel(), null, Patience, Timeout.InfiniteTimeSpan) : null;
        try
        {
            await count.Turn.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (rule.FailsOpen && !cancellation.IsCancellationRequested)
        {
            LogUnavailable(rule.Use, "line");
            return null;
        }

        try
        {
            return await TakeAsync(rule, count, span, patience.Token, cancellation) ? null : span.End - now;
        }
        finally
        {
            count.Turn.Release();
        }
    }

    /// <summary>
    /// It came to nothing, and does not count. Should storage not answer either within moments, it does. Whoever asked may have gone,
    /// or the process may be about to end: that is no reason to count it.
    /// </summary>
    public async Task GiveBackAsync(RateRule rule, string key)
    {
        var span = rule.SpanAt(clock.GetUtcNow());
        var count = Remember(rule, key, span);
        using var patience = new CancellationTokenSource(Patience, clock);
        await count.Turn.WaitAsync(CancellationToken.None);
        try
        {
            if (count.Unstored > 0) count.Unstored--;
            else await WriteAsync(count, span, row => row.Count > 0 ? row.Count - 1 : null, patience.Token);
        }
        catch (Exception failed) when (ProblemMiddleware.IsUnavailable(failed))
        {
            LogUnavailable(rule.Use, failed.GetType().Name);
        }
        finally
        {
            count.Turn.Release();
        }
    }

    private async Task<bool> TakeAsync(RateRule rule, Remembered count, RateSpan span, CancellationToken patience, CancellationToken cancellation)
    {
        if (count.Row is null && count.Unstored < Math.Min(rule.Unstored, rule.Most))
        {
            count.Unstored++;
            return true;
        }

        if (rule.Next(count.Row?.Count ?? 0, count.Unstored) is null) return false;
        try
        {
            return await WriteAsync(count, span, row => rule.Next(row.Count, count.Unstored), patience);
        }
        catch (Exception failed) when (rule.FailsOpen && ProblemMiddleware.IsUnavailable(failed) && !cancellation.IsCancellationRequested)
        {
            LogUnavailable(rule.Use, failed.GetType().Name);
            count.Unstored++;
            return true;
        }
    }

    /// <returns>False when the count has come to its end, or when too many were faster.</returns>
    private async Task<bool> WriteAsync(Remembered count, RateSpan span, Func<RateCountEntity, int?> next, CancellationToken cancellation)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var row = count.Row ?? new() { PartitionKey = count.Partition, RowKey = count.RowKey };
            if (next(row) is not { } number) return false;
            var written = new RateCountEntity { PartitionKey = row.PartitionKey, RowKey = row.RowKey, ETag = row.ETag, Count = number };
            if (await store.TryWriteAsync(written, span.Start, cancellation))
            {
                (count.Row, count.Unstored) = (written, 0);
                return true;
            }

            count.Row = await store.FindAsync(count.Partition, count.RowKey, cancellation);
        }

        return false;
    }

    private Remembered Remember(RateRule rule, string key, RateSpan span)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{rule.Use}\n{span.Start.ToUnixTimeSeconds()}\n{key}");
        var hash = HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(text));
        var row = Convert.ToHexStringLower(hash.AsSpan(0, 16));
        lock (_lock)
        {
            if (_remembered.TryGetValue(row, out var known)) return known;
            if (_remembered.Count >= MostRemembered) Forget();
            return _remembered[row] = new(RateCountEntity.PartitionOf(RateCountEntity.DayOf(span.Start), hash[^1] % RateCountEntity.Shards), row, span.End);
        }
    }

    /// <summary>Those whose span is over; when that is not enough, also those that storage knows, for they can be read again.</summary>
    private void Forget()
    {
        var now = clock.GetUtcNow();
        Drop(count => count.Ends <= now);
        if (_remembered.Count > MostRemembered / 2) Drop(count => count.Row is not null);
        if (_remembered.Count > MostRemembered / 2) _remembered.Clear();

        void Drop(Func<Remembered, bool> isNeedless)
        {
            foreach (var (row, _) in _remembered.Where(known => isNeedless(known.Value)).ToList()) _remembered.Remove(row);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is counted for {Use} could not be stored ({Reason}): this instance counts it by itself")]
    private partial void LogUnavailable(string use, string reason);

    /// <summary>A count as this instance knows it; whoever has the turn may change it.</summary>
    private sealed class Remembered(string partition, string rowKey, DateTimeOffset ends)
    {
        public DateTimeOffset Ends => ends;

        public SemaphoreSlim Turn { get; } = new(1);

        public string Partition => partition;

        public string RowKey => rowKey;

        /// <summary>As it was last written or read here.</summary>
        public RateCountEntity? Row { get; set; }

        /// <summary>Let through here, and not told to storage yet.</summary>
        public int Unstored { get; set; }
    }
}
