namespace Shop.Functions.Catalogue;

/// <summary>Something that can be ordered.</summary>
public sealed record Product(string Sku, string Name, string Category, string Description, long UnitNet, string Currency, int VatBasisPoints);
