using System.Collections.Immutable;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Payments;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Settlements;

/// <summary>What happens to an order, each step as the shop hears of it, and what all of it must come to in whatever order it is heard.</summary>
/// <param name="Refunds">What is owed, as <c>object id: amount</c>.</param>
/// <param name="Captures">The approved checkouts whose money is to be asked for, as <c>provider attempt</c>.</param>
public sealed record Scenario(
    PaymentStatus Payment,
    FulfilmentStatus Fulfilment,
    ImmutableArray<Func<Order, Order>> Steps,
    ImmutableArray<string> Refunds,
    ImmutableArray<string> Captures,
    string? Review)
{
    public static IReadOnlyDictionary<string, Scenario> All { get; } = Build();

    private static Dictionary<string, Scenario> Build()
    {
        var (card, wallet) = (new Teller("stripe", "pi"), new Teller("paypal", "2G"));
        var scenarios = new Dictionary<string, Scenario>
        {
            ["cancelled before payment"] = Closed(PaymentStatus.Cancelled, [card.Opens(), card.Closes(), Cancel]),
            ["a cancelled order's approval is left alone"] = Closed(PaymentStatus.Cancelled, [wallet.Approves(), Cancel]),
            ["paid by card and by wallet"] = Paid([.. card.Pays(1), .. wallet.Pays(2)], ["2G1: 12000"]),
            ["a wallet's approval while a card has paid"] = Paid([.. card.Pays(1), wallet.Approves(minute: 2)]),
            ["approved, and nothing more"] = Open(PaymentStatus.Awaiting, [wallet.Approves()], captures: ["paypal 1"]),
            ["approved twice"] = Open(PaymentStatus.Awaiting, [wallet.Approves(), wallet.Approves(attempt: 2, minute: 3)], captures: ["paypal 1"]),
            ["approved, and the approval ran out"] = Open(PaymentStatus.Awaiting, [wallet.Approves(), wallet.Closes()]),
        };
        foreach (var teller in (Teller[])[card, wallet])
        {
            foreach (var (name, scenario) in Of(teller)) scenarios.Add($"{teller.Provider}: {name}", scenario);
        }

        return scenarios;
    }

    private static IEnumerable<(string Name, Scenario Scenario)> Of(Teller it)
    {
        ImmutableArray<Func<Order, Order>> paid = [.. it.Pays(1)];
        yield return ("paid", Paid([it.Opens(), .. paid]));
        yield return ("paid after a while", Paid([it.Finishes(), it.Has(FactStatus.Pending), it.Has(FactStatus.Completed, minute: 4)]));
        yield return ("denied", Open(PaymentStatus.Failed, [it.Finishes(), it.Has(FactStatus.Pending), it.Has(FactStatus.Denied, minute: 4)]));
        yield return ("denied, then paid", Paid([it.Has(FactStatus.Pending), it.Has(FactStatus.Denied, minute: 2), .. it.Pays(4, attempt: 2)]));
        yield return ("a page that expired, then paid", Paid([it.Opens(), it.Closes(), .. it.Pays(4, attempt: 2)]));
        yield return ("refunded in parts", Back(PaymentStatus.PartlyRefunded, FulfilmentStatus.Unfulfilled, [.. paid, .. it.Refunds("re_1", 4_000), .. it.Refunds("re_2", 5_000)]));
        yield return ("refunded in full by parts", Back(PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled, [.. paid, .. it.Refunds("re_1", 4_000), .. it.Refunds("re_2", 8_000)]));
        yield return ("a refund that fails after it succeeded", Paid([.. paid, .. it.Refunds("re_1", Gross), it.Refund("re_1", Gross, FactStatus.Failed, minute: 9)]));
        yield return ("a dispute under way", Back(PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled, [.. paid, it.Dispute(FactStatus.Open)]));
        yield return ("a dispute won", Paid([.. paid, it.Dispute(FactStatus.Open), it.Dispute(FactStatus.Won)]));
        yield return ("a dispute lost", Back(PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled, [.. paid, it.Dispute(FactStatus.Open), it.Dispute(FactStatus.Lost)]));
        // The bank takes the whole, so that a part is lost twice.
        yield return ("a dispute lost after a refund in part", Odd("refunded_too_much", [.. paid, .. it.Refunds("re_1", 4_000), it.Dispute(FactStatus.Lost)]));
        yield return ("paid, then cancelled", Closed(PaymentStatus.Paid, [.. paid, Cancel], [$"{it.Id()}: 12000"]));
        yield return ("paid, cancelled, sent back", Closed(PaymentStatus.Refunded, [.. paid, Cancel, .. it.Refunds("re_1", Gross)]));
        yield return ("cancelled, then a payment under way", Closed(PaymentStatus.Pending, [Cancel, it.Finishes(), it.Has(FactStatus.Pending)]));
        yield return ("promised back in part", Paid([.. paid, Promise("rr_1", 4_000)], [$"{it.Id()}: 4000"]));
        yield return ("promised back twice the same", Paid([.. paid, Promise("rr_1", 4_000), Promise("rr_2", 4_000)], [$"{it.Id()}: 4000", $"{it.Id()}: 4000"]));
        yield return ("promised back, and made", Back(
            PaymentStatus.PartlyRefunded, FulfilmentStatus.Unfulfilled, [.. paid, Promise("rr_1", 4_000), .. it.Refunds("re_1", 4_000, answers: "rr_1")]));
        yield return ("promised back, and somebody at the provider was faster", Back(
            PaymentStatus.PartlyRefunded, FulfilmentStatus.Unfulfilled, [.. paid, Promise("rr_8", 8_000), .. it.Refunds("re_9", 8_000)], [$"{it.Id()}: 4000"]));
        yield return ("promised back, then cancelled", Closed(PaymentStatus.Paid, [.. paid, Promise("rr_1", 4_000), Cancel], [$"{it.Id()}: 12000"]));
        yield return ("promised back in part and made, then cancelled", Closed(
            PaymentStatus.PartlyRefunded, [.. paid, Promise("rr_1", 4_000), .. it.Refunds("re_1", 4_000, answers: "rr_1"), Cancel], [$"{it.Id()}: 8000"]));
        yield return ("promised back, and it keeps failing", Odd("refund_keeps_failing",
            [.. paid, Promise("rr_1", 4_000), .. Enumerable.Range(1, OwedRefunds.Attempts).Select(i => it.Refund($"re_{i}", 4_000, FactStatus.Failed, answers: "rr_1"))]));
        yield return ("too little, and a person takes it", Paid(
            [it.Has(FactStatus.Completed, Gross - 1), Decide(ReviewChoice.Accept, MoneyCase.TooLittle, it.Key())]));
        yield return ("taken back, and a person writes it off", new(PaymentStatus.Failed, FulfilmentStatus.Unfulfilled,
            [.. paid, it.Has(FactStatus.Reversed, minute: 7), Decide(ReviewChoice.WriteOff, MoneyCase.Reversed, it.Key())], [], [], null));
        yield return ("shipped, then disputed", Back(PaymentStatus.Disputed, FulfilmentStatus.Shipped, [.. paid, Ship, it.Dispute(FactStatus.Open)]));
        yield return ("shipped, then the dispute is lost", Back(PaymentStatus.Refunded, FulfilmentStatus.Shipped, [.. paid, Ship, it.Dispute(FactStatus.Open), it.Dispute(FactStatus.Lost)]));
        yield return ("a dispute won and opened again", Back(
            PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled, [.. paid, it.Dispute(FactStatus.Open), it.Dispute(FactStatus.Won, minute: 13), it.Dispute(FactStatus.Open, minute: 14)]));
        yield return ("cancelled, and the refund fails once", Closed(
            PaymentStatus.Paid, [.. paid, Cancel, it.Refund("re_1", Gross, FactStatus.Pending), it.Refund("re_1", Gross, FactStatus.Failed)], [$"{it.Id()}: 12000"]));
        yield return ("cancelled, and the refund keeps failing", Closed(
            PaymentStatus.NeedsReview, [.. paid, Cancel, .. Enumerable.Range(1, OwedRefunds.Attempts).Select(i => it.Refund($"re_{i}", Gross, FactStatus.Failed))],
            review: "refund_keeps_failing"));
        yield return ("paid twice", Paid([.. paid, .. it.Pays(3, attempt: 2)], [$"{it.Id(2)}: 12000"]));
        yield return ("paid twice, the second sent back in part", Paid([.. paid, .. it.Pays(3, attempt: 2), .. it.Refunds("re_1", 2_000, attempt: 2)], [$"{it.Id(2)}: 10000"]));
        yield return ("paid twice, the second disputed", Paid([.. paid, .. it.Pays(3, attempt: 2), it.Dispute(FactStatus.Open, attempt: 2)]));
        yield return ("too little", Odd("paid_too_little", [it.Finishes(), it.Has(FactStatus.Completed, Gross - 1)]));
        yield return ("too much", Odd("paid_too_much", [it.Finishes(), it.Has(FactStatus.Pending, Gross + 1), it.Has(FactStatus.Completed, Gross + 1)]));
        yield return ("another currency", Odd("wrong_currency", [it.Finishes(), it.Has(FactStatus.Completed, currency: "EUR")]));
        yield return ("too little, then the whole total", Paid([it.Has(FactStatus.Completed, 100), .. it.Pays(5, attempt: 2)], [$"{it.Id()}: 100"]));
        yield return ("more sent back than came", Odd("refunded_too_much", [.. paid, .. it.Refunds("re_1", Gross), .. it.Refunds("re_2", 1)]));
        foreach (var parts in OfParts(it)) yield return parts;
        yield return ("a capture that is taken back", Odd("capture_reversed", [.. paid, it.Has(FactStatus.Reversed, minute: 7)]));
    }

    /// <summary>Money that goes back in parts, by whoever sends or takes it.</summary>
    private static IEnumerable<(string Name, Scenario Scenario)> OfParts(Teller it)
    {
        ImmutableArray<Func<Order, Order>> paid = [.. it.Pays(1)];
        var same = it.Provider == Providers.PayPal;
        yield return ("taken back in part", Odd("capture_reversed_in_part", [.. paid, it.Reverses("rv_1", 5_000)]));
        yield return ("taken back by parts", Odd("capture_reversed", [.. paid, it.Reverses("rv_1", 5_000), it.Reverses("rv_2", 7_000)]));
        yield return ("taken back in part, and a person takes the rest", Back(PaymentStatus.PartlyRefunded, FulfilmentStatus.Unfulfilled,
            [.. paid, it.Reverses("rv_1", 5_000), Decide(ReviewChoice.Accept, MoneyCase.ReversedInPart, it.Key(), "5000 taken back")]));
        yield return ("taken back in part, a person takes the rest, and the rest is taken back", Odd("capture_reversed",
            [.. paid, it.Reverses("rv_1", 5_000), Decide(ReviewChoice.Accept, MoneyCase.ReversedInPart, it.Key(), "5000 taken back"), it.Reverses("rv_2", 7_000)]));
        yield return ("taken back in part, then cancelled", Closed(PaymentStatus.PartlyRefunded, [.. paid, it.Reverses("rv_1", 5_000), Cancel], [$"{it.Id()}: 7000"]));
        yield return ("taken back by parts, then cancelled", Closed(PaymentStatus.Cancelled, [.. paid, it.Reverses("rv_1", 5_000), it.Reverses("rv_2", 7_000), Cancel]));
        yield return ("paid twice, the second taken back in part", Paid([.. paid, .. it.Pays(3, attempt: 2), it.Reverses("rv_1", 5_000, attempt: 2)], [$"{it.Id(2)}: 7000"]));
        yield return ("too little, accepted, taken back and written off", new(PaymentStatus.Failed, FulfilmentStatus.Unfulfilled,
            [it.Has(FactStatus.Completed, Gross - 1), Decide(ReviewChoice.Accept, MoneyCase.TooLittle, it.Key()), it.Reverses("rv_1", Gross - 1), Decide(ReviewChoice.WriteOff, MoneyCase.Reversed, it.Key())],
            [], [], null));
        yield return ("a question", Back(PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled, [.. paid, it.Dispute(FactStatus.Inquiry)]));
        yield return ("a question, and a refund is promised", Back(
            PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled, [.. paid, it.Dispute(FactStatus.Inquiry), Promise("rr_1", 4_000)], same ? [] : [$"{it.Id()}: 4000"]));
        yield return ("a question that is answered", Paid([.. paid, it.Dispute(FactStatus.Inquiry), it.Dispute(FactStatus.Won, minute: 13)]));
        yield return ("a question that becomes a dispute", Back(
            PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled, [.. paid, it.Dispute(FactStatus.Inquiry), it.Dispute(FactStatus.Open, minute: 13), Promise("rr_1", 4_000)]));
        yield return ("a dispute about a part, while a refund is promised", Back(
            PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled, [.. paid, it.Dispute(FactStatus.Open, amount: 500), Promise("rr_1", 4_000)]));
        yield return ("a dispute about a part, then cancelled", Closed(PaymentStatus.Disputed, [.. paid, it.Dispute(FactStatus.Open, amount: 500), Cancel]));
        yield return ("a dispute lost in part", Odd("dispute_lost_in_part", [.. paid, it.Dispute(FactStatus.Open), it.Dispute(FactStatus.Lost, amount: 11_999, minute: 13)]));
        yield return ("a dispute lost in part, then cancelled", Closed(PaymentStatus.PartlyRefunded, [.. paid, it.Dispute(FactStatus.Lost, amount: 5_000), Cancel], [$"{it.Id()}: 7000"]));
        yield return ("refunded while it is disputed, then lost", same
            ? Back(PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled, [.. paid, it.Refund("re_1", Gross, FactStatus.Succeeded, minute: 13), it.Dispute(FactStatus.Lost, minute: 14)])
            : Odd("refunded_too_much", [.. paid, it.Refund("re_1", Gross, FactStatus.Succeeded, minute: 13), it.Dispute(FactStatus.Lost, minute: 14)]));
        yield return ("a dispute that is lost and carried out by parts", Back(
            PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled, [.. paid, it.Dispute(FactStatus.Lost), it.Reverses("rv_1", 5_000), it.Reverses("rv_2", 7_000)]));
    }

    private static Scenario Open(PaymentStatus payment, ImmutableArray<Func<Order, Order>> steps, ImmutableArray<string>? captures = null) =>
        new(payment, FulfilmentStatus.Unfulfilled, steps, [], captures ?? [], null);

    private static Scenario Paid(ImmutableArray<Func<Order, Order>> steps, ImmutableArray<string>? refunds = null) =>
        new(PaymentStatus.Paid, FulfilmentStatus.Unfulfilled, steps, refunds ?? [], [], null);

    private static Scenario Back(
        PaymentStatus payment, FulfilmentStatus fulfilment, ImmutableArray<Func<Order, Order>> steps, ImmutableArray<string>? refunds = null) =>
        new(payment, fulfilment, steps, refunds ?? [], [], null);

    private static Scenario Closed(
        PaymentStatus payment, ImmutableArray<Func<Order, Order>> steps, ImmutableArray<string>? refunds = null, string? review = null) =>
        new(payment, FulfilmentStatus.Unfulfilled, steps, refunds ?? [], [], review);

    private static Scenario Odd(string review, ImmutableArray<Func<Order, Order>> steps) =>
        new(PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled, steps, [], [], review);

    /// <summary>The customer cancels; doing so again changes nothing.</summary>
    private static Order Cancel(Order order) => order.Cancel(Noon.AddHours(1));

    /// <summary>Staff promise money back; the same request again changes nothing.</summary>
    private static Func<Order, Order> Promise(string id, long amount) => order => order.RefundPromises.Any(known => known.Id == id)
        ? order
        : order.With(new RefundPromise(id, amount, "GBP", false, "sorry", "grace", Noon.AddHours(2)));

    /// <summary>A person decides about it, once.</summary>
    private static Func<Order, Order> Decide(ReviewChoice decision, MoneyCase about, string capture, string? detail = null)
    {
        var concern = new ReviewConcern(about, $"capture:{capture}", detail);
        return order => order.Resolutions.Any(resolution => resolution.Covers(concern))
            ? order
            : order.With(new ReviewResolution(decision, "seen", "grace", Noon.AddHours(3), [concern]));
    }

    private static Order Ship(Order order) => order.Shipments.Length > 0 ? order : order.With(new Shipment(1, "parcel-1", "Royal Mail", "RM1", Noon.AddHours(4)));
}
