using System.Globalization;
using PaypalServerSdk.Standard.Models;
using Shop.Functions.Orders;
using Amount = PaypalServerSdk.Standard.Models.Money;
using Order = Shop.Functions.Orders.Order;
using OrderRequest = PaypalServerSdk.Standard.Models.OrderRequest;

namespace Shop.Functions.Payments.PayPal;

/// <summary>What is sent to PayPal about an order. Pure. Nothing about the person is sent: no name, e-mail or address.</summary>
public static class PayPalOrders
{
    private const int LongestText = 127;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(31);

    /// <summary>PayPal forgets an order that is not approved after three or six hours, depending on whom one asks.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(170);

    public static CheckoutTerms TermsOf(Order order) => new(PayPalAmounts.CanPay(order), Shortest, Longest);

    /// <exception cref="NotSupportedException">See <see cref="PayPalAmounts.CanPay"/>.</exception>
    public static OrderRequest RequestOf(Order order, Checkout attempt, string? brandName) => new()
    {
        Intent = CheckoutPaymentIntent.Capture,
        PurchaseUnits = [UnitOf(order, attempt)],
        PaymentSource = new()
        {
            Paypal = new()
            {
                ExperienceContext = new()
                {
                    ReturnUrl = attempt.ReturnUrl,
                    CancelUrl = attempt.CancelUrl,
                    BrandName = string.IsNullOrEmpty(brandName) ? null : brandName,
                    UserAction = PaypalExperienceUserAction.PayNow,
                    // The address is the shop's business: PayPal neither gets it nor asks for one.
                    ShippingPreference = PaypalWalletContextShippingPreference.NoShipping,
                },
            },
        },
    };

    /// <summary>PayPal takes money for an invoice id once, so every attempt has its own: the order's number, then <c>number-2</c>.</summary>
    public static string InvoiceIdOf(Order order, Checkout attempt) =>
        attempt.Attempt == 1 ? order.Number : string.Create(CultureInfo.InvariantCulture, $"{order.Number}-{attempt.Attempt}");

    /// <summary>As PayPal writes it.</summary>
    /// <exception cref="NotSupportedException">PayPal cannot express it.</exception>
    public static Amount AmountOf(Platform.Money money) => new() { CurrencyCode = money.Currency, MValue = PayPalAmounts.To(money) };

    private static PurchaseUnitRequest UnitOf(Order order, Checkout attempt) => new()
    {
        ReferenceId = attempt.Attempt.ToString(CultureInfo.InvariantCulture),
        CustomId = order.Id,
        InvoiceId = InvoiceIdOf(order, attempt),
        Description = $"Order {order.Number}",
        Amount = new()
        {
            CurrencyCode = order.Currency,
            MValue = PayPalAmounts.To(new(order.Gross, order.Currency)),
            Breakdown = new() { ItemTotal = AmountOf(new(order.Net, order.Currency)), TaxTotal = AmountOf(new(order.Vat, order.Currency)) },
        },
        Items = [.. order.Lines.Select(line => ItemOf(line, order.Currency))],
    };

    /// <summary>
    /// One item per line with the line's whole net amount and VAT: VAT is rounded per line, so one unit's tax times the
    /// quantity would not always add up, and PayPal refuses what does not.
    /// </summary>
    private static ItemRequest ItemOf(OrderLine line, string currency)
    {
        return new()
        {
            Name = LineNames.Of(line, LongestText),
            Sku = LineNames.Short(line.Sku, LongestText),
            Quantity = "1",
            UnitAmount = AmountOf(new(line.Net, currency)),
            Tax = AmountOf(new(line.Vat, currency)),
            Category = ItemCategory.PhysicalGoods,
        };
    }
}
