using System.Globalization;
using System.Text.RegularExpressions;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Tests.Scale;

/// <summary>A limit, and the rate of orders at which it is reached.</summary>
/// <param name="Load">What one order puts on it.</param>
/// <param name="Capacity">How much of that fits into a second.</param>
internal sealed record ScaleLimit(string What, string Each, double Load, double Capacity)
{
    /// <summary>Orders a second, hour after hour; a peak passes as long as what has piled up is worked off after it.</summary>
    public double Orders => Capacity / Load;

    /// <summary>A row of the page's table.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"| {What} | {Load:0.##} | {Each} | {Orders:0.##} | {Orders * 86_400:N0} |");
}

/// <summary>Where the shop's growth ends first, from what an order is counted to cost and from what the code and the platform allow. Pure.</summary>
internal static partial class ScaleLimits
{
    // Microsoft's scalability targets for standard storage accounts, and Stripe's rate limits in live mode, as the page cites them.
    private const int EntitiesOfAPartition = 2_000;
    private const int MessagesOfAQueue = 2_000;
    private const int RequestsOfAnAccount = 20_000;
    private const int StripeRequests = 100;
    private const int StripeRequestsOfAnEndpoint = 25;

    /// <summary>As README.md has it measured, the slower of the two ways.</summary>
    private const int InvoiceNumbers = 52;

    /// <summary>What <c>LOG_DAILY_CAP_GB</c> is by itself.</summary>
    private const double LogBytesADay = 1e9;

    private const int LookedAtByVisitors = 100;

    /// <summary>What it takes of nobody's requests (no storage call, no sign-in) to use up a day's log.</summary>
    public static string RequestsThatFillTheLog => string.Create(CultureInfo.InvariantCulture, $"{LogBytesADay / (1000 * OrderCosts.RowsOfAnExecution):N0} requests a day");

    public const int EventsOfAPage = 100;

    /// <summary>The first characters that an order's id may have.</summary>
    private const int SchedulePartitions = 32;

    /// <summary>The timer runs once a minute.</summary>
    public const double LooksASecond = ReconcileDueOrders.Most / 60.0;

    /// <summary>Of a payment by card Stripe lists so many, of which the shop needs one (facts of its documentation): the list is read whole.</summary>
    private const int ListedEvents = 5;

    /// <summary>The timer runs every quarter of an hour, and reads the ten minutes before its mark once more.</summary>
    public const double EventsASecond = ReconcileEvents.MostPages * EventsOfAPage / (900.0 + OverlapSeconds);

    public const int OverlapSeconds = 600;

    public static IReadOnlyList<ScaleLimit> Of(IReadOnlyList<StepCost> steps)
    {
        var sum = OrderCosts.Sum(steps);
        var ofSchedule = sum.Calls.Count(call => call.Contains("/openOrders(", StringComparison.Ordinal) || call.EndsWith("/openOrders", StringComparison.Ordinal));
        List<ScaleLimit> limits =
        [
            new("looks that the timer sends", $"{ReconcileDueOrders.Most} a minute", sum.Looks, LooksASecond),
            new("events in a provider's list", $"{ReconcileEvents.MostPages} pages of {EventsOfAPage} a quarter of an hour, for 25 minutes", ListedEvents, EventsASecond),
            new("numbers of one series of invoices", $"{InvoiceNumbers} a second, measured", 1, InvoiceNumbers),
            new("one endpoint of Stripe's", $"{StripeRequestsOfAnEndpoint} a second", BusiestEndpoint(sum), StripeRequestsOfAnEndpoint),
            new("all of Stripe's", $"{StripeRequests} a second", sum.ProviderCalls.Count, StripeRequests),
            new("requests to the storage account", $"{RequestsOfAnAccount:N0} a second", sum.Calls.Count, RequestsOfAnAccount),
            new("a partition of the schedule (table `openOrders`)", $"{SchedulePartitions} × {EntitiesOfAPartition:N0} a second", ofSchedule, SchedulePartitions * EntitiesOfAPartition),
            new("a partition of a day's retention", $"{RetentionSchedule.Shards} × {EntitiesOfAPartition:N0} a second", sum.Calls.Count(call => call.EndsWith("/retention", StringComparison.Ordinal) || call.Contains("/retention(", StringComparison.Ordinal)), RetentionSchedule.Shards * EntitiesOfAPartition),
            new($"a day's log, when visitors look at {LookedAtByVisitors} products for each order", "1 GB a day (`LOG_DAILY_CAP_GB`)", OrderCosts.LogBytes(steps) + ((LookedAtByVisitors - OrderJourney.ProductsLookedAt) * 1000 * OrderCosts.RowsOfAnExecution), LogBytesADay / 86_400),
            new("a day's log", "1 GB a day (`LOG_DAILY_CAP_GB`)", OrderCosts.LogBytes(steps), LogBytesADay / 86_400),
        ];
        foreach (var queue in new[] { StorageNames.PaymentEvents, StorageNames.OrderChecks, StorageNames.Emails, StorageNames.CarrierEvents })
            limits.Add(new($"queue `{queue}`", $"{MessagesOfAQueue:N0} a second", Sent(sum, queue), MessagesOfAQueue));
        return [.. limits.OrderBy(limit => limit.Orders)];
    }

    private static int Sent(StepCost sum, string queue) => sum.Calls.Count(call => call.StartsWith("POST ", StringComparison.Ordinal) && call.EndsWith($"/{queue}/messages", StringComparison.Ordinal));

    private static int BusiestEndpoint(StepCost sum) =>
        sum.ProviderCalls.GroupBy(call => Id().Replace(call, "/{id}")).Max(endpoint => endpoint.Count());

    [GeneratedRegex("/[a-z]+_[A-Za-z0-9_]+")]
    private static partial Regex Id();
}
