using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Shop.Local.Mail;

/// <summary>
/// An SMTP server that takes every mail, delivers none and shows them to whoever asks. It speaks what RFC 5321 demands
/// of any server, without TLS: it listens on this machine only.
/// </summary>
public sealed class MailSink : IAsyncDisposable
{
    /// <summary>The oldest go when there are more.</summary>
    private const int Most = 500;

    private readonly TcpListener _listener;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _sessions = [];
    private readonly ConcurrentQueue<ReceivedMail> _mails = [];
    private readonly Task _accepting;

    private MailSink(TcpListener listener, TimeProvider clock)
    {
        (_listener, _clock) = (listener, clock);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<ReceivedMail> Mails => [.. _mails];

    /// <summary>What every sender is answered with instead, for instance <c>451 4.3.0 try again later</c>; null to take mail.</summary>
    public string? Refusal { get; set; }

    /// <summary>Starts on the given port, 0 for a free one.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static MailSink Start(int port, TimeProvider clock)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return new MailSink(listener, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions.Keys);
        _stop.Dispose();
    }

    internal void Take(ReceivedMail mail)
    {
        _mails.Enqueue(mail with { At = _clock.GetUtcNow() });
        while (_mails.Count > Most) _mails.TryDequeue(out _);
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var session = Task.Run(() => ServeAsync(client));
                _sessions.TryAdd(session, true);
                _ = session.ContinueWith(done => _sessions.TryRemove(done, out _), TaskScheduler.Default);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // The end of the sink, or of a caller that went before it was served.
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await new SmtpSession(this, client.GetStream()).RunAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The sender is gone.
            }
        }
    }
}
