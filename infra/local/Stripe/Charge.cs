using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

internal sealed class Charge : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public required string PaymentIntentId { get; init; }

    public required string PaymentMethodId { get; init; }

    /// <summary><c>card</c> or <c>bacs_debit</c>.</summary>
    public required string PaymentMethodType { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required Dictionary<string, string> Metadata { get; init; }

    public string? Description { get; init; }

    public string? PayerEmail { get; init; }

    public string? PayerName { get; init; }

    /// <summary><c>succeeded</c>, <c>pending</c> or <c>failed</c>.</summary>
    public required string Status { get; set; }

    public long AmountRefunded { get; set; }

    public bool Disputed { get; set; }

    public string? FailureCode { get; set; }

    public string? BalanceTransactionId { get; set; }
}
