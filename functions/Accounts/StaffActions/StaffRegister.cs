using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts.StaffActions;

/// <summary>
/// The register of what staff did: who, when, what and why. A line is written before anything is handed out or done; that
/// of a decision is given its reason when it was taken.
/// </summary>
public sealed class StaffRegister(
    TableServiceClient tables, AccountStore accounts, RetentionSchedule schedule, IOptions<RetentionPeriods> periods, TimeProvider clock)
{
    /// <summary>What one transaction takes.</summary>
    private const int Together = 100;

    private static readonly object Line = new();

    private readonly TableClient _table = tables.GetTableClient(StorageNames.StaffActions);
    private string? _scheduled;

    /// <summary>Adds a line for the caller. One storage call, and another one for the first of a day in this process.</summary>
    /// <param name="role">One of <see cref="StaffRoles"/>: the one that lets the caller in.</param>
    public async Task AddAsync(HttpRequest request, string role, string what, string? about, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = periods.Value.DayOf(now);
        var day = today.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        if (_scheduled != day)
        {
            // The schedule comes first: nothing is ever held that no row of it points to.
            var due = today.AddMonths(periods.Value.StaffActionMonths).AddDays(1);
            await schedule.ScheduleAllAsync([new(due, StaffActionEntity.Rule, day)], cancellation);
            _scheduled = day;
        }

        var line = new StaffActionEntity
        {
            PartitionKey = StaffActionEntity.PartitionOf(day),
            RowKey = StaffActionEntity.RowKeyOf(now, Nonce()),
            At = now,
            StaffId = Caller.Of(request).AccountId,
            Role = StaffRoles.NameOf(role),
            What = what,
            About = about,
        };
        await _table.AddEntityAsync(line, cancellation);
        request.HttpContext.Items[Line] = line;
    }

    /// <summary>Says in the caller's line why they decided as they did. One storage call.</summary>
    public Task ExplainAsync(HttpRequest request, string? reason, CancellationToken cancellation) =>
        AddToLineAsync(request, nameof(StaffActionEntity.Reason), reason, cancellation);

    /// <summary>Says in the caller's line what it is about, where the path does not. One storage call.</summary>
    public Task NameAsync(HttpRequest request, string about, CancellationToken cancellation) =>
        AddToLineAsync(request, nameof(StaffActionEntity.About), about, cancellation);

    private async Task AddToLineAsync(HttpRequest request, string column, string? text, CancellationToken cancellation)
    {
        if (text is null || request.HttpContext.Items[Line] is not StaffActionEntity line) return;
        await _table.UpdateEntityAsync(new TableEntity(line.PartitionKey, line.RowKey) { [column] = text }, ETag.All, TableUpdateMode.Merge, cancellation);
    }

    /// <summary>Lets a person see in their copy what staff did with their data. One storage call.</summary>
    /// <returns>False when there is no such account.</returns>
    public Task<bool> TellAsync(string accountId, string role, string what, string? orderNumber, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var row = new StaffAccessEntity
        {
            PartitionKey = accountId,
            RowKey = StaffAccessEntity.RowKeyOf(now, Nonce()),
            Role = StaffRoles.NameOf(role),
            What = what,
            OrderNumber = orderNumber,
            At = now,
        };
        return accounts.WriteWhileOpenAsync(row, cancellation);
    }

    /// <summary>A page of the register, the latest first. One storage call.</summary>
    /// <param name="after">The keys to go on after; null for the first page.</param>
    public async Task<ImmutableArray<StaffActionEntity>> PageAsync(int most, (string Partition, string Row)? after, CancellationToken cancellation)
    {
        var filter = after is var (partition, row)
            ? TableClient.CreateQueryFilter($"PartitionKey gt {partition} or (PartitionKey eq {partition} and RowKey gt {row})")
            : null;
        var lines = new List<StaffActionEntity>();
        await foreach (var line in _table.QueryAsync<StaffActionEntity>(filter, maxPerPage: most, cancellationToken: cancellation))
        {
            lines.Add(line);
            if (lines.Count == most) break;
        }

        return [.. lines];
    }

    /// <returns>True when there is anything of that day. One storage call.</returns>
    public Task<bool> HasDayAsync(string day, CancellationToken cancellation) => _table.HasAnyAsync(StaffActionEntity.PartitionOf(day), cancellation);

    /// <summary>Deletes a day of the register. One storage call for a thousand lines, and one for a hundred.</summary>
    /// <returns>False when there was nothing of it.</returns>
    public Task<bool> DeleteDayAsync(string day, CancellationToken cancellation) => _table.DeletePartitionAsync(StaffActionEntity.PartitionOf(day), cancellation);

    /// <summary>Two actions at the same moment are two rows.</summary>
    private static string Nonce() => RandomNumberGenerator.GetHexString(12, lowercase: true);
}
