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
