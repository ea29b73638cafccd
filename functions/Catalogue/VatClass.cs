namespace Shop.Functions.Catalogue;

/// <summary>How the law of the shop's country taxes a product. Which rate that is depends on where the goods go.</summary>
public enum VatClass
{
    Standard = 1,
    Reduced = 2,
    Zero = 3,
}
