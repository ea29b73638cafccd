using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Shop.Functions.Platform.Telemetry;

/// <summary>
/// The trace that a queue message belongs to, as its last member <c>trace</c> (W3C's <c>traceparent</c>): storage keeps nothing
/// beside a message's text. Random numbers, so a message still holds ids only.
/// </summary>
public static partial class MessageTrace
{
    private const string Before = ",\"trace\":\"";

    /// <summary>In characters.</summary>
    private const int Length = 55;

    /// <summary>What a message that is sent here and now carries; null while nobody records, and then it is as it always was.</summary>
    public static string? Current => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <returns>The span that sent the message; null when none was recorded.</returns>
    public static ActivityContext? Of(string message) =>
        Member().Match(message) is { Success: true } found && ActivityContext.TryParse(found.Groups[1].Value, null, isRemote: true, out var sender) ? sender : null;

    /// <returns>What the message says: the same event that comes twice says the same, in whichever trace.</returns>
    public static string Without(string message) => Member().Replace(message, "");

    /// <inheritdoc cref="Without(string)"/>
    public static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> message)
    {
        var at = message.IndexOf(Encoding.UTF8.GetBytes(Before));
        return at < 0 || message.Length <= at + Before.Length + Length ? message : Encoding.UTF8.GetBytes(Without(Encoding.UTF8.GetString(message)));
    }

    [GeneratedRegex("""
        ,"trace":"([0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2})"
        """)]
    private static partial Regex Member();
}
