namespace Shop.Functions.Orders.Settlements;

/// <summary>A fact about money, keyed by the provider's own object.</summary>
/// <param name="Kind">What the object is.</param>
/// <param name="Provider">Whose object it is, for instance <c>stripe</c>.</param>
/// <param name="ObjectId">The provider's id of it, for instance <c>pi_…</c>.</param>
/// <param name="Parent">For a refund, a reversal or a dispute, the key of the capture it is about.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
/// <param name="At">When it came to be so, by the provider's clock.</param>
/// <param name="Reference">For a refund that this shop asked for, what it answers; null for one that people made at the provider.</param>
/// <param name="SettledByRefundsSince">
/// For a dispute that the provider settles by what it refunds itself: refunds from this time on are the money that a lost dispute is
/// about, and not further money. Null where the provider takes a lost dispute's money beside all refunds.
/// </param>
/// <param name="SettledByRefundsUntil">When such a dispute was first lost: what this shop has sent back by itself after that is further money.</param>
public sealed record LedgerEntry(
    FactKind Kind,
    string Provider,
    string ObjectId,
    string? Parent,
    long Amount,
    string Currency,
    FactStatus Status,
    DateTimeOffset At,
    string? Reference = null,
    DateTimeOffset? SettledByRefundsSince = null,
    DateTimeOffset? SettledByRefundsUntil = null)
{
    /// <summary>For instance <c>capture:stripe:pi_123</c>.</summary>
    public string Key => new FactKey(Kind, Provider, ObjectId).ToString();

    /// <summary>For a refund, a reversal or a dispute, the provider's id of the capture it is about.</summary>
    public string? ParentId => Parent is null ? null : FactKey.Parse(Parent).ObjectId;

    /// <summary>Nobody has decided yet whether the money stays.</summary>
    public bool IsUndecidedDispute => this is { Kind: FactKind.Dispute, Status: FactStatus.Inquiry or FactStatus.Open };
}
