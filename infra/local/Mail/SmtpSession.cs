using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Shop.Local.Mail;

/// <summary>One sender at the sink: its commands, one after the other (RFC 5321).</summary>
internal sealed class SmtpSession(MailSink sink, Stream stream)
{
    /// <summary>In characters; a sender that goes on without an end is cut off.</summary>
    private const int LongestMail = 1024 * 1024;

    private readonly PipeReader _input = PipeReader.Create(stream);
    private readonly StreamWriter _writer = new(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
    private readonly List<string> _to = [];
    private string? _from;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await SayAsync("220 127.0.0.1 takes mail and keeps it to itself", cancellation);
        while (await ReadLineAsync(cancellation) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "QUIT")
            {
                await SayAsync("221 bye", cancellation);
                return;
            }

            if (verb == "DATA" && _to.Count > 0 && sink.Refusal is null) await TakeAsync(cancellation);
            else await SayAsync(Answer(verb, line), cancellation);
        }
    }

    private string Answer(string verb, string line)
    {
        switch (verb)
        {
            case "HELO" or "EHLO" or "RSET":
                _from = null;
                _to.Clear();
                return "250 127.0.0.1";
            case "NOOP":
                return "250 ok";
            case "MAIL" or "RCPT" or "DATA" when sink.Refusal is { } refusal:
                return refusal;
            case "MAIL" when AddressIn(line) is { } from:
                _from = from;
                return "250 ok";
            case "RCPT" when _from is not null && AddressIn(line) is { Length: > 0 } to:
                _to.Add(to);
                return "250 ok";
            case "MAIL" or "RCPT" or "DATA":
                return "503 5.5.1 not in this order";
            default:
                return "502 5.5.1 there is no such command";
        }
    }

    private async Task TakeAsync(CancellationToken cancellation)
    {
        await SayAsync("354 end with a dot on a line of its own", cancellation);
        var data = new StringBuilder();
        while (await ReadLineAsync(cancellation) is { } line && data.Length <= LongestMail)
        {
            if (line == ".")
            {
                sink.Take(ReceivedMail.Parse(_from!, [.. _to], data.ToString()));
                _to.Clear();
                await SayAsync("250 taken", cancellation);
                return;
            }

            // A line that begins with a dot is sent with two.
            data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }
    }

    /// <summary>A line ends with both, carriage return and line feed: a server that takes less can be told of mails within a mail.</summary>
    /// <returns>Null when the sender is gone, or does not come to an end.</returns>
    private async Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await _input.ReadAsync(cancellation);
            if (LineIn(read.Buffer) is var (line, end) && line is not null)
            {
                _input.AdvanceTo(end);
                return line;
            }

            _input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.Buffer.Length > LongestMail) return null;
        }
    }

    private static (string? Line, SequencePosition End) LineIn(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        return reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8) ? (Encoding.Latin1.GetString(line), reader.Position) : default;
    }

    private Task SayAsync(string line, CancellationToken cancellation) => _writer.WriteLineAsync(line.AsMemory(), cancellation);

    private static string? AddressIn(string line)
    {
        var (start, end) = (line.IndexOf('<'), line.IndexOf('>'));
        return start >= 0 && end > start ? line[(start + 1)..end] : null;
    }
}
