using System.Collections.Immutable;
using System.Globalization;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Invoices;

/// <summary>
/// An invoice or a credit note of an order. It stands on the order before it has a number, with all that it says: so whoever
/// takes the number takes it for the very same document, in the same series, however often it is tried. Never changed after that.
/// </summary>
/// <param name="Facts">As <see cref="DueDocument"/> has them.</param>
/// <param name="Series">Which row of numbers it is in: <c>2026</c>, credit notes <c>C2026</c>.</param>
/// <param name="Country">Where the goods go (ISO 3166-1), which decides whose tax it is; null on one that was made before this was kept, and where nobody knows.</param>
/// <param name="RefundId">As <see cref="DueDocument"/> has it: what the promise's lines are never changes. Null on one that was made before refunds could name lines.</param>
/// <param name="Number">For instance <c>2026-000123</c>; null until it is issued.</param>
public sealed record SalesDocument(
    DocumentKind Kind,
    [property: DataClass(DataClass.PaymentReference)] ImmutableArray<string> Facts,
    string Series,
    DateTimeOffset TaxPoint,
    ImmutableArray<VatTotal> Totals,
    string? Number = null,
    DateTimeOffset? IssuedAt = null,
    string? Country = null,
    string? RefundId = null)
{
    public long Net => Totals.Sum(total => total.Net);

    public long Vat => Totals.Sum(total => total.Vat);

    public long Gross => Net + Vat;

    /// <summary>A financial year's: each kind has a row of its own, so that an invoice's number also says how many sales there were.</summary>
    public static SalesDocument Of(DueDocument due, string? country, RetentionPeriods periods)
    {
        var year = periods.FinancialYearOf(due.TaxPoint).ToString("D4", CultureInfo.InvariantCulture);
        return new(due.Kind, due.Facts, due.Kind == DocumentKind.Invoice ? year : "C" + year, due.TaxPoint, due.Totals, Country: country, RefundId: due.RefundId);
    }

    /// <returns>The order with what is due on it; the very same order when nothing is.</returns>
    public static Order AddDue(Order order, RetentionPeriods periods) =>
        DueDocuments.Of(order) is { IsEmpty: false } due ? order with { Documents = [.. order.Documents, .. due.Select(document => Of(document, order.CountryOfSupply, periods))] } : order;

    /// <returns>The order with the number of its document at a place; the very same order when it has it.</returns>
    public static Order Issue(Order order, int place, string number, DateTimeOffset at) => order.Documents[place].Number is null
        ? order with { Documents = order.Documents.SetItem(place, order.Documents[place] with { Number = number, IssuedAt = at }) }
        : order;
}
