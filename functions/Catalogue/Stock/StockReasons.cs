using System.Collections.Immutable;

namespace Shop.Functions.Catalogue.Stock;

/// <summary>Why staff adjust a stock level.</summary>
public static class StockReasons
{
    /// <summary><c>returned</c>: what came back is fit to be sold again, which only somebody who has seen it can say.</summary>
    public static readonly ImmutableArray<string> Codes = ["received", "counted", "returned", "damaged", "lost", "correction"];
}
