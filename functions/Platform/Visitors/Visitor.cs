using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Platform.Visitors;

/// <summary>Somebody who need not sign in.</summary>
public static class Visitor
{
    /// <summary>
    /// Where a request comes from, for counting: the address that Azure's front end saw (<see cref="VisitorsServices"/>). Of IPv6 the first 64 bits, for one household has all the rest.
    /// </summary>
    public static string KeyOf(HttpRequest request)
    {
        if (request.HttpContext.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
