using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>Everything the sandbox knows, in the order it came to be. Times are Unix seconds, amounts whole currency units.</summary>
internal sealed class PayPalState : SandboxState
{
    public Book<Order> Orders { get; init; } = [];

    public Book<Capture> Captures { get; init; } = [];

    public Book<Refund> Refunds { get; init; } = [];

    public Book<Reversal> Reversals { get; init; } = [];

    public Book<Dispute> Disputes { get; init; } = [];

    /// <summary>When each bearer token ends.</summary>
    public Book<long> Tokens { get; init; } = [];

    /// <summary>What a <c>PayPal-Request-Id</c> made, by hash of route and id.</summary>
    public Book<MadeResource> Requests { get; init; } = [];
}

/// <summary>What a request made: asking again under the same id shows how it stands by then.</summary>
internal sealed record MadeResource(string Id, long At, long Until);

/// <summary>How the buyer pays.</summary>
internal enum Funding
{
    /// <summary>Money that is there at once.</summary>
    Balance,

    /// <summary>A bank transfer that takes days.</summary>
    ECheck,

    /// <summary>A bank transfer that never arrives.</summary>
    BouncingECheck,

    /// <summary>A card that the bank turns down.</summary>
    DeclinedCard,
}

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

/// <summary>Money of a capture that PayPal took back without being asked to.</summary>
internal sealed record Reversal(string Id, string CaptureId, decimal Amount, long Created);

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

internal sealed class Dispute : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public long Updated { get; set; }

    public required string CaptureId { get; init; }

    public required string Currency { get; init; }

    public required decimal Amount { get; init; }

    public required string Reason { get; init; }

    /// <summary><c>WAITING_FOR_SELLER_RESPONSE</c>, <c>UNDER_REVIEW</c> or <c>RESOLVED</c>.</summary>
    public required string Status { get; set; }

    /// <summary><c>INQUIRY</c>, while buyer and shop talk, or <c>CHARGEBACK</c>, when PayPal is to decide.</summary>
    public string Stage { get; set; } = "CHARGEBACK";

    /// <summary><c>RESOLVED_SELLER_FAVOUR</c>, <c>RESOLVED_BUYER_FAVOUR</c> or, of an inquiry, <c>CANCELED_BY_BUYER</c>.</summary>
    public string? Outcome { get; set; }

    /// <summary>What the buyer got of it, whoever sent it.</summary>
    public decimal Given { get; set; }

    /// <summary>What PayPal took for it from the shop, beside refunds and reversals.</summary>
    public decimal Taken { get; set; }
}
