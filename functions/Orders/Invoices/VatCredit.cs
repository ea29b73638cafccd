using System.Collections.Immutable;

namespace Shop.Functions.Orders.Invoices;

/// <summary>What was credited of an invoice, or is to be.</summary>
/// <param name="RefundId">The promise whose lines it is for; null where it is for no line in particular.</param>
/// <param name="Totals">At each rate.</param>
public sealed record VatCredit(string? RefundId, ImmutableArray<VatTotal> Totals)
{
    /// <returns>What credits come to at a rate.</returns>
    public static VatTotal SumOf(IEnumerable<VatCredit> credits, int vatBasisPoints)
    {
        var totals = credits.SelectMany(credit => credit.Totals).Where(total => total.VatBasisPoints == vatBasisPoints).ToList();
        return new(vatBasisPoints, totals.Sum(total => total.Net), totals.Sum(total => total.Vat));
    }
}
