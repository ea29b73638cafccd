using System.Globalization;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables.Wire;

/// <summary>The answer to one action of a transaction, cut out of the transaction's multipart answer.</summary>
internal sealed class TransactionResponse : Response
{
    private readonly Dictionary<string, string> _headers;

    private TransactionResponse(int status, string reason, Dictionary<string, string> headers, byte[] body)
    {
        (Status, ReasonPhrase, _headers) = (status, reason, headers);
        ContentStream = new MemoryStream(body, 0, body.Length, writable: false, publiclyVisible: true);
        ClientRequestId = headers.GetValueOrDefault("x-ms-client-request-id", string.Empty);
    }

    public override int Status { get; }

    public override string ReasonPhrase { get; }

    public override Stream ContentStream { get; set; }

    public override string ClientRequestId { get; set; }

    public override bool IsError => Status >= 400;

    /// <summary>The answers in the order of the actions; a refused transaction has one, the refusal.</summary>
    public static List<Response> Parse(Response transaction)
    {
        var text = transaction.Content.ToString();
        var responses = new List<Response>();
        foreach (var part in Parts(text, Boundary(transaction.Headers.ContentType)))
        {
            var (headers, body) = Head(part);
            // The parts stand in a change set of their own; a transaction that was never run has none around them.
            if (Boundary(headers.GetValueOrDefault("Content-Type")) is { } changeSet)
                responses.AddRange(Parts(body, changeSet).Select(inner => Answer(Head(inner).Body)));
            else responses.Add(Answer(body));
        }
        return responses;
    }

    public override void Dispose()
    {
    }

    protected override bool TryGetHeader(string name, out string value) => _headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, out IEnumerable<string> values)
    {
        values = _headers.TryGetValue(name, out var value) ? [value] : null;
        return values is not null;
    }

    protected override bool ContainsHeader(string name) => _headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => _headers.Select(header => new HttpHeader(header.Key, header.Value));

    private static Response Answer(string http)
    {
        var lineEnd = http.IndexOf('\n', StringComparison.Ordinal);
        var statusLine = (lineEnd < 0 ? http : http[..lineEnd]).TrimEnd('\r').Split(' ', 3);
        if (statusLine.Length < 2 || !int.TryParse(statusLine[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            throw new RequestFailedException("The service's answer to the transaction cannot be read.");
        var (headers, body) = Head(lineEnd < 0 ? string.Empty : http[(lineEnd + 1)..]);
        return new TransactionResponse(status, statusLine.Length > 2 ? statusLine[2] : string.Empty, headers, Encoding.UTF8.GetBytes(body));
    }

    private static string Boundary(string contentType)
    {
        if (contentType is null || !contentType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)) return null;
        const string mark = "boundary=";
        var start = contentType.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? null : contentType[(start + mark.Length)..].Split(';')[0].Trim().Trim('"');
    }

    private static IEnumerable<string> Parts(string text, string boundary)
    {
        // Boundaries start a line, and what stands before the first and after the last is no part.
        var pieces = ("\n" + text).Split("\n--" + boundary);
        return pieces.Skip(1).TakeWhile(piece => !piece.StartsWith("--", StringComparison.Ordinal))
            .Select(piece => piece[(piece.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    private static (Dictionary<string, string> Headers, string Body) Head(string text)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            var line = text.AsSpan(at, end - at).TrimEnd('\r');
            at = Math.Min(end + 1, text.Length);
            if (line.IsEmpty) break;
            var colon = line.IndexOf(':');
            if (colon > 0) headers[line[..colon].ToString()] = line[(colon + 1)..].Trim().ToString();
        }
        return (headers, text[at..].TrimEnd('\r', '\n'));
    }
}
