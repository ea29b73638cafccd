using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

internal sealed class Refund : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public long Updated { get; set; }

    public required string CaptureId { get; init; }

    public required string Currency { get; init; }

    public required decimal Amount { get; init; }

    public string? CustomId { get; init; }

    public string? InvoiceId { get; init; }

    public string? NoteToPayer { get; init; }

    /// <summary><c>COMPLETED</c>, <c>PENDING</c> or <c>FAILED</c>.</summary>
    public required string Status { get; set; }

    public long? SettlesAt { get; set; }
}
