using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Wire;

/// <summary>Signs each attempt with Shared Key Lite for the table service (REST reference, Authorize with Shared Key).</summary>
internal sealed class SharedKeyPolicy(TableSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var date = DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture);
        var resource = message.Request.Uri.ToUri();
        var text = $"{date}\n/{credential.AccountName}{resource.AbsolutePath}{Component(resource)}";
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {credential.AccountName}:{credential.Sign(text)}");
    }

    // Of the query only comp= is part of what is signed.
    private static string Component(Uri resource)
    {
        var query = resource.Query;
        if (!query.Contains("comp=", StringComparison.OrdinalIgnoreCase)) return string.Empty;
        var value = query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("comp=", StringComparison.OrdinalIgnoreCase));
        return value is null ? string.Empty : "?" + value;
    }
}
