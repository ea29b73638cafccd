using System.Text;

namespace Shop.Functions.Platform.DeadLetters;

/// <summary>A message that nobody could handle. The same text on the same queue is the same dead letter, however often it fails.</summary>
/// <param name="Id"><c>{queue}.{32 hexadecimal digits}</c>, made from the text.</param>
/// <param name="Queue">The queue that it belongs on.</param>
/// <param name="Body">As it was sent, decoded.</param>
/// <param name="Failure">What its last try ended with; null when the process did not live to say.</param>
/// <param name="TraceId">Where that stands in the telemetry.</param>
/// <param name="FirstAt">When it was first set aside, and when last.</param>
/// <param name="Times">How often it was set aside.</param>
/// <param name="SentBack">How many of these times it had been set aside when it was last sent back.</param>
/// <param name="SentBackAt">When that was; null when it never was.</param>
public sealed record DeadLetter(
    string Id, string Queue, BinaryData Body, string? Failure, string? TraceId, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Times, int SentBack,
    DateTimeOffset? SentBackAt)
{
    /// <summary>Whether it waits for a person: it has not been sent back since it last failed. Counted, for storage has a clock of its own.</summary>
    public bool IsOpen => SentBack < Times;

    /// <summary>The text, for people to look at; at most 2,000 characters.</summary>
    public string Text => Encoding.UTF8.GetString(Body.ToMemory().Span) is var text && text.Length > 2_000 ? text[..2_000] : text;
}
