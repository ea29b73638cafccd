using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Platform.Visitors;

/// <summary>Somebody who need not sign in.</summary>
public static class Visitor
{
    public static Problem TooMany(RateLimit limit) => new(429, "too-many", "You have done this often in a short time. Wait a while.") { RetryAfter = limit.Within };

    /// <summary>
    /// Where a request comes from, for counting: the address that Azure's front end saw, which the worker takes from the last
    /// X-Forwarded-For. Of IPv6 the first 64 bits, for one household has all the rest.
    /// </summary>
    public static string KeyOf(HttpRequest request)
    {
        if (request.HttpContext.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
