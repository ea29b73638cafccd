using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Wire;

/// <summary>Adds a shared access signature to the query of each attempt that does not carry it yet.</summary>
internal sealed class SharedAccessSignaturePolicy(AzureSasCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var signature = credential.Signature.TrimStart('?');
        var query = message.Request.Uri.Query;
        if (query.Contains(signature, StringComparison.Ordinal)) return;
        message.Request.Uri.Query = string.IsNullOrEmpty(query) ? "?" + signature : $"{query}&{signature}";
    }
}
