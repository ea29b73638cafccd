using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Invoices;

/// <summary>
/// Numbers without a gap: a series is one partition of the table <c>invoices</c>, and the counter, the number's row and the
/// document's row are written in one transaction, or none of them is. So no number is lost or given twice, wherever a process
/// ends, and whoever numbers a document that has its number learns it.
/// </summary>
/// <param name="tables">Where the numbers are.</param>
/// <param name="backoff">How long whoever has lost a race waits.</param>
public sealed class InvoiceSeries(TableServiceClient tables, RaceBackoff backoff, IOptions<InvoiceOptions> options, TimeProvider clock) : IDisposable
{
    private const int Attempts = 12;

    /// <summary>Whoever waits longer than this looks again later, rather than hold a look at an order up.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Invoices);
    private readonly Dictionary<string, InvoiceCounterRow> _counters = [];

    /// <summary>A counter takes one after another: those of this process queue here, rather than race each other in storage.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Gives a document that stands on its order its number; over and over, the same one. One storage call, a second one where this process has not seen the series yet or another one was faster.</summary>
    /// <param name="place">The document's place on the order.</param>
    /// <exception cref="UnavailableException">Too many others took numbers at the same time.</exception>
    public async Task<(string Number, DateTimeOffset At)> TakeAsync(Order order, int place, CancellationToken cancellation)
    {
        if (!await _turn.WaitAsync(LongestWait, cancellation)) throw TooMany(order.Documents[place].Series);
        try
        {
            return await RaceAsync(order, place, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>The number's row; null when there is none. One storage call.</returns>
    public async Task<InvoiceNumberRow?> FindAsync(SalesDocument document, CancellationToken cancellation) =>
        document.Number is { } number ? await _table.FindAsync<InvoiceNumberRow>(document.Series, RowOf(number), cancellation) : null;

    /// <summary>
    /// Takes everything about a sale out of the series that is about to be deleted, and leaves that its numbers were given out and
    /// by whom: so an order that stays after all can have the rest again. Three storage calls for each document.
    /// </summary>
    public async Task ForgetAsync(Order order, CancellationToken cancellation)
    {
        for (var place = 0; place < order.Documents.Length; place++)
        {
            // A document may have a number that the order has not learnt.
            if (await FindKeyAsync(order, place, cancellation) is { } key) await ForgetAsync(key, cancellation);
        }
    }

    /// <summary>The same for an order of which nobody can read which documents it has. A storage call for every thousand rows of all series, so for what is damaged only.</summary>
    public async Task ForgetAsync(string orderId, CancellationToken cancellation)
    {
        var (from, to) = ($"{InvoiceKeyRow.Prefix}{orderId}-", $"{InvoiceKeyRow.Prefix}{orderId}.");
        var keys = new List<InvoiceKeyRow>();
        await foreach (var key in _table.QueryAsync<InvoiceKeyRow>(TableClient.CreateQueryFilter($"RowKey ge {from} and RowKey lt {to}"), cancellationToken: cancellation)) keys.Add(key);
        foreach (var key in keys) await ForgetAsync(key, cancellation);
    }

    /// <summary>Puts back what was taken of an order that stays after all. One storage call for each document, and two more for each that was taken.</summary>
    public async Task RestoreAsync(Order order, CancellationToken cancellation)
    {
        foreach (var (place, document) in order.Documents.Index())
        {
            if (document is not { Number: { } number, IssuedAt: { } at } || await FindKeyAsync(order, place, cancellation) is not null) continue;
            var row = NumberRowOf(order, document, NumberOf(number), at);
            if (await _table.FindAsync<InvoiceNumberRow>(row.PartitionKey, row.RowKey, cancellation) is { SellerName: not null } left)
                (row.SellerName, row.SellerAddress, row.SellerVatNumber, row.SellerOneStopShopNumber) = (left.SellerName, left.SellerAddress, left.SellerVatNumber, left.SellerOneStopShopNumber);
            await _table.SubmitTransactionAsync(
                [new(TableTransactionActionType.UpsertReplace, row), new(TableTransactionActionType.UpsertReplace, KeyRowOf(order, place, NumberOf(number), at))], cancellation);
        }
    }

    private async Task ForgetAsync(InvoiceKeyRow key, CancellationToken cancellation)
    {
        var row = RowOf(TextOf(key.PartitionKey, key.Number));
        var found = await _table.FindAsync<InvoiceNumberRow>(key.PartitionKey, row, cancellation);
        var left = new InvoiceNumberRow
        {
            PartitionKey = key.PartitionKey,
            RowKey = row,
            SellerName = found?.SellerName,
            SellerAddress = found?.SellerAddress,
            SellerVatNumber = found?.SellerVatNumber,
            SellerOneStopShopNumber = found?.SellerOneStopShopNumber,
            PurgedAt = clock.GetUtcNow(),
        };
        try
        {
            await _table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertReplace, left), new(TableTransactionActionType.Delete, key, ETag.All)], cancellation);
        }
        catch (RequestFailedException failed) when (failed.Status == 404)
        {
            // Another purge has done it.
        }
    }

