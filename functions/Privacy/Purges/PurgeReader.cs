using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Purges;

/// <summary>Looks at what rows of the schedule point to. One storage call each; an account that may go also costs one for each of its orders.</summary>
public sealed partial class PurgeReader(
    OrderStore orders, AccountRemoval accounts, BreachStore breaches, ErasureStore erasures, PurgeLog purgeLog, RetentionPolicy policy, ILogger<PurgeReader> logger)
{
    /// <summary>As many things are looked at or changed at once: enough to be quick, little beside what customers do.</summary>
    public const int AtOnce = 8;

    public async Task<ImmutableArray<PurgeStep>> PlanAsync(IReadOnlyList<RetentionRow> rows, PurgePlan plan, CancellationToken cancellation)
    {
        var steps = new PurgeStep[rows.Count];
        await Parallel.ForAsync(
            0,
            rows.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (i, stop) => steps[i] = plan.For(rows[i], await LoadAsync(rows[i], plan, stop)));
        return [.. steps];
    }

    private async Task<DueItem> LoadAsync(RetentionRow row, PurgePlan plan, CancellationToken cancellation)
    {
        try
        {
            switch (row.Rule)
            {
                case RetentionRules.UnpaidOrder or RetentionRules.OrderDelivery or RetentionRules.OrderFiscal or RetentionRules.OrderFiscalOss:
                    return new DueItem.OfOrder(await orders.FindAsync(row.Key, cancellation));
                case RetentionRules.Account:
                    return await LoadAccountAsync(row.Key, plan, cancellation);
                case RetentionRules.ErasureRecord:
                    return new DueItem.OfErasure(row.Key, await erasures.IsRecordedAsync(row.Key, cancellation));
                case RetentionRules.Breach:
                    return new DueItem.OfBreach(await breaches.FindAsync(row.Key, cancellation));
                case RetentionRules.PurgeReport when int.TryParse(row.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                    return new DueItem.OfReport(number, await purgeLog.FindReportAsync(number, cancellation) is not null);
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or ArgumentException)
        {
            LogUnreadable(row.Rule, unreadable.GetType().Name);
            return new DueItem.Unreadable();
        }

        // A later version may have scheduled it, before this one was put back.
        LogUnreadable(row.Rule, "unknown rule");
        return new DueItem.Unreadable();
    }

    private async Task<DueItem> LoadAccountAsync(string accountId, PurgePlan plan, CancellationToken cancellation)
    {
        // Whatever kind a row is, its keys are what counts, and of the profile all of it.
        var rows = await accounts.RowsAsync<AccountEntity>(accountId, cancellation);
        var profile = rows.FirstOrDefault(row => row.RowKey == AccountEntity.Row);
        ImmutableArray<string> others = [.. rows.Select(row => row.RowKey).Where(key => key != AccountEntity.Row)];
        if (profile is null && others.Contains(ErasureState.Row) && await erasures.FindStateAsync(accountId, cancellation) is { ConfirmedAt: not null })
            return new DueItem.BeingErased();
        var mayGo = profile is null || (policy.AccountDue(profile.LastSeenDay) <= plan.Today && !plan.Held.Contains(accountId));
        return new DueItem.OfAccount(profile, others, mayGo ? await accounts.OrdersAsync(others, cancellation) : []);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Something that is due under {Rule} cannot be read ({Reason}): it is looked at again tomorrow")]
    private partial void LogUnreadable(string rule, string reason);
}
