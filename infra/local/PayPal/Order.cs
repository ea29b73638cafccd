using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

internal sealed class Order : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public long Updated { get; set; }

    /// <summary>The one purchase unit, as the shop sent it.</summary>
    public required JsonObject Unit { get; init; }

    public required string Currency { get; init; }

    public required decimal Total { get; init; }

    public string? CustomId { get; init; }

    public string? InvoiceId { get; init; }

    /// <summary>Whether the shop named PayPal as the source of payment; <c>PAYER_ACTION_REQUIRED</c> and <c>payer-action</c> come from that.</summary>
    public required bool HasSource { get; init; }

    public string? ReturnUrl { get; init; }

    public string? CancelUrl { get; init; }

    public string? BrandName { get; init; }

    /// <summary>Why the next capture is refused, where the buyer approved with something that is declined.</summary>
    public string? DeclineCode { get; set; }

    /// <summary>The shop refuses what is not paid at once.</summary>
    public bool ImmediateOnly { get; init; }

    /// <summary><c>CREATED</c>, <c>PAYER_ACTION_REQUIRED</c>, <c>APPROVED</c> or <c>COMPLETED</c>.</summary>
    public required string Status { get; set; }

    public string? PayerId { get; set; }

    public string? PayerEmail { get; set; }

    public string? PayerName { get; set; }

    public Funding Funding { get; set; }

    public string? CaptureId { get; set; }
}
