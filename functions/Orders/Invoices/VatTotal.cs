namespace Shop.Functions.Orders.Invoices;

/// <summary>What a document comes to at one rate.</summary>
/// <param name="VatBasisPoints">Hundredths of a per cent: 2000 is 20 %.</param>
/// <param name="Net">Minor units.</param>
public sealed record VatTotal(int VatBasisPoints, long Net, long Vat)
{
    public long Gross => Net + Vat;

    /// <returns>The total without another one at its rate.</returns>
    public VatTotal Less(VatTotal other) => this with { Net = Net - other.Net, Vat = Vat - other.Vat };
}
