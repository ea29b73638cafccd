using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Azure.Core;

namespace Azure.Data.Tables.Wire;

/// <summary>Reads error code and message from the service's answer: OData JSON, or XML where it failed before OData.</summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    /// <summary>Key in the exception's data: position of a transaction's refused action.</summary>
    public const string FailedEntityKey = "FailedEntity";

    public static readonly TableErrorParser Instance = new();

    public override bool TryParse(Response response, out ResponseError error, out IDictionary<string, string> data)
    {
        data = new Dictionary<string, string>();
        var (code, message) = ReadBody(response);
        code ??= response.Headers.TryGetValue("x-ms-error-code", out var header) ? header : null;
        error = code is null && message is null ? null : new ResponseError(code, message);
        if (message is null) return error is not null;
        // A transaction's message starts with the position of the action that failed: "1:The specified entity …".
        var colon = message.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && message.AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9') < 0) data[FailedEntityKey] = message[..colon];
        return true;
    }

    private static (string Code, string Message) ReadBody(Response response)
    {
        if (response.ContentStream is not { CanSeek: true, Length: > 0 }) return default;
        var body = response.Content;
        try
        {
            return FirstByte(body) == (byte)'<' ? ReadXml(body) : ReadJson(body);
        }
        catch (Exception e) when (e is JsonException or XmlException)
        {
            return default;
        }
    }

    private static byte FirstByte(BinaryData body) => body.ToMemory().Span.TrimStart("\uFEFF \t\r\n"u8) is [var first, ..] ? first : default;

    private static (string, string) ReadJson(BinaryData body)
    {
        using var document = JsonDocument.Parse(body.ToMemory());
        if (document.RootElement.ValueKind != JsonValueKind.Object) return default;
        if (!document.RootElement.TryGetProperty("odata.error", out var error) || error.ValueKind != JsonValueKind.Object) return default;
        var code = error.TryGetProperty("code", out var c) && c.ValueKind == JsonValueKind.String ? c.GetString() : null;
        if (!error.TryGetProperty("message", out var message)) return (code, null);
        if (message.ValueKind == JsonValueKind.Object) message = message.TryGetProperty("value", out var v) ? v : default;
        return (code, message.ValueKind == JsonValueKind.String ? message.GetString() : null);
    }

    private static (string, string) ReadXml(BinaryData body)
    {
        var root = XDocument.Load(body.ToStream()).Root;
        string Child(string name) => root.Elements().FirstOrDefault(e => e.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
        return (Child("code"), Child("message"));
    }
}
