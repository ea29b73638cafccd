using System.Text.Json.Serialization;
using Shop.Functions.Payments;
using Shop.Functions.Platform.DeadLetters;

namespace Shop.Functions.Operations.DeadLetters;

/// <summary>A dead letter as operators see it.</summary>
/// <param name="Why">What its last try ended with, or what cannot be read in a provider's event; absent when the process ended each time without saying.</param>
/// <param name="TraceId">Where that stands in the telemetry.</param>
/// <param name="Since">When it was first set aside.</param>
/// <param name="LastAt">When it was last set aside.</param>
/// <param name="Times">How often it was set aside, each time after <see cref="LastTryMiddleware.Tries"/> tries, or at once where it could not be read.</param>
/// <param name="SentBackAt">When it was last sent back.</param>
/// <param name="Message">The message itself: ids and no personal data, where it is one of ours.</param>
public sealed record DeadLetterView(
    string Id, string Queue, string? Why, string? TraceId, DateTimeOffset Since, DateTimeOffset LastAt, int Times, DateTimeOffset? SentBackAt, string Message)
{
    public static DeadLetterView Of(DeadLetter letter) => new(
        letter.Id, letter.Queue, UnreadableEvent.Of(letter.Queue, letter.Body)?.Reason ?? letter.Failure, letter.TraceId, letter.FirstAt, letter.LastAt, letter.Times,
        letter.SentBackAt, letter.Text);
}

[JsonSerializable(typeof(DeadLetterList))]
[JsonSerializable(typeof(RedriveDeadLetter.Response))]
[JsonSerializable(typeof(RedriveDeadLetters.Request))]
[JsonSerializable(typeof(RedriveDeadLetters.Response), TypeInfoPropertyName = "RedrivenAll")]
internal sealed partial class DeadLetterWeb : JsonSerializerContext
{
    public static DeadLetterWeb Json { get; } = new(Platform.Http.Json.Strict());
}
