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

    /// <summary>What staff wrote about a person in their own words: it goes with the person.</summary>
    Note,

    /// <summary>Which member of staff did something; nothing of the customer, and never in a customer's copy.</summary>
    Staff,
}
