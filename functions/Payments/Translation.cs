namespace Shop.Functions.Payments;

/// <summary>What an event from a provider means to this shop.</summary>
public abstract record Translation
{
    private Translation() { }

    /// <summary>It says something about one of our orders.</summary>
    public sealed record Payment(PaymentEvent Event) : Translation;

    /// <summary>It is none of our business.</summary>
    public sealed record Ignored(string Reason) : Translation;

    /// <summary>It is genuine, and this version cannot read it.</summary>
    public sealed record Unreadable(UnreadableEvent Event) : Translation;
}
