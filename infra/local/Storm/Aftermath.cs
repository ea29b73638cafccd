namespace Shop.Local.Storm;

/// <summary>What happens to an order that was paid.</summary>
public enum Aftermath
{
    Nothing,

    /// <summary>The customer cancels.</summary>
    Cancels,

    /// <summary>Staff send two parts back.</summary>
    RefundedInParts,

    /// <summary>Staff send all of it back.</summary>
    RefundedInFull,

    /// <summary>Somebody sends a part back in the provider's dashboard.</summary>
    RefundedAtTheProvider,

    DisputeWon,

    DisputeLost,

    /// <summary>What begins with an inquiry ends with a part of the money gone.</summary>
    DisputeLostInPart,

    /// <summary>Somebody sends all of it back at the provider, and the buyer wins all the same.</summary>
    RefundedInDispute,

    /// <summary>The provider takes a part by itself: PayPal by a reversal, Stripe by a rule that prevents a dispute.</summary>
    TakenInPart,

    /// <summary>The buyer asks, and is content with the answer.</summary>
    InquiryAnswered,

    /// <summary>The buyer asks, and staff send all of it back.</summary>
    InquiryRefunded,

    /// <summary>Stripe stops the dispute; at PayPal the buyer accepts an offer.</summary>
    Prevented,

    /// <summary>Two parcels leave and arrive.</summary>
    Sent,

    /// <summary>One parcel leaves, with a part of it.</summary>
    SentInPart,

    /// <summary>A parcel is noted and taken back, and then the customer cancels.</summary>
    TakenBack,

    /// <summary>The only parcel comes back; a part of it is fit to be sold again, and all of the money goes back.</summary>
    CameBack,
}
