using System.Collections.Immutable;

namespace Shop.Functions.Orders.Invoices;

/// <summary>A document that law wants and that is not on the order yet.</summary>
/// <param name="Facts">The keys of the facts it answers: of an invoice the captures that paid, of a credit note the refund, or what the bank took.</param>
/// <param name="TaxPoint">When the tax is due, or due back.</param>
/// <param name="RefundId">Of a credit note for a refund that names lines, which promise: it is for those lines only.</param>
public sealed record DueDocument(DocumentKind Kind, ImmutableArray<string> Facts, DateTimeOffset TaxPoint, ImmutableArray<VatTotal> Totals, string? RefundId = null);
