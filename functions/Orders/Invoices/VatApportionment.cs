using System.Collections.Immutable;

namespace Shop.Functions.Orders.Invoices;

/// <summary>
/// What a part of a price that is given back comes to at each rate. Where it is for lines, it is taken from theirs; else from all
/// rates alike, as they are on the invoice; never more than is left at any, and what does not fit there is taken from the others.
/// No penny is lost: parts that come to the whole price give back exactly the invoice's tax. Pure.
/// </summary>
public static class VatApportionment
{
    /// <param name="invoiced">What was invoiced.</param>
    /// <param name="credited">What was given back of it before.</param>
    /// <param name="amount">With tax; at most what is left.</param>
    /// <param name="lines">The refund whose lines it is for, and what these come to; null where it names none.</param>
    public static ImmutableArray<VatTotal> Of(ImmutableArray<VatTotal> invoiced, ImmutableArray<VatCredit> credited, long amount, VatCredit? lines = null)
    {
        var left = Less(invoiced, credited);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, left.Sum(total => total.Gross));
        var own = lines is null ? [] : OfLines(left, [.. credited.Where(credit => credit.RefundId == lines.RefundId)], amount, lines);
        var rest = OfAll(invoiced, left, credited, new(lines?.RefundId, own), amount - own.Sum(total => total.Gross));
        return [.. invoiced.Select(total => VatCredit.SumOf([new(null, own), new(null, rest)], total.VatBasisPoints)).Where(part => part.Gross > 0)];
    }

    /// <summary>By what of the lines' price is left at each of their rates: what a refund brings in several parts comes to exactly these lines.</summary>
    private static ImmutableArray<VatTotal> OfLines(ImmutableArray<VatTotal> left, ImmutableArray<VatCredit> before, long amount, VatCredit lines)
    {
        var whole = left.Select(total => VatCredit.SumOf([lines], total.VatBasisPoints)).ToList();
        var taken = left.Select(total => VatCredit.SumOf(before, total.VatBasisPoints)).ToList();
        long[] weights = [.. whole.Zip(taken, (of, earlier) => Math.Max(0, of.Gross - earlier.Gross))];
        long[] rooms = [.. weights.Zip(left, (weight, total) => Math.Min(weight, total.Gross))];
        var shares = Split(Math.Min(amount, rooms.Sum()), weights, rooms);
        return [.. shares.Select((share, i) => PartOf(whole[i], taken[i], left[i], share))];
    }

    /// <summary>
    /// By the invoice, and not by what is left of it: so it is the same whether lines were credited before or will be after. Its tax
    /// is that of all that is not for lines, of which each knows its own.
    /// </summary>
    private static ImmutableArray<VatTotal> OfAll(
        ImmutableArray<VatTotal> invoiced, ImmutableArray<VatTotal> left, ImmutableArray<VatCredit> credited, VatCredit own, long amount)
    {
        var whole = Less(invoiced, [.. credited.Where(credit => credit.RefundId is not null), own]);
        var taken = invoiced.Select(total => VatCredit.SumOf(credited.Where(credit => credit.RefundId is null), total.VatBasisPoints)).ToList();
        var open = Less(left, [own]);
        var shares = Split(amount, [.. invoiced.Select(total => total.Gross)], [.. open.Select(total => total.Gross)]);
        return [.. shares.Select((share, i) => PartOf(whole[i], taken[i], open[i], share))];
    }

    private static ImmutableArray<VatTotal> Less(ImmutableArray<VatTotal> totals, ImmutableArray<VatCredit> credits) =>
        [.. totals.Select(total => total.Less(VatCredit.SumOf(credits, total.VatBasisPoints)))];

    /// <param name="rooms">What each can take at most: together no less than the amount, and nothing where the weight is nothing.</param>
    private static long[] Split(long amount, long[] weights, long[] rooms)
    {
        var taken = new long[rooms.Length];
        while (amount > 0)
        {
            var shares = Shares([.. weights.Select((weight, i) => taken[i] < rooms[i] ? weight : 0)], amount);
            for (var i = 0; i < shares.Length; i++)
            {
                var more = Math.Min(shares[i], rooms[i] - taken[i]);
                (taken[i], amount) = (taken[i] + more, amount - more);
            }
        }

        return taken;
    }

    /// <summary>The largest remainder: who was rounded down most gets the pennies that are left over.</summary>
    private static long[] Shares(ImmutableArray<long> weights, long amount)
    {
        var whole = weights.Aggregate(Int128.Zero, (sum, weight) => sum + weight);
        var shares = weights.Select(weight => (long)(amount * (Int128)weight / whole)).ToArray();
        var remainders = weights.Select(weight => amount * (Int128)weight % whole).ToArray();
        foreach (var index in Enumerable.Range(0, shares.Length).OrderByDescending(index => remainders[index]).Take((int)(amount - shares.Sum()))) shares[index]++;
        return shares;
    }

    /// <summary>
    /// The tax in what is given back in all, less the tax in what was before: so the last part takes what rounding has left. Never more
    /// tax than is left at the rate, nor less than what its net leaves.
    /// </summary>
    private static VatTotal PartOf(VatTotal whole, VatTotal before, VatTotal left, long share)
    {
        if (share == 0) return new(whole.VatBasisPoints, 0, 0);
        var vat = Math.Clamp(TaxIn(whole, before.Gross + share) - before.Vat, Math.Max(0, share - left.Net), Math.Min(share, left.Vat));
        return new(whole.VatBasisPoints, share - vat, vat);
    }

    private static long TaxIn(VatTotal whole, long gross) =>
        whole.Gross == 0 ? 0 : (long)(((2 * (Int128)gross * whole.Vat) + whole.Gross) / (2 * (Int128)whole.Gross));
}
