namespace Shop.Functions.Privacy.Policy;

/// <summary>What keeps something beyond its time.</summary>
public enum RetentionHold
{
    /// <summary>A payment or a refund is on its way, or a person must look at it.</summary>
    OpenOrder,

    /// <summary>The customer's bank asks for the money.</summary>
    OpenDispute,

    /// <summary>Staff have ordered it.</summary>
    LegalHold,
}
