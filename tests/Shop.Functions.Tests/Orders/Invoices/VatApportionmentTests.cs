using System.Collections.Immutable;
using FsCheck.Fluent;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Platform;

namespace Shop.Functions.Tests.Orders.Invoices;

public sealed class VatApportionmentTests
{
    [Fact]
    public void A_part_is_taken_from_each_rate_by_what_is_left_there()
    {
        ImmutableArray<VatTotal> invoiced = [new(2_000, 10_000, 2_000), new(500, 2_000, 100), new(0, 900, 0)];
        VatApportionment.Of(invoiced, [], 1_500).ShouldBe([new(2_000, 1_000, 200), new(500, 200, 10), new(0, 90, 0)]);
        // A penny goes where most was rounded off.
        VatApportionment.Of(invoiced, [], 1).ShouldBe([new(2_000, 1, 0)]);
        VatApportionment.Of(invoiced, [], 15_000).ShouldBe(invoiced);
        VatApportionment.Of(invoiced, [new(null, [new(2_000, 10_000, 2_000)])], 3_000).ShouldBe([new(500, 2_000, 100), new(0, 900, 0)]);
        Should.Throw<ArgumentOutOfRangeException>(() => VatApportionment.Of(invoiced, [new(null, [new(0, 900, 0)])], 14_101));
    }

    [Fact]
    public void Parts_of_any_size_are_exact_and_all_of_them_together_give_back_the_invoice()
    {
        var rate = from points in Gen.Elements(2_000, 500, 0, 1_900, 2_550)
                   from net in Gen.Choose(1, 1_000_000)
                   select new VatTotal(points, net, Vat.On(net, points));
        var cases = from rates in rate.NonEmptyListOf()
                    from cuts in Gen.Choose(1, 1_000).ListOf(8)
                    select (Invoiced: rates.DistinctBy(total => total.VatBasisPoints).ToImmutableArray(), Cuts: cuts);
        Properties.Holds(cases, it =>
        {
            var credited = new List<VatTotal>();
            var left = it.Invoiced.Sum(total => total.Gross);
            foreach (var amount in it.Cuts.Select(cut => Math.Max(1, left * cut / 1_000)).Append(long.MaxValue))
            {
                if (left == 0) break;
                var part = VatApportionment.Of(it.Invoiced, [new(null, [.. credited])], Math.Min(amount, left));
                part.Sum(total => total.Gross).ShouldBe(Math.Min(amount, left));
                part.ShouldAllBe(total => total.Net >= 0 && total.Vat >= 0);
                credited.AddRange(part);
                left -= Math.Min(amount, left);
                foreach (var total in it.Invoiced)
                {
                    var mine = credited.Where(other => other.VatBasisPoints == total.VatBasisPoints).ToList();
                    // Whatever was given back so far, its tax is that of the rate, to half a penny.
                    Math.Abs((2 * mine.Sum(other => other.Vat) * total.Gross) - (2 * mine.Sum(other => other.Gross) * total.Vat)).ShouldBeLessThanOrEqualTo(total.Gross);
                }
            }

            it.Invoiced.ShouldAllBe(total => credited.Where(other => other.VatBasisPoints == total.VatBasisPoints).Sum(other => other.Vat) == total.Vat);
            credited.Sum(total => total.Gross).ShouldBe(it.Invoiced.Sum(total => total.Gross));
        });
    }
}
