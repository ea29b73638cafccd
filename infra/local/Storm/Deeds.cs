namespace Shop.Local.Storm;

/// <summary>What was done about one order, as far as it was answered.</summary>
public sealed record Deeds(string OrderId, long Gross)
{
    /// <summary>A payment page took the payment, or the consent to it.</summary>
    public bool Paid { get; init; }

    /// <summary>The customer has seen the shop say that it is paid.</summary>
    public bool IsSeenPaid { get; init; }

    /// <summary>The shop accepted that it is cancelled.</summary>
    public bool Cancelled { get; init; }

    /// <summary>What staff asked to send back and the shop accepted.</summary>
    public long RefundsAccepted { get; init; }

    /// <summary>What was sent back in the provider's dashboard.</summary>
    public long RefundedAtTheProvider { get; init; }

    /// <summary>What a bank or the provider took for good.</summary>
    public long Withdrawn { get; init; }

    /// <summary>A part of the money was taken: whether the goods are to be sent is for a person to say.</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>How many of the item that is counted were ordered, have left in parcels, and were put back on the shelf.</summary>
    public int Counted { get; init; }

    public int CountedSent { get; init; }

    /// <summary>There was too little of it, so the order is without it.</summary>
    public bool WasOutOfStock { get; init; }

    public int Restocked { get; init; }

    /// <summary>What the parcels have come to, as the shop's API writes it.</summary>
    public string Fulfilment { get; init; } = "unfulfilled";

    /// <summary>What was planned.</summary>
    public PlannedOrder? Plan { get; init; }

    /// <summary>When the shop gives it up if nobody has paid, by the shop's clock.</summary>
    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>By then, by the shop's clock, it was paid beyond doubt; null where only the end can tell.</summary>
    public DateTimeOffset? PaidBy { get; init; }

    public bool MayHaveExpired(DateTimeOffset now) => (PaidBy ?? now) >= ExpiresAt;
}
