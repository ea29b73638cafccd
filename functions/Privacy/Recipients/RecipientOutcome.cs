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

    /// <summary>It could not be told, and the privacy officer has been asked to see to it.</summary>
    OfficerAsked,

    /// <summary>It takes no notice; on record, that nobody could be told of it either, and that nobody has the address any more.</summary>
    NotTold,
}
