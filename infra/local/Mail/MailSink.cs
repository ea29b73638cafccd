using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shop.Local.Sandboxes;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Net;
using SmtpServer.Storage;

namespace Shop.Local.Mail;

/// <summary>
/// An SMTP server that takes every mail, delivers none and shows them to whoever asks. It listens on this machine only and
/// offers STARTTLS with a certificate of its own.
/// </summary>
public sealed class MailSink : IAsyncDisposable
{
    /// <summary>The oldest go when there are more.</summary>
    private const int Most = 500;

    /// <summary>In bytes.</summary>
    private const int LargestMail = 1024 * 1024;

    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ReceivedMail> _mails = [];
    private readonly X509Certificate2 _certificate;
    private readonly Task _serving;
    private int _taken;

    private MailSink(int port, TimeProvider clock, bool offersTls)
    {
        _clock = clock;
        // A handshake goes by the machine's own time, whatever time it is in the shop.
        var now = TimeProvider.System.GetUtcNow();
        using var authority = new CertificateAuthority("Mail server on this machine", now);
        RootCertificate = authority.RootPem;
        _certificate = Certificate(authority, now);
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").MaxMessageSize(LargestMail, MaxMessageSizeHandling.Strict).Endpoint(endpoint =>
        {
            endpoint.Endpoint(new(IPAddress.Loopback, port)).SupportedSslProtocols(SslProtocols.None);
            if (offersTls) endpoint.Certificate(_certificate);
        });
        _serving = new SmtpServer.SmtpServer(options.Build(), Services()).StartAsync(_stop.Token);
    }

    public int Port { get; private set; }

    /// <summary>PEM; what its certificate is to be believed by.</summary>
    public string RootCertificate { get; }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<ReceivedMail> Mails => [.. _mails];

    /// <summary>How it misbehaves; null to take mail.</summary>
    public MailFault? Fault { get; set; }

    /// <summary>Starts on the given port, 0 for a free one.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static async Task<MailSink> StartAsync(int port, TimeProvider clock, bool offersTls = true)
    {
        var sink = new MailSink(port, clock, offersTls);
        // It has begun to listen before its first wait, or has failed.
        if (!sink._serving.IsFaulted) return sink;
        await using (sink) await sink._serving;
        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _certificate.Dispose();
    }

    internal MailFault? FaultAt(MailStep step, string? recipient = null) =>
        Fault is { } fault && fault.Step == step && (fault.Recipient is null || fault.Recipient == recipient) ? fault : null;

    internal void Take(string? from, IReadOnlyList<string> to, byte[] raw)
    {
        _mails.Enqueue(ReceivedMail.Parse(Interlocked.Increment(ref _taken), _clock.GetUtcNow(), from, to, raw));
        while (_mails.Count > Most) _mails.TryDequeue(out _);
    }

    private SmtpServer.ComponentModel.ServiceProvider Services()
    {
        var listeners = new EndpointListenerFactory();
        listeners.EndpointStarted += (_, started) => Port = ((IPEndPoint)started.LocalEndPoint).Port;
        var hooks = new SinkHooks(this);
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(listeners);
        services.Add((IUserAuthenticator)hooks);
        services.Add((IMailboxFilter)hooks);
        services.Add((IMessageStore)hooks);
        return services;
    }

    private static X509Certificate2 Certificate(CertificateAuthority authority, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        using var certificate = authority.Issue(new("CN=localhost", key, HashAlgorithmName.SHA256), names, now);
        var withKey = certificate.CopyWithPrivateKey(key);
        if (!OperatingSystem.IsWindows()) return withKey;
        // Windows cannot serve with a key that was never in a file of keys.
        using (withKey) return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null);
    }
}
