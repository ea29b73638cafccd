using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables.Wire;

/// <summary>Reads error code and message from the service's answer; one that is not OData JSON leaves only its status.</summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    /// <summary>Key in the exception's data: position of a transaction's refused action.</summary>
    public const string FailedEntityKey = "FailedEntity";

    public static readonly TableErrorParser Instance = new();

    public override bool TryParse(Response response, out ResponseError error, out IDictionary<string, string> data)
    {
        data = new Dictionary<string, string>();
        error = Read(response);
        if (error is null) return false;
        // A transaction's message starts with the position of the action that failed: "1:The specified entity …".
        var message = error.Message ?? string.Empty;
        var colon = message.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && message.AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9') < 0) data[FailedEntityKey] = message[..colon];
        return true;
    }

    private static ResponseError Read(Response response)
    {
        if (response.ContentStream is not { CanSeek: true, Length: > 0 }) return null;
        try
        {
            using var document = JsonDocument.Parse(response.Content.ToMemory());
            var error = document.RootElement.GetProperty("odata.error");
            return new ResponseError(error.GetProperty("code").GetString(), error.GetProperty("message").GetProperty("value").GetString());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
