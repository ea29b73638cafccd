namespace Shop.Functions.Platform;

/// <summary>What kind of data a stored property is: it decides who may see it, how long it is kept and what erases it.</summary>
public enum DataClass
{
    /// <summary>Says nothing about a person: keys of ours, prices, versions.</summary>
    None,

    /// <summary>Needed to run the service: times, states, counters.</summary>
    Operational,

    /// <summary>Who the person is.</summary>
    Identity,

    /// <summary>How to reach the person.</summary>
    Contact,

    /// <summary>Where goods go.</summary>
    Delivery,

    /// <summary>What tax law wants kept about a sale.</summary>
    OrderFiscal,

    /// <summary>A payment provider's own identifiers and what they say of the money.</summary>
    PaymentReference,

    /// <summary>What the person agreed to, and when.</summary>
    Consent,
}

/// <summary>What a stored row is about: its clock runs from something different for each.</summary>
public enum Subject
{
    /// <summary>Goods on sale; nothing of a person.</summary>
    Catalogue,

    /// <summary>A person's account.</summary>
    Account,

    /// <summary>A sale.</summary>
    Order,

    /// <summary>A message on a queue, until it is handled or set aside.</summary>
    Message,

    /// <summary>The diary of what falls due; a row goes with what it points to.</summary>
    Diary,

    /// <summary>What a purge did.</summary>
    PurgeReport,

    /// <summary>That somebody's data was erased, without saying whose.</summary>
    Erasure,

    /// <summary>An order not to delete somebody's data.</summary>
    LegalHold,

    /// <summary>A personal data breach, as the register has it.</summary>
    Breach,
}

/// <summary>States the data class of a stored property, next to the property.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HoldsAttribute(DataClass dataClass) : Attribute
{
    public DataClass DataClass { get; } = dataClass;

    /// <summary>What the JSON in this property is. Its members hold this property's class unless they state another.</summary>
    public Type? JsonOf { get; init; }

    /// <summary>As <see cref="JsonOf"/>, where the JSON is an array of it.</summary>
    public Type? ListOf { get; init; }

    /// <summary>The name it is stored under, where that is not the property's own; a <c>*</c> at the end stands for anything.</summary>
    public string? Name { get; init; }
}

/// <summary>States where a type is stored and what its rows are about.</summary>
/// <param name="place">The table or queue.</param>
/// <param name="row">The RowKey, or how it begins and <c>*</c>; <c>message</c> on a queue.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StoredAttribute(string place, string row, Subject subject) : Attribute
{
    public string Place { get; } = place;

    public string Row { get; } = row;

    public Subject Subject { get; } = subject;
}
