using System.Collections.Immutable;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// The orders of which something may and can be sent now: one row for each, in the order in which they were placed, to the
/// minute, and within a minute over 32 partitions, so that no partition takes more than its share. <see cref="OrderStore"/>
/// writes it with every change of an order, and a look at an order puts right what it finds wrong of it.
/// </summary>
public sealed class FulfilmentList(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageNames.Fulfilment);

    /// <returns>Whether the order belongs on the list.</returns>
    public static bool IsDue(Order order) =>
        CanHaveBeen(order) && order.DeliveryAddress is not null && Settlement.Of(order).MayShip && ShippableGoods.HasAny(order);

    /// <returns>False when no money has ever come for it: then it never was on the list.</returns>
    public static bool CanHaveBeen(Order order) => order.Ledger.Any(fact => fact is { Kind: FactKind.Capture, Status: FactStatus.Completed or FactStatus.Reversed });

    /// <summary>Puts an order on the list; over and over is the same as once. One storage call.</summary>
    public Task AddAsync(Order order, CancellationToken cancellation) => _table.UpsertEntityAsync(FulfilmentRow.Of(order), TableUpdateMode.Replace, cancellation);

    /// <summary>Puts an order on the list that is not on it. One storage call.</summary>
    /// <returns>False when it was there.</returns>
    public async Task<bool> TryAddAsync(Order order, CancellationToken cancellation)
    {
        try
        {
            await _table.AddEntityAsync(FulfilmentRow.Of(order), cancellation);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status == 409)
        {
            return false;
        }
    }

    /// <summary>
    /// Takes an order off the list, unless a later state of it has put it there: whoever is late takes nothing away. One
    /// storage call, two when it is on it.
    /// </summary>
    public async Task RemoveAsync(Order order, CancellationToken cancellation)
    {
        var (partition, id) = (FulfilmentRow.PartitionOf(order), order.Id);
        if (await _table.FindAsync<FulfilmentRow>(partition, id, cancellation) is { } found && found.Step <= order.Journal.Length)
            await ConditionalWrite.TryAsync(() => _table.DeleteEntityAsync(partition, id, found.ETag, cancellation));
    }

    /// <summary>Takes an order off the list that is about to be deleted. One storage call.</summary>
    public Task DeleteAsync(Order order, CancellationToken cancellation) => _table.DeleteEntityAsync(FulfilmentRow.PartitionOf(order), order.Id, ETag.All, cancellation);

    /// <summary>Takes an order off the list of which only the id is known. Storage looks through the whole list.</summary>
    public async Task DeleteAsync(string orderId, CancellationToken cancellation)
    {
        await foreach (var row in _table.QueryAsync<FulfilmentRow>(TableClient.CreateQueryFilter($"RowKey eq {orderId}"), cancellationToken: cancellation))
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
    }

    /// <summary>
    /// Takes an order off the list that does not belong there: whoever took its cause away ended before doing it. No storage call
    /// for most orders, else one or two.
    /// </summary>
    public Task RemoveUnlessDueAsync(Order order, CancellationToken cancellation) =>
        CanHaveBeen(order) && !IsDue(order) ? RemoveAsync(order, cancellation) : Task.CompletedTask;

    /// <summary>A page of the list, the oldest first. One storage call.</summary>
    /// <param name="after">The place to go on after; null for the first page.</param>
    public async Task<(ImmutableArray<FulfilmentRow> Rows, string? Next)> PageAsync(int size, string? after, CancellationToken cancellation)
    {
        // The first condition says where to begin: of a mere choice of two storage looks through everything.
        var filter = after?.Split('/') is [var partition, var id]
            ? TableClient.CreateQueryFilter($"PartitionKey ge {partition} and (PartitionKey gt {partition} or RowKey gt {id})")
            : null;
        var rows = new List<FulfilmentRow>(size + 1);
        await foreach (var row in _table.QueryAsync<FulfilmentRow>(filter, maxPerPage: size + 1, cancellationToken: cancellation))
        {
            rows.Add(row);
            if (rows.Count > size) break;
        }

        return ([.. rows.Take(size)], rows.Count > size ? $"{rows[size - 1].PartitionKey}/{rows[size - 1].RowKey}" : null);
    }

    /// <returns>True when the text is a place in the list.</returns>
    public static bool IsPlace(string text) =>
        text.Split('/') is [{ Length: FulfilmentRow.PartitionLength } partition, var id] && OrderIds.IsId(id)
        && partition.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}

/// <summary>A row of the table <c>fulfilment</c>: PartitionKey <c>{minute}-{the id's first character}</c>, RowKey the order's id.</summary>
[Stored(StorageNames.Fulfilment, "*", Subject.RetentionSchedule)]
public sealed class FulfilmentRow : ITableEntity
{
    public const int PartitionLength = 14;

    [DataClass(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Operational)] public string Number { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset PlacedAt { get; set; }

    /// <summary>How long the order's journal was when it was put on the list.</summary>
    [DataClass(DataClass.Operational)] public int Step { get; set; }

    public static FulfilmentRow Of(Order order) => new()
    {
        PartitionKey = PartitionOf(order),
        RowKey = order.Id,
        Number = order.Number,
        PlacedAt = order.PlacedAt,
        Step = order.Journal.Length,
    };

    public static string PartitionOf(Order order) => string.Create(CultureInfo.InvariantCulture, $"{order.PlacedAt.UtcDateTime:yyyyMMddHHmm}-{order.Id[0]}");
}
