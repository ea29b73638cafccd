using System.Text.Json.Serialization;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

internal sealed class Dispute : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public required string ChargeId { get; init; }

    public required string PaymentIntentId { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required string Reason { get; init; }

    public required long EvidenceDueBy { get; init; }

    /// <summary><c>inquiry</c>, <c>chargeback</c>, or what kept it from becoming one: <c>block</c>, <c>resolution</c>.</summary>
    public string CaseType { get; set; } = "chargeback";

    /// <summary><c>needs_response</c>, <c>won</c> or <c>lost</c>; of an inquiry <c>warning_needs_response</c> or <c>warning_closed</c>; <c>prevented</c>.</summary>
    public string Status { get; set; } = "needs_response";

    /// <summary>Whether its money is with the buyer's bank, now or for good.</summary>
    [JsonIgnore]
    public bool IsWithdrawn => BalanceTransactionIds.Count % 2 == 1;

    public List<string> BalanceTransactionIds { get; init; } = [];
}
