namespace Shop.Functions.Orders;

/// <summary>
/// One attempt to pay at a provider's hosted page. It is stored before the provider is asked, so that a crash in
/// between ends with the same request under the same idempotency key, not with a second checkout.
/// </summary>
public sealed record Checkout
{
    public required string Provider { get; init; }

    /// <summary>1 for the first attempt at this provider; part of the idempotency key.</summary>
    public required int Attempt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required CheckoutState State { get; init; }

    /// <summary>The provider's id of it, once known.</summary>
    public string? Id { get; init; }

    /// <summary>The hosted page; dropped as soon as the checkout is over.</summary>
    public string? Url { get; init; }

    public string? ReturnUrl { get; init; }

    public string? CancelUrl { get; init; }

    /// <summary>When the customer last agreed to pay, by the provider's clock and as far as it has sent word of it; dropped like the page.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>The tries to take the money that came to nothing; null while there is none.</summary>
    public DeclinedTries? Declined { get; init; }

    /// <summary>What the journal calls it, for instance <c>checkout:stripe:1</c>.</summary>
    public string JournalKey => $"checkout:{Provider}:{Attempt}";

    public bool IsOver => State is CheckoutState.Expired or CheckoutState.Completed;

    /// <returns>The attempt without its pages.</returns>
    public Checkout Restricted() => this with { Url = null, ReturnUrl = null, CancelUrl = null };

    /// <summary>What both say together: the later state, and whatever either knows. Commutative and idempotent.</summary>
    public Checkout Merge(Checkout other)
    {
        var further = State >= other.State ? this : other;
        var over = further.IsOver;
        return further with
        {
            StartedAt = StartedAt <= other.StartedAt ? StartedAt : other.StartedAt,
            ExpiresAt = ExpiresAt >= other.ExpiresAt ? ExpiresAt : other.ExpiresAt,
            Id = Id ?? other.Id,
            Url = over ? null : Url ?? other.Url,
            ReturnUrl = over ? null : ReturnUrl ?? other.ReturnUrl,
            CancelUrl = over ? null : CancelUrl ?? other.CancelUrl,
            ApprovedAt = over ? null : Later(ApprovedAt, other.ApprovedAt),
            Declined = DeclinedTries.Merge(Declined, other.Declined),
        };
    }

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) => left is null || right > left ? right : left;
}
