namespace Shop.Functions.Privacy.Recipients;

public enum RecipientOutcome
{
    /// <summary>It has not been told yet, and will be.</summary>
    Pending,

    /// <summary>It has erased what it held.</summary>
    Erased,

    /// <summary>It held nothing.</summary>
    NothingHeld,

    /// <summary>A person there has been asked to.</summary>
    PersonAsked,
}
