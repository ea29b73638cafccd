using System.Net;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments;

/// <summary>
/// A provider does not let this shop in (401) or not do this (403): its keys or their permissions need a person. Asking
/// again soon is in vain, and asking again once they are put right is not: nothing is lost meanwhile.
/// </summary>
public sealed class ProviderAccessException(string provider, Exception? inner = null) : UnavailableException(provider, inner)
{
    public string Provider { get; } = provider;

    public static bool IsRefusal(HttpStatusCode? status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
}
