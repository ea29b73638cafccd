using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

internal sealed class Capture : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public long Updated { get; set; }

    public required string OrderId { get; init; }

    public required string Currency { get; init; }

    public required decimal Amount { get; init; }

    public string? CustomId { get; init; }

    public string? InvoiceId { get; init; }

    /// <summary><c>COMPLETED</c>, <c>PENDING</c>, <c>DECLINED</c>, <c>PARTIALLY_REFUNDED</c> or <c>REFUNDED</c>.</summary>
    public required string Status { get; set; }

    /// <summary>Why the status is not final: <c>ECHECK</c>.</summary>
    public string? Reason { get; set; }

    /// <summary>When it settles by itself, while it is pending.</summary>
    public long? SettlesAt { get; set; }

    /// <summary>Whether it is then denied.</summary>
    public bool WillFail { get; set; }
}
