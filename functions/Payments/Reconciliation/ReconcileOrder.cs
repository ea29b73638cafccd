using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>
/// Queue <c>order-checks</c>: looks at an order and does what is owed: asks the provider about checkouts whose webhook
/// never came, takes the money that a customer has approved, gives up what stays unpaid, closes the pages of what was
/// cancelled, sends back what is promised or not ours, issues invoices and credit notes, asks for the mails that its customer
/// is due. Every step is safe to repeat, so a crash or a second look at the same time only costs a call. functions/README.md
/// shows where this stands between an event and the order's status.
/// </summary>
public sealed partial class ReconcileOrder(
    OrderStore orders,
    OrderStock stock,
    OrderIndex index,
    ReconciliationSchedule schedule,
    ReviewList reviews,
    CheckoutReconciler checkouts,
    RefundReconciler refunds,
    InvoiceReconciler invoices,
    NotificationRequests notifications,
    ExpiredNotifications expired,
    IOptions<OrderOptions> options,
    ILogger<ReconcileOrder> logger,
    TimeProvider clock)
{
    /// <summary>As the host, its dashboards and operators know it: the name outlives the class's.</summary>
    public const string FunctionName = "AdvanceOrder";

    [Function(FunctionName)]
    public async Task Run([QueueTrigger(StorageNames.OrderChecks)] string message, CancellationToken cancellation)
    {
        var check = ReconciliationMessage.Parse(message);
        Activity.Current?.SetTag("shop.order.id", check.OrderId).SetTag("shop.why", check.Why);
        // Before the order: whoever files it from here on changes the row, and then it stays.
        var row = await schedule.FindAsync(check.OrderId, cancellation);
        if (await orders.FindAsync(check.OrderId, cancellation) is not { } found)
        {
            await ReconcileWithoutOrder(check.OrderId, row, cancellation);
            return;
        }

        var run = new ReconciliationRun(orders, found, clock);
        await checkouts.FetchAsync(run, cancellation);
        await checkouts.CaptureApprovedAsync(run, cancellation);
        await refunds.FetchPendingAsync(run, cancellation);
        await checkouts.ExpireUnpaidAsync(run, cancellation);
        await refunds.SendOwedAsync(run, cancellation);
        await invoices.IssueDueAsync(run, cancellation);
        await WriteIndex(run, found, cancellation);
        await KeepStock(run, row, cancellation);
        await TellPeople(run, row?.IsHindered == true, cancellation);
        await notifications.SendAsync(run.Order, cancellation);
        await expired.SetAsideAsync(run.Order, cancellation);
        if (run.Postponed is [var first, ..])
        {
            // The host gives a message five tries within a minute; an outage at a provider lasts longer.
            LogPostponed(first, run.Order.Id);
            var wait = run.Postponed.Min(why => ReconciliationPolicy.Postponement(options.Value, why));
            await schedule.SettleAsync(run.Order.Id, row, clock.GetUtcNow(), clock.GetUtcNow() + wait, isHindered: true, cancellation);
            return;
        }

        await ScheduleNext(run.Order, row, cancellation);
    }

    /// <summary>The schedule is written before the order. Whoever is placing it may be slow: the first look comes again when they must have ended.</summary>
    private async Task ReconcileWithoutOrder(string orderId, ReconciliationRow? row, CancellationToken cancellation)
    {
        LogNothing(orderId);
        var now = clock.GetUtcNow();
        if (row is null || row.IsDueWithin(ReconciliationSchedule.LongestRun, now)) return;
        if (row.IsHindered != true)
        {
            await schedule.SettleAsync(orderId, row, now, now + ReconciliationSchedule.LongestRun, isHindered: true, cancellation);
            return;
        }

        await stock.FollowAsync(orderId, null, row.NamedItems, cancellation);
        await schedule.RemoveAsync(row, cancellation);
    }

    /// <summary>An order that nobody has changed may be one whose placing ended before what is kept for it was confirmed.</summary>
    private async Task KeepStock(ReconciliationRun run, ReconciliationRow? row, CancellationToken cancellation)
    {
        if (run.Order.Version == 0 && (await stock.ConfirmAsync(run.Order, cancellation)).Missing is [_, ..])
            await run.ChangeAsync(current => current.EndAsSoldOut(clock.GetUtcNow()), cancellation);
        await stock.FollowAsync(run.Order.Id, run.Order, row?.NamedItems ?? [], cancellation);
    }

    /// <summary>Also while a provider does not answer: money is owed for longest just then. Once it has answered, nobody needs to look.</summary>
    /// <param name="wasHindered">Whether the look before was kept from something.</param>
    private async Task TellPeople(ReconciliationRun run, bool wasHindered, CancellationToken cancellation)
    {
        var hindrance = HindranceOf(run.Postponed);
        if (OverdueRefund.AllOf(run.Order, clock.GetUtcNow(), hindrance) is [var first, ..]) LogOwedTooLong(run.Order.Id, first.Owed.Capture.Key, first.Since);
        if (ReviewView.Of(run.Order, hindrance, clock.GetUtcNow()) is not null) await reviews.AddAsync(run.Order.Id, cancellation, hindrance);
        else if (wasHindered) await reviews.RemoveHinderedAsync(run.Order.Id, cancellation);
    }

    private static Hindrance? HindranceOf(IReadOnlyList<UnavailableException> postponed) => postponed.Count == 0 ? null : new(
        postponed.Any(why => why is not ProviderAccessException),
        [.. postponed.OfType<ProviderAccessException>().Select(why => why.Provider).Distinct()]);

    private async Task ScheduleNext(Order order, ReconciliationRow? row, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var waits = new[] { ReconciliationPolicy.Next(order, options.Value, now), ReconciliationPolicy.NextNotification(order, options.Value, now), GoodsConcerns.NextAt(order, now) - now };
        await schedule.SettleAsync(order.Id, row, now, now + waits.Min(), isHindered: false, cancellation);
    }

    /// <summary>An order that was placed while its account was being erased belongs to nobody: nothing personal of it stays.</summary>
    private async Task WriteIndex(ReconciliationRun run, Order found, CancellationToken cancellation)
    {
        // What came to be one to send only now was put on the list by the change that made it so.
        if (FulfilmentList.IsDue(found) || !FulfilmentList.IsDue(run.Order)) await orders.RelistAsync(run.Order, cancellation);
        if (await index.WriteAsync(run.Order, cancellation)) return;
        LogOrphaned(run.Order.Id);
        await run.ChangeAsync(current => Restriction.WithoutAccount(current, clock.GetUtcNow()), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {OrderId} has lost its account and is restricted")]
    private partial void LogOrphaned(string orderId);

    [LoggerMessage(Level = LogLevel.Information, Message = "There is no order {OrderId} to look at")]
    private partial void LogNothing(string orderId);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId}: {Capture} should have been sent back since {Since} and is not")]
    private partial void LogOwedTooLong(string orderId, string capture, DateTimeOffset since);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The look at order {OrderId} is put off: a part it needs is not answering")]
    private partial void LogPostponed(Exception exception, string orderId);
}
