namespace Shop.Functions.Catalogue;

/// <summary>Whether a product can be had.</summary>
public enum Availability
{
    InStock = 1,
    OutOfStock = 2,
}
