using System.Net;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments;

/// <summary>A provider does not let this shop in (401) or not do this (403): its keys or their permissions need a person.</summary>
public sealed class ProviderAccessException(string provider, Exception inner) : UnavailableException(provider, inner)
{
    public static bool IsRefusal(HttpStatusCode? status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
}
