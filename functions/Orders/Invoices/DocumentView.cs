using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Invoices;

/// <summary>
/// An invoice or a credit note with all that law wants of one (VAT Regulations 1995, regulations 14 and 15C). The page and the PDF say what
/// this says. What was sold, its tax and the seller are as they were when it was issued; the customer is whom the order still knows.
/// </summary>
/// <param name="IssuedOn">The shop's days.</param>
/// <param name="Invoice">Of a credit note, the invoice that it is about.</param>
/// <param name="Reason">Of a credit note, why it was issued, where that is known: one of <see cref="Refunds.RefundReasons"/> or of <see cref="CreditReasons"/>.</param>
/// <param name="Country">Where the goods go (ISO 3166-1), if that is known.</param>
/// <param name="VatTreatment">Whose VAT it bears, if that is known.</param>
/// <param name="Customer">Absent once the order has lost its address.</param>
/// <param name="Lines">What was sold; of a credit note, what it is for.</param>
/// <param name="IsForOrder">True of a credit note for no line in particular: its lines are all that the invoice was for; absent else.</param>
/// <param name="Reduction">How much less, with tax, it is for than its lines come to: of an invoice, that was accepted; of a credit note for lines, the rest was not refunded with it.</param>
public sealed record DocumentView(
    DocumentKind Kind,
    string Number,
    DateOnly IssuedOn,
    DateOnly TaxPoint,
    string OrderId,
    string OrderNumber,
    string? PurchaseOrderNumber,
    DocumentView.Reference? Invoice,
    string? Reason,
    string? Country,
    VatTreatment? VatTreatment,
    DocumentView.SellerPart Seller,
    ImmutableArray<string>? Customer,
    ImmutableArray<OrderView.Line> Lines,
    bool? IsForOrder,
    Money? Reduction,
    ImmutableArray<DocumentView.RateTotal> Totals,
    Money Net,
    Money Vat,
    Money Gross)
{
    /// <param name="row">Null where nothing is known of who the seller was then.</param>
    /// <param name="seller">Who is now.</param>
    public static DocumentView Of(Order order, SalesDocument document, InvoiceNumberRow? row, InvoiceOptions seller, RetentionPeriods periods)
    {
        var isInvoice = document.Kind == DocumentKind.Invoice;
        var country = document.Country ?? order.CountryOfSupply;
        var treatment = VatTreatments.Of(country, order.Lines);
        var invoice = order.Documents.FirstOrDefault(other => other.Kind == DocumentKind.Invoice);
        var named = document.RefundId is { } refund ? order.RefundPromises.FirstOrDefault(promise => promise.Id == refund)?.Lines : null;
        var lines = named is { } parts ? RefundLines.ViewsOf(order, parts) : OrderView.LinesOf(order);
        return new(
            document.Kind,
            document.Number!,
            periods.DayOf(document.IssuedAt!.Value),
            periods.DayOf(document.TaxPoint),
            order.Id,
            order.Number,
            order.PurchaseOrderNumber,
            isInvoice || invoice is not { Number: { } number, IssuedAt: { } at } ? null : new(number, periods.DayOf(at)),
            CreditReasons.Of(order, document),
            country,
            treatment,
            SellerPart.Of(row, seller, treatment),
            CustomerOf(order),
            lines,
            isInvoice || named is not null ? null : true,
            (isInvoice || named is not null) && lines.Sum(line => line.Gross.Amount) - document.Gross is > 0 and var less ? new(less, order.Currency) : null,
            [.. document.Totals.Select(total => new RateTotal(total.VatBasisPoints / 100m, new(total.Net, order.Currency), new(total.Vat, order.Currency), new(total.Gross, order.Currency)))],
            new(document.Net, order.Currency),
            new(document.Vat, order.Currency),
            new(document.Gross, order.Currency));
    }

    /// <summary>Whom the order names for it, else who gets the goods.</summary>
    private static ImmutableArray<string>? CustomerOf(Order order) => order switch
    {
        { BillingAddress: { } payer } => Given(payer.Name, payer.Line1, payer.Line2, payer.City, payer.Region, payer.Postcode, payer.Country),
        { DeliveryAddress: { } to } => Given(to.Name, to.Line1, to.Line2, to.City, to.Region, to.Postcode, to.Country),
        _ => null,
    };

    private static ImmutableArray<string> Given(params string?[] lines) => [.. lines.OfType<string>()];

    public sealed record Reference(string Number, DateOnly IssuedOn);

    /// <param name="OneStopShopNumber">Where the VAT is declared through that, and it has a number there.</param>
    public sealed record SellerPart(string Name, string Address, string VatNumber, string? OneStopShopNumber)
    {
        internal static SellerPart Of(InvoiceNumberRow? row, InvoiceOptions now, VatTreatment? treatment)
        {
            // A row that names the seller says all that was printed then, also that there was no such number.
            var number = row is { SellerName: not null } ? row.SellerOneStopShopNumber : now.OneStopShopNumber;
            return new(
                row?.SellerName ?? now.SellerName,
                row?.SellerAddress ?? now.SellerAddress,
                row?.SellerVatNumber ?? now.VatNumber,
                treatment == Invoices.VatTreatment.OneStopShop && number is { Length: > 0 } ? number : null);
        }

        /// <returns>The address as it stands on an envelope.</returns>
        public IEnumerable<string> AddressLines() => Address.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <param name="VatRate">Per cent, for instance 20.</param>
    public sealed record RateTotal(decimal VatRate, Money Net, Money Vat, Money Gross);
}

[JsonSerializable(typeof(DocumentView))]
[JsonSerializable(typeof(ListDocuments.Response))]
internal sealed partial class DocumentWeb : JsonSerializerContext
{
    public static DocumentWeb Json { get; } = new(Platform.Http.Json.Strict());
}
