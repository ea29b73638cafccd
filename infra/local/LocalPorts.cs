using System.Net;
using System.Net.Sockets;

namespace Shop.Local;

/// <summary>Where everything listens on 127.0.0.1. A port of 0 is picked by the system.</summary>
public sealed record LocalPorts(int Api, int SignIn, int Stripe, int PayPal, int Blob, int Queue, int Table)
{
    /// <summary>Where mail is taken, and where it is shown.</summary>
    public int Mail { get; init; }

    public int MailPage { get; init; }

    /// <summary>The mailing provider, which keeps the newsletter's list.</summary>
    public int Newsletter { get; init; }

    /// <summary>The carrier.</summary>
    public int Carrier { get; init; }

    /// <summary>The ports people find in the README.</summary>
    public static LocalPorts Default { get; } = new(7071, 7072, 7073, 7074, 10000, 10001, 10002) { Mail = 7075, MailPage = 7076, Newsletter = 7077, Carrier = 7078 };

    /// <summary>Free ones, for tests.</summary>
    public static LocalPorts Free { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>A free one in place of 0, for who has to know it before anything listens there.</summary>
    public static int Pick(int port)
    {
        if (port != 0) return port;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>All of them moved, so that two shops can run side by side: N to N+7, and storage at N+10 to N+12.</summary>
    public static LocalPorts From(int first) =>
        new(first, first + 1, first + 2, first + 3, first + 10, first + 11, first + 12) { Mail = first + 4, MailPage = first + 5, Newsletter = first + 6, Carrier = first + 7 };
}
