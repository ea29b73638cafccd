using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Platform.RateLimiting;

/// <summary>The table of counts. A row is written under compare-and-set, and goes with its day.</summary>
public sealed class RateCountStore(TableServiceClient tables, RetentionSchedule schedule, IOptions<RetentionPeriods> periods)
{
    private readonly TableClient _table = tables.GetTableClient(StorageNames.RateCounts);
    private string? _scheduled;

    /// <summary>
    /// Writes a count that nobody else has written since it was read; a new one has no ETag. One storage call, and another one
    /// for the first of a day in this process.
    /// </summary>
    /// <returns>False when somebody else was faster.</returns>
    /// <exception cref="RequestFailedException">Storage does not answer.</exception>
    public async Task<bool> TryWriteAsync(RateCountEntity row, DateTimeOffset start, CancellationToken cancellation)
    {
        await ScheduleAsync(start, cancellation);
        try
        {
            var written = row.ETag == default
                ? await _table.AddEntityAsync(row, cancellation)
                : await _table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
            row.ETag = written.Headers.ETag!.Value;
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status is 409 or 412 || (failed.Status == 404 && row.ETag != default))
        {
            return false;
        }
    }

    /// <returns>The count as it is now; null when there is none. One storage call.</returns>
    public Task<RateCountEntity?> FindAsync(string partition, string row, CancellationToken cancellation) => _table.FindAsync<RateCountEntity>(partition, row, cancellation);

    /// <returns>True when there is any count of that day. Up to one storage call a shard.</returns>
    public async Task<bool> HasDayAsync(string day, CancellationToken cancellation)
    {
        for (var shard = 0; shard < RateCountEntity.Shards; shard++)
        {
            if (await _table.HasAnyAsync(RateCountEntity.PartitionOf(day, shard), cancellation)) return true;
        }

        return false;
    }

    /// <summary>Deletes the counts of a day: as <see cref="TableDeletes.DeletePartitionAsync"/>, for each shard.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> DeleteDayAsync(string day, CancellationToken cancellation)
    {
        var deleted = false;
        for (var shard = 0; shard < RateCountEntity.Shards; shard++) deleted |= await _table.DeletePartitionAsync(RateCountEntity.PartitionOf(day, shard), cancellation);
        return deleted;
    }

    /// <summary>Nothing is ever held that no row of the schedule points to.</summary>
    private async Task ScheduleAsync(DateTimeOffset start, CancellationToken cancellation)
    {
        var day = RateCountEntity.DayOf(start);
        if (_scheduled == day) return;
        await schedule.ScheduleAllAsync([new(periods.Value.DayOf(start).AddDays(RetentionPeriods.RateCountDays), RateCountEntity.Rule, day)], cancellation);
        _scheduled = day;
    }
}
