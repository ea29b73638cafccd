using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders;

/// <summary>Says what one provider says, each time as an event of its own. Attempts have a capture each.</summary>
internal sealed record Teller(string Provider, string Prefix)
{
    public string Id(int attempt = 1) => $"{Prefix}{attempt}";

    /// <summary>As a fact's key names it.</summary>
    public string Key(int attempt = 1) => $"{Provider}:{Id(attempt)}";

    public Func<Order, Order> Opens(int attempt = 1, int minute = 1) => Checkout(CheckoutState.Open, attempt, minute);

    public Func<Order, Order> Approves(int attempt = 1, int minute = 1) => Checkout(CheckoutState.Approved, attempt, minute);

    public Func<Order, Order> Closes(int attempt = 1, int minute = 1) => Checkout(CheckoutState.Expired, attempt, minute);

    public Func<Order, Order> Finishes(int attempt = 1, int minute = 1) => Checkout(CheckoutState.Completed, attempt, minute);

    /// <summary>The page is done, and the money is here.</summary>
    public IEnumerable<Func<Order, Order>> Pays(int minute, int attempt = 1) =>
        [Finishes(attempt, minute), Has(FactStatus.Completed, attempt: attempt, minute: minute)];

    public Func<Order, Order> Has(FactStatus status, long amount = Gross, string currency = "GBP", int attempt = 1, int minute = 1) =>
        Says(FactKind.Capture, Id(attempt), null, amount, currency, status, minute);

    /// <summary>On its way, and then there.</summary>
    public IEnumerable<Func<Order, Order>> Refunds(string id, long amount, int attempt = 1, string? answers = null) =>
        [Refund(id, amount, FactStatus.Pending, attempt, answers: answers), Refund(id, amount, FactStatus.Succeeded, attempt, minute: 8)];

    /// <param name="answers">The promise that it keeps; not every event about a refund says so.</param>
    public Func<Order, Order> Refund(string id, long amount, FactStatus status, int attempt = 1, int minute = 6, string? answers = null) =>
        Says(FactKind.Refund, id, Id(attempt), amount, "GBP", status, minute, answers);

    /// <param name="since">When it was opened: at PayPal what is refunded from then on settles it. Refunds are made before it unless told otherwise.</param>
    public Func<Order, Order> Dispute(FactStatus status, int attempt = 1, int minute = 12, long amount = Gross, int since = 12) =>
        Says(FactKind.Dispute, "dp_1", Id(attempt), amount, "GBP", status, minute, since: Provider == Providers.PayPal ? since : null);

    public Func<Order, Order> Reverses(string id, long amount, int attempt = 1, int minute = 11) =>
        Says(FactKind.Reversal, id, Id(attempt), amount, "GBP", FactStatus.Completed, minute);

    private Func<Order, Order> Says(
        FactKind kind, string id, string? capture, long amount, string currency, FactStatus status, int minute, string? answers = null, int? since = null) =>
        new PaymentEvent
        {
            Provider = Provider,
            EventId = $"evt_{id}_{status}",
            Type = "test",
            Money = new(kind, id, capture, amount, currency, status, Noon.AddMinutes(minute), answers, since is { } opened ? Noon.AddMinutes(opened) : null),
        }.ApplyTo;

    private Func<Order, Order> Checkout(CheckoutState state, int attempt, int minute) =>
        new PaymentEvent
        {
            Provider = Provider,
            EventId = $"evt_{attempt}_{state}",
            Type = "test",
            Checkout = new($"{Provider}-{attempt}", attempt, state, Noon.AddMinutes(minute), Noon.AddMinutes(minute + 60), Noon.AddMinutes(minute)),
        }.ApplyTo;
}
