using System.Collections.Immutable;

namespace Shop.Functions.Catalogue.Stock;

/// <summary>Why staff adjust a stock level.</summary>
public static class StockReasons
{
    /// <summary>What came back in a parcel is fit to be sold again: only for a parcel that has, and no more than was in it.</summary>
    public const string Returned = "returned";

    public static readonly ImmutableArray<string> Codes = ["received", "counted", "damaged", "lost", "correction"];
}
