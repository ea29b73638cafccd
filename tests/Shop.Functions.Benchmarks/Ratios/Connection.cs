using System.Net;
using System.Net.Sockets;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>
/// A caller's keep-alive connection that sends requests prepared as bytes. The caller shares the machine with what is
/// measured, and a caller that cost as much as a function would be measured with it.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 * 1024];

    private Connection() { }

    public static async Task<Connection> OpenAsync(Uri server)
    {
        var connection = new Connection();
        await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(server.Host), server.Port));
        return connection;
    }

    /// <summary>Sends a whole request and reads the whole answer.</summary>
    /// <returns>The answer, headers included; valid until the next call.</returns>
    /// <exception cref="IOException">The server closed the connection.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;) sent += await _socket.SendAsync(request[sent..]);
        var length = 0;
        do
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
            if (read == 0) throw new IOException("The server closed the connection.");
            length += read;
        }
        while (!IsComplete(_buffer.AsSpan(0, length)));
        return _buffer.AsMemory(0, length);
    }

    public static int StatusOf(ReadOnlyMemory<byte> answer) => int.Parse(answer.Span[9..12], System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose() => _socket.Dispose();

    /// <summary>Kestrel's answers have a length or end with an empty chunk, which JSON cannot contain.</summary>
    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = answer[..end];
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) return answer[end..].EndsWith("\r\n0\r\n\r\n"u8);
        var digits = head[(at + "Content-Length: ".Length)..];
        var stop = digits.IndexOf((byte)'\r');
        return answer.Length == end + 4 + int.Parse(stop < 0 ? digits : digits[..stop], System.Globalization.CultureInfo.InvariantCulture);
    }
}
