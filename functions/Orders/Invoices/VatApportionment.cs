using System.Collections.Immutable;

namespace Shop.Functions.Orders.Invoices;

/// <summary>
/// What a part of a price that is given back comes to at each rate. It is taken from all rates alike, by what is left at each,
/// and no penny is lost: parts that come to the whole price give back exactly the invoice's tax. Pure.
/// </summary>
public static class VatApportionment
{
    /// <param name="invoiced">What was invoiced.</param>
    /// <param name="credited">What was given back of it before.</param>
    /// <param name="amount">With tax; at most what is left.</param>
    public static ImmutableArray<VatTotal> Of(ImmutableArray<VatTotal> invoiced, IEnumerable<VatTotal> credited, long amount)
    {
        var before = credited.ToLookup(total => total.VatBasisPoints);
        var rates = invoiced.Select(total => (Invoiced: total, Credited: before[total.VatBasisPoints].Sum(part => part.Gross))).ToImmutableArray();
        var shares = Shares([.. rates.Select(rate => rate.Invoiced.Gross - rate.Credited)], amount);
        return [.. rates.Zip(shares, (rate, share) => PartOf(rate.Invoiced, rate.Credited, share)).Where(part => part.Gross > 0)];
    }

    /// <summary>The largest remainder: who was rounded down most gets the pennies that are left over.</summary>
    private static ImmutableArray<long> Shares(ImmutableArray<long> left, long amount)
    {
        var whole = left.Sum();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, whole);
        if (whole == 0) return left;
        var shares = left.Select(part => (long)((Int128)amount * part / whole)).ToArray();
        var remainders = left.Select(part => (long)((Int128)amount * part % whole)).ToArray();
        foreach (var index in Enumerable.Range(0, shares.Length).OrderByDescending(index => remainders[index]).Take((int)(amount - shares.Sum()))) shares[index]++;
        return [.. shares];
    }

    /// <summary>The tax in what is given back in all, less the tax in what was before: so the last part takes what rounding has left.</summary>
    private static VatTotal PartOf(VatTotal invoiced, long credited, long share)
    {
        var vat = TaxIn(invoiced, credited + share) - TaxIn(invoiced, credited);
        return new(invoiced.VatBasisPoints, share - vat, vat);
    }

    private static long TaxIn(VatTotal invoiced, long gross) =>
        invoiced.Gross == 0 ? 0 : (long)(((2 * (Int128)gross * invoiced.Vat) + invoiced.Gross) / (2 * (Int128)invoiced.Gross));
}