    private Task<InvoiceKeyRow?> FindKeyAsync(Order order, int place, CancellationToken cancellation) =>
        _table.FindAsync<InvoiceKeyRow>(order.Documents[place].Series, KeyOf(order, place), cancellation);

    private async Task<(string Number, DateTimeOffset At)> RaceAsync(Order order, int place, CancellationToken cancellation)
    {
        var series = order.Documents[place].Series;
        for (var lost = 0; lost < Attempts; lost++)
        {
            if (lost > 0)
            {
                // It may be this document that another one has numbered, or an earlier try whose answer was lost.
                if (await FindKeyAsync(order, place, cancellation) is { } known) return (TextOf(series, known.Number), known.IssuedAt);
                if (lost > 1) await backoff.WaitAsync(lost - 1, cancellation);
            }

            var counter = _counters.GetValueOrDefault(series) ?? await CounterAsync(series, cancellation);
            if (await TryTakeAsync(order, place, counter, cancellation) is { } at) return (TextOf(series, counter.Last + 1), at);
        }

        throw TooMany(series);
    }

    private async Task<InvoiceCounterRow> CounterAsync(string series, CancellationToken cancellation) =>
        await _table.FindAsync<InvoiceCounterRow>(series, InvoiceCounterRow.Row, cancellation) ?? new() { PartitionKey = series };

    /// <returns>When it was issued; null when the counter has moved on, or the document has a number.</returns>
    private async Task<DateTimeOffset?> TryTakeAsync(Order order, int place, InvoiceCounterRow counter, CancellationToken cancellation)
    {
        var (series, at) = (counter.PartitionKey, clock.GetUtcNow());
        var next = new InvoiceCounterRow { PartitionKey = series, Last = counter.Last + 1 };
        _counters.Remove(series);
        try
        {
            var written = await _table.SubmitTransactionAsync(
                [
                    counter.Last == 0 ? new(TableTransactionActionType.Add, next) : new(TableTransactionActionType.UpdateReplace, next, counter.ETag),
                    new(TableTransactionActionType.Add, NumberRowOf(order, order.Documents[place], next.Last, at)),
                    new(TableTransactionActionType.Add, KeyRowOf(order, place, next.Last, at)),
                ],
                cancellation);
            if (written.Value[0].Headers.ETag is { } tag)
            {
                next.ETag = tag;
                _counters[series] = next;
            }

            return at;
        }
        catch (RequestFailedException failed) when (failed.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    private InvoiceNumberRow NumberRowOf(Order order, SalesDocument document, long number, DateTimeOffset at) => new()
    {
        PartitionKey = document.Series,
        RowKey = RowOf(TextOf(document.Series, number)),
        OrderId = order.Id,
        IssuedAt = at,
        TaxPoint = document.TaxPoint,
        Net = document.Net,
        Vat = document.Vat,
        SellerName = options.Value.SellerName,
        SellerAddress = options.Value.SellerAddress,
        SellerVatNumber = options.Value.VatNumber,
        SellerOneStopShopNumber = options.Value.OneStopShopNumber,
    };

    private static string TextOf(string series, long number) => string.Create(CultureInfo.InvariantCulture, $"{series}-{number:D6}");

    private static string RowOf(string number) => InvoiceNumberRow.Prefix + number[(number.IndexOf('-', StringComparison.Ordinal) + 1)..];

    private static long NumberOf(string text) => long.Parse(text.AsSpan(text.IndexOf('-', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);

    private static InvoiceKeyRow KeyRowOf(Order order, int place, long number, DateTimeOffset at) =>
        new() { PartitionKey = order.Documents[place].Series, RowKey = KeyOf(order, place), Number = number, IssuedAt = at };

    /// <summary>By the fact it answers, and by how many before it in its series do; a key must not hold what comes from outside.</summary>
    private static string KeyOf(Order order, int place)
    {
        var document = order.Documents[place];
        var before = order.Documents.Take(place).Count(other => other.Series == document.Series && other.Facts[0] == document.Facts[0]);
        return $"{InvoiceKeyRow.Prefix}{order.Id}-{TextHash.Of(before == 0 ? document.Facts[0] : string.Create(CultureInfo.InvariantCulture, $"{document.Facts[0]} {before}"), 16)}";
    }

    private static UnavailableException TooMany(string series) => new($"The series {series}, which too many take numbers of at once,");

    public void Dispose() => _turn.Dispose();
}
