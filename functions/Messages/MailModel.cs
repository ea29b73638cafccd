namespace Shop.Functions.Messages;

/// <summary>What templates may say, in the words in which they say it. What does not apply is null.</summary>
public sealed record MailModel
{
    public required string Subject { get; init; }

    /// <summary>The company's name, postal address and mailbox.</summary>
    public required string Shop { get; init; }

    public required string Postal { get; init; }

    public required string Contact { get; init; }

    /// <summary>Why somebody gets this mail.</summary>
    public required string Reason { get; init; }

    /// <summary>The recipient's.</summary>
    public string? Name { get; init; }

    /// <summary>The order's.</summary>
    public string? Number { get; init; }

    public string? PlacedOn { get; init; }

    public string? PayBefore { get; init; }

    public IReadOnlyList<Line>? Lines { get; init; }

    public string? Net { get; init; }

    public string? Vat { get; init; }

    public string? Total { get; init; }

    /// <summary>When the fact came to be that the mail is about.</summary>
    public string? When { get; init; }

    public string? Amount { get; init; }

    public string? Carrier { get; init; }

    public string? TrackingNumber { get; init; }

    public bool IsExpired { get; init; }

    /// <summary>It has ended because what it asks for was sold before it could be kept.</summary>
    public bool IsSoldOut { get; init; }

    public bool IsPaid { get; init; }

    /// <summary>Money of an order that has ended is still to go back.</summary>
    public bool GoesBack { get; init; }

    /// <summary>The number of the invoice or the credit note.</summary>
    public string? Document { get; init; }

    public bool IsCreditNote { get; init; }

    /// <summary>How many orders law keeps after an erasure, and until when.</summary>
    public string? Kept { get; init; }

    public string? KeptUntil { get; init; }

    /// <summary>The erasure's.</summary>
    public string? Reference { get; init; }

    public string? Link { get; init; }

    /// <summary>For the layout: what the template has made of all this.</summary>
    public string? Content { get; init; }

    public sealed record Line(int Quantity, string Name, string Sku, string? Gross);
}
