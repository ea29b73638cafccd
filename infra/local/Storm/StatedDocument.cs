namespace Shop.Local.Storm;

/// <summary>An invoice or a credit note as its customer reads it.</summary>
/// <param name="Kind"><c>invoice</c> or <c>credit_note</c>.</param>
/// <param name="Gross">In minor units.</param>
public sealed record StatedDocument(string OrderId, string Kind, string Number, long Gross);
