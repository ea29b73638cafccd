using System.Net;

namespace Shop.Local.Commands;

/// <summary>A step of the demo ended otherwise than it should.</summary>
public sealed class DemoFailedException(string message) : Exception(message)
{
    public static void Unless(bool holds, string message)
    {
        if (!holds) throw new DemoFailedException(message);
    }

    public static void Unless(HttpStatusCode actual, HttpStatusCode expected, string what) => Unless(actual == expected, $"{what} answered {(int)actual}, not {(int)expected}.");
}
