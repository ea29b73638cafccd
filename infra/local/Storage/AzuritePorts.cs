using System.Net;
using System.Net.Sockets;

namespace Shop.Local.Storage;

/// <summary>Makes sure that fixed ports are free, giving a process that is just ending a moment to let go of them.</summary>
public static class AzuritePorts
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="LocalSetupException">A port stays in use.</exception>
    public static async Task WaitUntilFreeAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        foreach (var port in (int[])[options.BlobPort, options.QueuePort, options.TablePort])
        {
            if (port == 0 || IsFree(port)) continue;
            options.Progress($"Port {port} is in use; waiting up to {LongestWait.TotalSeconds:0} seconds for it.");
            var began = options.TimeProvider.GetTimestamp();
            while (!IsFree(port))
            {
                if (options.TimeProvider.GetElapsedTime(began) > LongestWait) throw InUse(port, options);
                await Task.Delay(Pause, options.TimeProvider, cancellationToken);
            }
        }
    }

    public static LocalSetupException InUse(int port, AzuriteOptions options)
    {
        var service = port == options.BlobPort ? "blobs" : port == options.QueuePort ? "queues" : "tables";
        return new($"Port {port} (storage, {service}) is in use by another program: stop that program, or start on other ports with --port-base.");
    }

    /// <returns>True when a program may listen on this port of 127.0.0.1 just now.</returns>
    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
