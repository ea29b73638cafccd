using System.Collections.Immutable;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders;
using Shop.Functions.Platform.RateLimiting;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Privacy.LegalHolds;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Purges;

/// <summary>Looks at what rows of the schedule point to. One storage call each; an account that may go also costs one for each of its orders.</summary>
public sealed partial class PurgeReader(
    OrderStore orders,
    DamagedOrders damagedOrders,
    AccountRemoval accounts,
    BreachStore breaches,
    ErasureStore erasures,
    StaffRegister register,
    RateCountStore rateCounts,
    PurgeLog purgeLog,
    LegalHoldStore holds,
    RetentionPolicy policy,
    ILogger<PurgeReader> logger)
{
    /// <summary>As many things are looked at or changed at once: enough to be quick, little beside what customers do.</summary>
    public const int AtOnce = 8;

    /// <summary>
    /// The holds are read after the things: a hold writes to what it is about, so one that comes later makes the conditional
    /// write fail that follows from what was read here.
    /// </summary>
    /// <returns>The plan with the holds as they are, and what it says of each row.</returns>
    public async Task<(PurgePlan Plan, ImmutableArray<PurgeStep> Steps)> PlanAsync(
        IReadOnlyList<RetentionRow> rows, PurgePlan plan, CancellationToken cancellation)
    {
        var items = new DueItem[rows.Count];
        await ForEachAsync(rows, async (i, stop) => items[i] = await LoadAsync(rows[i], plan.Today, stop), cancellation);
        plan = plan with { Held = await holds.AllAsync(cancellation) };
        var steps = new PurgeStep[rows.Count];
        await ForEachAsync(rows, async (i, stop) => steps[i] = await DecideAsync(rows[i], items[i], plan, stop), cancellation);
        return (plan, [.. steps]);
    }

    private static Task ForEachAsync(IReadOnlyList<RetentionRow> rows, Func<int, CancellationToken, ValueTask> each, CancellationToken cancellation) =>
        Parallel.ForAsync(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, each);

    /// <summary>Damage may show only when it is decided: a time beyond all calendars, say.</summary>
    private async Task<PurgeStep> DecideAsync(RetentionRow row, DueItem item, PurgePlan plan, CancellationToken cancellation)
    {
        try
        {
            return plan.For(row, item);
        }
        catch (Exception damage) when (StoredData.IsDamage(damage))
        {
            return plan.For(row, await LoadDamagedAsync(row, plan.Today, damage.GetType().Name, cancellation));
        }
    }

    private async Task<DueItem> LoadAsync(RetentionRow row, DateOnly today, CancellationToken cancellation)
    {
        try
        {
            switch (row.Rule)
            {
                case RetentionRules.UnpaidOrder or RetentionRules.OrderDelivery or RetentionRules.OrderFiscal or RetentionRules.OrderFiscalOss:
                    return new DueItem.OfOrder(await orders.FindAsync(row.Key, cancellation));
                case RetentionRules.Account:
                    return await LoadAccountAsync<AccountEntity>(row.Key, today, profile => profile, cancellation);
                case RetentionRules.ErasureRecord:
                    return new DueItem.OfErasure(row.Key, await erasures.IsRecordedAsync(row.Key, cancellation));
                case RetentionRules.StaffAction:
                    return new DueItem.OfStaffActions(row.Key, await register.HasDayAsync(row.Key, cancellation));
                case RetentionRules.RateCount:
                    return new DueItem.OfRateCounts(row.Key, await rateCounts.HasDayAsync(row.Key, cancellation));
                case RetentionRules.Breach:
                    return new DueItem.OfBreach(await breaches.FindAsync(row.Key, cancellation));
                case RetentionRules.PurgeReport when int.TryParse(row.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                    return new DueItem.OfReport(number, await purgeLog.HasReportAsync(number, cancellation));
            }
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            return await LoadDamagedAsync(row, today, damage.GetType().Name, cancellation);
        }

        // A later version may have scheduled it, before this one was put back.
        LogUnreadable(row.Rule, "unknown rule");
        return new DueItem.Unreadable();
    }

    /// <summary>Storage refuses (400) keys that it could never have held, in a row that nobody of ours wrote.</summary>
    private static bool IsDamage(Exception exception) => StoredData.IsDamage(exception) || exception is UnreadableOrderException or RequestFailedException { Status: 400 };

    /// <summary>What can be known of something that cannot be understood: what storage itself says of it.</summary>
    private async Task<DueItem> LoadDamagedAsync(RetentionRow row, DateOnly today, string reason, CancellationToken cancellation)
    {
        LogUnreadable(row.Rule, reason);
        try
        {
            switch (row.Rule)
            {
                case RetentionRules.UnpaidOrder or RetentionRules.OrderDelivery or RetentionRules.OrderFiscal or RetentionRules.OrderFiscalOss:
                    return await damagedOrders.FindAsync(row.Key, cancellation) is { } order
                        ? new DueItem.DamagedOrder(order) { HasDelivery = DamagedOrders.HasDelivery(order) }
                        : new DueItem.OfOrder(null);
                case RetentionRules.Account:
                    return await LoadAccountAsync<TableEntity>(row.Key, today, KnownOf, cancellation) is DueItem.OfAccount account ? account with { IsDamaged = true } : new DueItem.BeingErased();
                case RetentionRules.Breach:
                    return await breaches.LastWrittenAsync(row.Key, cancellation) is { } written ? new DueItem.DamagedBreach(row.Key, written) : new DueItem.OfBreach(null);
            }
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            LogUnreadable(row.Rule, damage.GetType().Name);
        }

        return new DueItem.Unreadable();
    }

    /// <summary>A profile is written on every day on which it is used.</summary>
    private AccountEntity KnownOf(TableEntity profile) =>
        new()
        {
            PartitionKey = profile.PartitionKey,
            ETag = profile.ETag,
            Email = profile[nameof(AccountEntity.Email)] as string ?? "",
            Name = profile[nameof(AccountEntity.Name)] as string ?? "",
            LastSeenDay = AccountEntity.Midnight(policy.DayOf(profile.Timestamp ?? DateTimeOffset.MaxValue)),
        };

    private async Task<DueItem> LoadAccountAsync<T>(string accountId, DateOnly today, Func<T, AccountEntity> read, CancellationToken cancellation)
        where T : class, ITableEntity
    {
        // Whatever kind a row is, its keys are what counts, and of the profile all of it.
        var rows = await accounts.RowsAsync<T>(accountId, cancellation);
        var profile = rows.FirstOrDefault(row => row.RowKey == AccountEntity.Row) is { } found ? read(found) : null;
        ImmutableArray<string> others = [.. rows.Select(row => row.RowKey).Where(key => key != AccountEntity.Row)];
        if (profile is null && others.Contains(ErasureState.Row) && await erasures.FindStateAsync(accountId, cancellation) is { ConfirmedAt: not null })
            return new DueItem.BeingErased();
        var mayGo = profile is null || policy.AccountDue(profile.LastDay()) <= today;
        if (!mayGo) return new DueItem.OfAccount(profile, others, [], []);
        var (owned, damaged) = await accounts.OrdersAsync(others, cancellation);
        foreach (var _ in damaged) LogUnreadable(RetentionRules.Account, "one of its orders");
        return new DueItem.OfAccount(profile, others, owned, damaged);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Something that is due under {Rule} cannot be read ({Reason}): it stays until its time is surely up")]
    private partial void LogUnreadable(string rule, string reason);
}
