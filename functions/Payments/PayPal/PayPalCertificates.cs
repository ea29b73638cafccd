using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.PayPal;

/// <summary>
/// The certificates that PayPal signs webhooks with: fetched from PayPal's own hosts, checked, and kept until they
/// expire. Keep one: it is the cache. Anybody can send made-up addresses: they are looked up a few at a time, remembered as
/// nothing, and never hold up a delivery whose certificate is known.
/// </summary>
public sealed partial class PayPalCertificates(
    IOptions<PayPalOptions> options, IHttpClientFactory clients, TimeProvider clock, ILogger<PayPalCertificates> logger)
{
    /// <summary>In bytes; real ones are some 5 KiB with their intermediates.</summary>
    private const int Limit = 64 * 1024;

    /// <summary>PayPal has one or two at a time.</summary>
    private const int MostKept = 16;

    /// <summary>Addresses at which there was nothing.</summary>
    private const int MostUnfit = 1000;

    /// <summary>Addresses that are looked up at the same time.</summary>
    private const int MostFetches = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnfitFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Uri, PayPalCertificate> _known = new();
    private readonly ConcurrentDictionary<Uri, DateTimeOffset> _unfit = new();
    private readonly Dictionary<Uri, Task<PayPalCertificate?>> _fetches = [];

    /// <param name="url">One that <see cref="PayPalSignature.CertificateUrl"/> has let through.</param>
    /// <returns>Null when what is there is no certificate that PayPal signs with.</returns>
    /// <exception cref="UnavailableException">PayPal does not answer, or too many others are asked for: the delivery may be genuine.</exception>
    public async ValueTask<PayPalCertificate?> FindAsync(Uri url, CancellationToken cancellation)
    {
        if (Known(url) is { } known) return known;
        if (_unfit.TryGetValue(url, out var until) && clock.GetUtcNow() < until) return null;
        return await Fetch(url).WaitAsync(cancellation);
    }

    /// <summary>Deliveries with the same address wait for one call; it goes on when the one that asked first has hung up.</summary>
    private Task<PayPalCertificate?> Fetch(Uri url)
    {
        lock (_fetches)
        {
            if (_fetches.TryGetValue(url, out var fetch)) return fetch;
            if (_fetches.Count == MostFetches) throw new UnavailableException("The line for PayPal's certificates");
            return _fetches[url] = Task.Run(() => FetchOnceAsync(url));
        }
    }

    private async Task<PayPalCertificate?> FetchOnceAsync(Uri url)
    {
        try
        {
            var found = Known(url) ?? await FetchAsync(url);
            // An address that has held a good one may do so again any moment.
            if (found is null && !_known.ContainsKey(url)) NoteUnfit(url);
            return found;
        }
        finally
        {
            lock (_fetches) _fetches.Remove(url);
        }
    }

    private void NoteUnfit(Uri url)
    {
        if (_unfit.Count >= MostUnfit) _unfit.Clear();
        _unfit[url] = clock.GetUtcNow() + UnfitFor;
    }

    private PayPalCertificate? Known(Uri url) => _known.TryGetValue(url, out var certificate) && clock.GetUtcNow() < certificate.NotAfter ? certificate : null;

    private async Task<PayPalCertificate?> FetchAsync(Uri url)
    {
        if (await DownloadAsync(url) is not { } pem) return null;
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            LogUnfit(url, "it is not PEM");
            return null;
        }

        var leaf = chain.FirstOrDefault();
        if ((leaf is null ? "it is empty" : WhyNot(leaf, chain)) is { } reason)
        {
            LogUnfit(url, reason);
            return null;
        }

        if (_known.Count >= MostKept) _known.Clear();
        return _known[url] = new(leaf!);
    }

    /// <returns>Null when PayPal says that there is nothing there.</returns>
    private async Task<string?> DownloadAsync(Uri url)
    {
        using var http = clients.CreateClient(PayPalConnection.HttpClientName);
        http.MaxResponseContentBufferSize = Limit;
        http.Timeout = Patience;
        try
        {
            using var response = await http.GetAsync(url);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.Gone) return null;
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw new UnavailableException(Providers.PayPal, exception);
        }
    }

    /// <returns>Why a certificate is not to be trusted; null when it is.</returns>
    private string? WhyNot(X509Certificate2 leaf, X509Certificate2Collection sent)
    {
        if (!leaf.MatchesHostname(PayPalSignature.CertificateName(options.Value.Live), allowWildcards: false)) return "it is made out to somebody else";
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.ExtraStore.AddRange(sent);
        policy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        // It has just come from PayPal's own host over TLS, which would not offer one that is revoked; asking the issuer
        // fails without a network and has called good ones revoked (paypal/PayPal-NET-SDK#411).
        policy.RevocationMode = X509RevocationMode.NoCheck;
        if (options.Value.SandboxRootCertificate is { Length: > 0 } root) policy.TrustOnly(root);

        return chain.Build(leaf) ? null : $"its chain is bad ({string.Join(", ", chain.ChainStatus.Select(status => status.Status))})";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate at {Url} does not count: {Reason}")]
    private partial void LogUnfit(Uri url, string reason);
}

/// <summary>A certificate that PayPal signs with.</summary>
public sealed class PayPalCertificate(X509Certificate2 certificate)
{
    /// <summary>
    /// Taking the key out of a certificate costs more than a signature, and one key is not promised to serve two threads:
    /// each is used by one at a time, and there come to be as many as were ever used at once.
    /// </summary>
    private readonly ConcurrentBag<RSA> _keys = [];

    public DateTimeOffset NotAfter { get; } = certificate.NotAfter;

    /// <summary>Whether the transmission was signed with it for one of our webhooks, over exactly these bytes.</summary>
    public bool HasSigned(PayPalTransmission transmission, ReadOnlySpan<byte> body, IEnumerable<string> webhookIds)
    {
        if ((_keys.TryTake(out var key) ? key : certificate.GetRSAPublicKey()) is not { } usable) return false;
        var signed = PayPalSignature.IsSigned(transmission, body, webhookIds, usable);
        _keys.Add(usable);
        return signed;
    }
}
