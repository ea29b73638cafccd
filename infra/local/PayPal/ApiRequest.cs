using Microsoft.AspNetCore.Http;

namespace Shop.Local.PayPal;

/// <summary>One request to the API. <c>RequestId</c> is the header <c>PayPal-Request-Id</c>.</summary>
internal sealed record ApiRequest(string Method, string Path, IQueryCollection Query, string Text, string? RequestId)
{
    public string[] Segments { get; } = Path.Trim('/').Split('/');
}
