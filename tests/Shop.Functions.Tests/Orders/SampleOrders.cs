using System.Collections.Immutable;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Tests.Orders;

/// <summary>An order of £120.00 that tests start from, and the facts that happen to it.</summary>
public static class SampleOrders
{
    public const long Gross = 12_000;

    public static DateTimeOffset Noon { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static Order Unpaid { get; } = new Order
    {
        Id = OrderIds.IdOf("ada", "key-1"),
        AccountId = "ada",
        Number = OrderIds.NumberOf(OrderIds.IdOf("ada", "key-1")),
        PlacedAt = Noon,
        ExpiresAt = Noon.AddHours(24),
        Currency = "GBP",
        Lines = [new OrderLine("UPS-1500", "Line-interactive UPS 1500 VA", 1, 10_000, 2_000, 10_000, 2_000, Gross)],
        Net = 10_000,
        Vat = 2_000,
        Gross = Gross,
        DeliveryAddress = new() { Name = "Ada Lovelace", Line1 = "12 St James's Square", City = "London", Postcode = "SW1Y 4JH", Country = "GB" },
        PurchaseOrderNumber = null,
        RequestHash = "hash",
    }.With(new JournalEntry(Noon, JournalKinds.Placed));

    /// <summary>£152.39 at two rates: one UPS, three cables whose tax no three parts share evenly, three books, and delivery that bears the rates of the goods.</summary>
    public static Order Several { get; } = Unpaid with
    {
        Lines =
        [
            .. Unpaid.Lines,
            new("CABLE", "Cable", 3, 333, 2_000, 999, 200, 1_199),
            new("BOOK", "Book", 3, 500, 0, 1_500, 0, 1_500),
            new("delivery", "Delivery", 1, 400, 2_000, 400, 80, 480),
            new("delivery", "Delivery", 1, 60, 0, 60, 0, 60),
        ],
        Net = 12_959,
        Vat = 2_280,
        Gross = 15_239,
    };

    public static Order Cancelled { get; } = Unpaid with { Closed = new Closing(Noon.AddHours(1), ClosingReason.Cancelled) };

    public static LedgerEntry Capture(
        string id = "pi_1", FactStatus status = FactStatus.Completed, long amount = Gross, string currency = "GBP", int minute = 1, string provider = "stripe") =>
        new(FactKind.Capture, provider, id, null, amount, currency, status, Noon.AddMinutes(minute));

    /// <param name="reference">For whom it was made; by default nobody here: somebody made it at the provider.</param>
    public static LedgerEntry Refund(
        string id = "re_1", string capture = "pi_1", FactStatus status = FactStatus.Succeeded, long amount = Gross, int minute = 2, string? reference = null) =>
        new(FactKind.Refund, "stripe", id, $"capture:stripe:{capture}", amount, "GBP", status, Noon.AddMinutes(minute), reference);

    public static LedgerEntry Dispute(FactStatus status, string capture = "pi_1", long amount = Gross, int minute = 3) =>
        new(FactKind.Dispute, "stripe", "dp_1", $"capture:stripe:{capture}", amount, "GBP", status, Noon.AddMinutes(minute));

    public static LedgerEntry Reversal(string id = "rv_1", string capture = "pi_1", long amount = Gross, int minute = 4) =>
        new(FactKind.Reversal, "stripe", id, $"capture:stripe:{capture}", amount, "GBP", FactStatus.Completed, Noon.AddMinutes(minute));

    /// <summary>As at PayPal: what is refunded from then on settles it, until it is lost.</summary>
    public static LedgerEntry SettledSince(this LedgerEntry dispute, int minute) => dispute with
    {
        SettledByRefundsSince = Noon.AddMinutes(minute),
        SettledByRefundsUntil = dispute.Status == FactStatus.Lost ? dispute.At : null,
    };

    public static RefundPromise Request(string id = "r1", long amount = Gross, int minute = 5, bool all = false) =>
        new(id, amount, "GBP", all, RefundReasons.Faulty, "grace", Noon.AddMinutes(minute), "A dented rack");

    public static Shipment Parcel(int number = 1) => new(number, $"key-{number}", "DPD", "15501234567890", Noon.AddMinutes(10));

    /// <summary>A person decides about all that is open.</summary>
    public static Order Resolved(this Order order, ReviewChoice decision, int minute = 20) =>
        order.With(new ReviewResolution(
            decision, ReviewReasons.AgreedWithCustomer, "grace", Noon.AddMinutes(minute), Settlement.Of(order).Concerns, "Settled by telephone"));

    /// <summary>Whatever invoice and credit notes are due have their numbers.</summary>
    public static Order Issued(this Order order)
    {
        var due = SalesDocument.AddDue(order, new());
        return Enumerable.Range(0, due.Documents.Length).Aggregate(due, (current, place) => SalesDocument.Issue(
            current, place, $"{current.Documents[place].Series}-{current.Documents.Take(place + 1).Count(other => other.Series == current.Documents[place].Series):D6}", Noon));
    }

    public static Checkout Checkout(int attempt = 1, CheckoutState state = CheckoutState.Open, int startedMinute = 1, int minutes = 60) => new()
    {
        Provider = "stripe",
        Attempt = attempt,
        Id = state == CheckoutState.Starting ? null : $"cs_{attempt}",
        Url = state == CheckoutState.Open ? $"https://checkout.example/{attempt}" : null,
        StartedAt = Noon.AddMinutes(startedMinute),
        ExpiresAt = Noon.AddMinutes(startedMinute + minutes),
        State = state,
    };

    public static Order With(this Order order, params ImmutableArray<LedgerEntry> facts) => facts.Aggregate(order, (current, fact) => current.With(fact));
}
