namespace Shop.Functions.Payments;

/// <summary>What an event from a provider means to this shop.</summary>
public abstract record Translation
{
    private Translation() { }

    /// <summary>The provider's id and type of the event; empty for what is none of our business.</summary>
    public (string EventId, string Type) Name => this switch
    {
        Payment { Event: var payment } => (payment.EventId, payment.Type),
        Unreadable { Event: var unreadable } => (unreadable.EventId, unreadable.Type),
        _ => ("", ""),
    };

    /// <summary>What a delivery of it is counted as.</summary>
    public string Outcome => this switch
    {
        Payment => "queued",
        Unreadable => "unreadable",
        _ => "ignored",
    };

    /// <summary>It says something about one of our orders.</summary>
    public sealed record Payment(PaymentEvent Event) : Translation;

    /// <summary>It is none of our business.</summary>
    public sealed record Ignored(string Reason) : Translation;

    /// <summary>It is genuine, and this version cannot read it.</summary>
    public sealed record Unreadable(UnreadableEvent Event) : Translation;
}
