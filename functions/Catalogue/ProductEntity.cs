using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Catalogue;

/// <summary>A product as it is stored: table <c>catalogue</c>, PartitionKey <c>catalogue</c>, RowKey the SKU.</summary>
[Stored(StorageNames.Catalogue, "*", Subject.Catalogue)]
public sealed class ProductEntity : ITableEntity
{
    public const string Partition = "catalogue";

    /// <summary>What the version before knew instead of classes.</summary>
    private static readonly (VatClass Class, int BasisPoints)[] RatesBefore =
        [(Catalogue.VatClass.Standard, 2_000), (Catalogue.VatClass.Reduced, 500), (Catalogue.VatClass.Zero, 0)];

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = Partition;

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.None)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.None)] public string Name { get; set; } = "";

    [DataClass(DataClass.None)] public string Category { get; set; } = "";

    [DataClass(DataClass.None)] public string Description { get; set; } = "";

    [DataClass(DataClass.None)] public string? DescriptionUrl { get; set; }

    /// <summary>Minor units for one, without VAT.</summary>
    [DataClass(DataClass.None)] public long UnitNet { get; set; }

    [DataClass(DataClass.None)] public string Currency { get; set; } = "";

    /// <summary>Absent for a product from before there were classes.</summary>
    [DataClass(DataClass.None)] public string? VatClass { get; set; }

    /// <summary>Hundredths of a per cent in the shop's country. A product from before there were classes has this alone, and the version before reads it.</summary>
    [DataClass(DataClass.None)] public int VatBasisPoints { get; set; }

    [DataClass(DataClass.None)] public int? WeightGrams { get; set; }

    /// <summary>Addresses, one a line.</summary>
    [DataClass(DataClass.None)] public string? Pictures { get; set; }

    [DataClass(DataClass.None)] public bool? Withdrawn { get; set; }

    [DataClass(DataClass.None)] public bool? Counted { get; set; }

    [DataClass(DataClass.None)] public int? MostPerOrder { get; set; }

    public static ProductEntity Of(Product product) => new()
    {
        RowKey = product.Sku,
        Name = product.Name,
        Category = product.Category,
        Description = product.Description,
        DescriptionUrl = product.DescriptionUrl,
        UnitNet = product.UnitNet,
        Currency = product.Currency,
        VatClass = product.VatClass.ToString(),
        VatBasisPoints = RatesBefore.Single(rate => rate.Class == product.VatClass).BasisPoints,
        WeightGrams = product.WeightGrams,
        Pictures = product.Pictures.IsEmpty ? null : string.Join('\n', product.Pictures),
        Withdrawn = product.Withdrawn ? true : null,
        Counted = product.IsCounted ? true : null,
        MostPerOrder = product.MostPerOrder,
    };

    /// <returns>Null when it cannot be sold: without a name, a price or a rate of tax, or in a currency the shop cannot count in, an order for it would only fail later.</returns>
    public Product? ToProduct()
    {
        if (string.IsNullOrWhiteSpace(Name) || !Currencies.IsKnown(Currency) || UnitNet <= 0 || ClassOf() is not { } vatClass) return null;
        return new(RowKey, Name, Category, Description, UnitNet, Currency, vatClass, Math.Max(WeightGrams ?? 0, 0), Withdrawn == true, Counted == true)
        {
            Pictures = Pictures is null ? [] : [.. Pictures.Split('\n')],
            DescriptionUrl = DescriptionUrl,
            MostPerOrder = MostPerOrder,
        };
    }

    private VatClass? ClassOf()
    {
        if (VatClass is not null) return Enum.TryParse<VatClass>(VatClass, out var stated) && Enum.IsDefined(stated) ? stated : null;
        return RatesBefore.Where(rate => rate.BasisPoints == VatBasisPoints).Select(rate => (VatClass?)rate.Class).FirstOrDefault();
    }
}
