using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>Every TCP connection that anything in this process opens while this is there, whichever library opens it.</summary>
internal sealed class Connections : EventListener
{
    // Made before the base class begins to call.
    private readonly ConcurrentQueue<IPEndPoint> _opened = new();

    /// <summary>In the order in which they were begun.</summary>
    public IReadOnlyList<IPEndPoint> Opened => [.. _opened];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Sockets") EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is { EventName: "ConnectStart", Payload: [string address] }) _opened.Enqueue(EndPointOf(address));
    }

    /// <param name="address">For instance <c>InterNetwork:16:{31,144,127,0,0,1,0,0,0,0,0,0,0,0}</c>: port and address, in version 6 with four bytes between them.</param>
    private static IPEndPoint EndPointOf(string address)
    {
        var bytes = address[(address.IndexOf('{') + 1)..^1].Split(',').Select(text => byte.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var ip = address.StartsWith("InterNetworkV6", StringComparison.Ordinal) ? new IPAddress(bytes.AsSpan(6, 16)) : new IPAddress(bytes.AsSpan(2, 4));
        return new(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, (bytes[0] << 8) | bytes[1]);
    }
}
