using System.Collections.Immutable;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;

namespace Shop.Functions.Benchmarks;

/// <summary>An order of three lines, and what happens to it.</summary>
internal static class Samples
{
    private const string ReturnUrl = "https://shop.example/orders/thanks?session={CHECKOUT_SESSION_ID}";
    private const string CancelUrl = "https://shop.example/basket";

    public static DateTimeOffset Noon { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What a customer sends: the same three lines.</summary>
    public const string OrderBody = """
        {"lines":[{"sku":"UPS-LI-1500","quantity":2},{"sku":"RACK-42U-800","quantity":1},{"sku":"BOOK-POWER","quantity":3}],"deliveryAddress":{"name":"Ada Lovelace","line1":"12 St James's Square","city":"London","postcode":"SW1Y 4JH","country":"GB"},"purchaseOrderNumber":"PO-1843"}
        """;

    /// <summary>Placed, and with an open payment page.</summary>
    public static Order AwaitingPayment(string id, string accountId, string provider = Providers.Stripe)
    {
        var order = new Order
        {
            Id = id,
            AccountId = accountId,
            Number = OrderIds.NumberOf(id),
            PlacedAt = Noon,
            ExpiresAt = Noon.AddHours(24),
            Currency = "GBP",
            Lines =
            [
                new OrderLine("UPS-LI-1500", "Line-interactive UPS 1500 VA, tower", 2, 24_900, 2_000, 49_800, 9_960, 59_760),
                new OrderLine("RACK-42U-800", "Server rack 42U, 800 × 1000 mm", 1, 74_500, 2_000, 74_500, 14_900, 89_400),
                new OrderLine("BOOK-POWER", "Power Protection in Practice, paperback", 3, 2_499, 0, 7_497, 0, 7_497),
            ],
            Net = 131_797,
            Vat = 24_860,
            Gross = 156_657,
            DeliveryAddress = new() { Name = "Ada Lovelace", Line1 = "12 St James's Square", City = "London", Postcode = "SW1Y 4JH", Country = "GB" },
            PurchaseOrderNumber = "PO-1843",
            RequestHash = new string('a', 64),
        };
        return order
            .With(new JournalEntry(Noon, JournalKinds.Placed, Amount: order.Gross, Currency: order.Currency))
            .With(CheckoutOf(provider, CheckoutState.Open))
            .With(new JournalEntry(Noon.AddMinutes(1), JournalKinds.PaymentStarted, $"checkout:{provider}:1"));
    }

    /// <summary>What the webhook makes of "checkout.session.completed", or of PayPal's "PAYMENT.CAPTURE.COMPLETED".</summary>
    public static PaymentEvent Paid(Order order, string provider = Providers.Stripe) => provider == Providers.Stripe ? PaidAtStripe(order) : new()
    {
        Provider = provider,
        EventId = "WH-58D329510W468432D-8HN650336L201105X",
        Type = "PAYMENT.CAPTURE.COMPLETED",
        OrderId = order.Id,
        Money = new(FactKind.Capture, "0JF852973C016714D", null, order.Gross, order.Currency, FactStatus.Completed, Noon.AddMinutes(3)),
    };

    private static PaymentEvent PaidAtStripe(Order order) => new()
    {
        Provider = Providers.Stripe,
        EventId = "evt_1SVbXmB7kQd9LrTzYpWcNeHa",
        Type = "checkout.session.completed",
        OrderId = order.Id,
        Money = new(FactKind.Capture, "pi_3SVbXlB7kQd9LrTz0aVwUyGm", null, order.Gross, order.Currency, FactStatus.Completed, Noon.AddMinutes(3)),
        Checkout = new("cs_test_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4", 1, CheckoutState.Completed, Noon.AddMinutes(1), Noon.AddMinutes(61), Noon.AddMinutes(3)),
    };

    /// <summary>Ten facts: a capture that stays, a second one that goes back in parts, a dispute that was won.</summary>
    public static Order Eventful()
    {
        var order = AwaitingPayment(OrderIds.IdOf("ada", "eventful"), "ada");
        ImmutableArray<LedgerEntry> facts =
        [
            Capture("pi_1", FactStatus.Completed, order.Gross, 3),
            Capture("pi_2", FactStatus.Completed, order.Gross, 4),
            Capture("pi_3", FactStatus.Denied, order.Gross, 5),
            .. Enumerable.Range(1, 6).Select(i => new LedgerEntry(
                FactKind.Refund, Providers.Stripe, $"re_{i}", "capture:stripe:pi_2", 10_000, "GBP", FactStatus.Succeeded, Noon.AddMinutes(10 + i))),
            new LedgerEntry(FactKind.Dispute, Providers.Stripe, "dp_1", "capture:stripe:pi_1", order.Gross, "GBP", FactStatus.Won, Noon.AddDays(9)),
        ];
        return facts.Aggregate(order, (current, fact) => current.With(fact));
    }

    private static LedgerEntry Capture(string id, FactStatus status, long amount, int minute) =>
        new(FactKind.Capture, Providers.Stripe, id, null, amount, "GBP", status, Noon.AddMinutes(minute));

    private static Checkout CheckoutOf(string provider, CheckoutState state) => new()
    {
        Provider = provider,
        Attempt = 1,
        Id = "cs_test_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4",
        Url = "https://checkout.stripe.com/c/pay/cs_test_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4",
        State = state,
        StartedAt = Noon.AddMinutes(1),
        ExpiresAt = Noon.AddMinutes(61),
        ReturnUrl = ReturnUrl,
        CancelUrl = CancelUrl,
    };
}
