using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>When an order is looked at again, and what about.</summary>
public static class ReconciliationPolicy
{
    /// <summary>The first look's delay times these: 15 minutes, 1 hour, 4 hours, 12 hours.</summary>
    private static readonly int[] Multiples = [1, 4, 16, 48];

    /// <summary>How often the wait for a mail doubles.</summary>
    private const int LongestWait = 6;

    /// <returns>How long a look waits for a provider that does not answer: 5 minutes for a first look after 15.</returns>
    public static TimeSpan Postponement(OrderOptions options, UnavailableException why) =>
        why is ProviderAccessException ? WhileKeysAreWrong(options) : WebhookPatience(options);

    /// <returns>How long an event does so: 2 minutes, for nothing else brings what it says.</returns>
    public static TimeSpan EventPostponement(OrderOptions options, UnavailableException why) =>
        why is ProviderAccessException ? WhileKeysAreWrong(options) : WholeSeconds(options.FirstLookAfter / 7.5);

    /// <returns>How long a webhook has to come and to be applied before a list of events is trusted more: 5 minutes.</returns>
    public static TimeSpan WebhookPatience(OrderOptions options) => WholeSeconds(options.FirstLookAfter / 3);

    /// <returns>Checkouts whose end nobody has told us; those of payments still pending are over, but undecided.</returns>
    public static IReadOnlyList<Checkout> Unsettled(Order order) =>
    [
        .. order.Checkouts.Where(checkout => !checkout.IsOver || (checkout.State == CheckoutState.Completed && IsUndecided(order))),
    ];

    /// <returns>
    /// How long to wait for the next look because of mails that nobody has taken: 5 minutes, and twice as long after each try, up to 5
    /// hours; null when there are none. Of one that nobody has begun, as long as its fact is old: while nobody sends, each look adds a message.
    /// </returns>
    public static TimeSpan? NextNotification(Order order, OrderOptions options, DateTimeOffset now)
    {
        var due = OrderNotification.Due(order, now);
        return due.IsEmpty ? null : due.Min(notification => notification.MarkOf(order) is { } mark
            ? WebhookPatience(options) * (1 << Math.Min(mark.Tries, LongestWait))
            : WholeSeconds(TimeSpan.FromTicks(Math.Clamp((now - notification.At).Ticks, WebhookPatience(options).Ticks, WebhookPatience(options).Ticks << LongestWait))));
    }

    /// <returns>How long to wait for the next look because of money; null when nothing is expected any more.</returns>
    public static TimeSpan? Next(Order order, OrderOptions options, DateTimeOffset now)
    {
        var settlement = Settlement.Of(order);
        if (PauseLeft(order, settlement, options, now) is { } left) return left;
        if (settlement.OwesSomething || order.Documents.Any(document => document.Number is null)) return options.FirstLookAfter;
        if (order.Closed is not null && order.Checkouts.Any(checkout => !checkout.IsOver)) return options.FirstLookAfter;
        if (settlement.Payment == PaymentStatus.Pending) return WhilePending(options);
        if (order.Ledger.Any(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Pending })) return WhilePending(options);
        // A look puts what is due onto the order: what is still due after one had no room there, and only a person can see to it.
        if (!DueDocuments.Of(order).IsEmpty) return WhilePending(options);
        if (!settlement.AwaitsPayment) return null;

        var latest = order.Checkouts.Select(checkout => checkout.StartedAt).Append(order.PlacedAt).Max();
        var due = Multiples.Select(multiple => latest + (options.FirstLookAfter * multiple)).Append(order.ExpiresAt)
            .Where(time => time > now).DefaultIfEmpty(now + options.FirstLookAfter).Min();
        return due - now;
    }


    /// <returns>How long the customer's card is left alone, where waiting for that is all there is to do.</returns>
    private static TimeSpan? PauseLeft(Order order, Settlement settlement, OrderOptions options, DateTimeOffset now)
    {
        if (settlement is not { Captures: [var checkout], Refunds.IsEmpty: true }) return null;
        if (Declines.PausedUntil(checkout, isBack: false, options) is not { } end || end <= now) return null;
        return WholeSeconds((order.ExpiresAt > now && order.ExpiresAt < end ? order.ExpiresAt : end) - now);
    }

    /// <summary>A try that failed is not repeated at once: several looks may come together, and would use up all tries.</summary>
    public static bool IsRefundDue(Order order, OwedRefund owed, OrderOptions options, DateTimeOffset now) => !order.Ledger.Any(fact =>
        fact is { Kind: FactKind.Refund, Status: FactStatus.Failed } && fact.Parent == owed.Capture.Key && fact.Reference == owed.Reference && fact.At + options.FirstLookAfter > now);

    /// <summary>A queue drops fractions of a second: half of one would be no wait at all, and the next try would fail as this one did.</summary>
    private static TimeSpan WholeSeconds(TimeSpan delay) => TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds));

    /// <returns>An hour: only a person can put a key right.</returns>
    private static TimeSpan WhileKeysAreWrong(OrderOptions options) => options.FirstLookAfter * Multiples[1];

    /// <returns>12 hours: a delayed payment takes days to be confirmed.</returns>
    private static TimeSpan WhilePending(OrderOptions options) => options.FirstLookAfter * Multiples[^1];

    /// <summary>A payment that failed decides nothing about one that was made after it.</summary>
    private static bool IsUndecided(Order order)
    {
        var captures = order.Ledger.Where(fact => fact.Kind == FactKind.Capture).ToList();
        return captures.Count == 0 || captures.Any(capture => capture.Status == FactStatus.Pending);
    }
}
