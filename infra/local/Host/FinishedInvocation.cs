namespace Shop.Local.Host;

/// <summary>One run of a function, told when all of it is over: response written, message deleted, put back or set aside.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Trigger">What started it.</param>
/// <param name="InvocationId">The id that the function saw in its context.</param>
/// <param name="Error">What it threw; null when it succeeded.</param>
/// <param name="Duration">From the trigger to the end.</param>
public sealed record FinishedInvocation(string Function, TriggerKind Trigger, string InvocationId, Exception? Error, TimeSpan Duration)
{
    /// <summary>The HTTP status that was answered, for an HTTP function.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The message, for a function that a queue started.</summary>
    public string? MessageId { get; init; }

    /// <summary>Whether the message went to the poison queue.</summary>
    public bool Poisoned { get; init; }

    /// <summary>Whether the function returned without an exception.</summary>
    public bool Succeeded => Error is null;
}
