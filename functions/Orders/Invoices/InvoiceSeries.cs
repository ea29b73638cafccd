using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
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
    private const int Attempts = 20;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Invoices);
    private readonly Dictionary<string, InvoiceCounterRow> _counters = [];

    /// <summary>A counter takes one after another: those of this process queue here, rather than race each other in storage.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Gives a document that stands on its order its number; over and over, the same one. One storage call, a second one where this process has not seen the series yet or another one was faster.</summary>
    /// <param name="place">The document's place on the order.</param>
    /// <exception cref="UnavailableException">Too many others took numbers at the same time.</exception>
    public async Task<(string Number, DateTimeOffset At)> TakeAsync(Order order, int place, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await RaceAsync(order, place, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>The number's row; null when there is none, or nothing is left of the sale. One storage call.</returns>
    public async Task<InvoiceNumberRow?> FindAsync(SalesDocument document, CancellationToken cancellation)
    {
        if (document.Number is not { } number) return null;
        var found = await _table.GetEntityIfExistsAsync<InvoiceNumberRow>(document.Series, RowOf(number), cancellationToken: cancellation);
        return found is { HasValue: true, Value.OrderId: not null } ? found.Value : null;
    }

    /// <summary>Takes everything about a sale out of the series that is about to be deleted, and leaves that its numbers were given out. Two storage calls for each document.</summary>
    public async Task ForgetAsync(Order order, CancellationToken cancellation)
    {
        foreach (var (place, document) in order.Documents.Index())
        {
            if (document.Number is not { } number) continue;
            var left = new TableEntity(document.Series, RowOf(number)) { [nameof(InvoiceNumberRow.PurgedAt)] = clock.GetUtcNow() };
            await _table.UpsertEntityAsync(left, TableUpdateMode.Replace, cancellation);
            await _table.DeleteEntityAsync(document.Series, KeyOf(order.Id, place), ETag.All, cancellation);
        }
    }

    private async Task<(string Number, DateTimeOffset At)> RaceAsync(Order order, int place, CancellationToken cancellation)
    {
        var series = order.Documents[place].Series;
        for (var lost = 0; lost < Attempts; lost++)
        {
            if (lost > 0)
            {
                // It may be this document that another one has numbered, or an earlier try whose answer was lost.
                var known = await _table.GetEntityIfExistsAsync<InvoiceKeyRow>(series, KeyOf(order.Id, place), cancellationToken: cancellation);
                if (known.HasValue) return (TextOf(series, known.Value!.Number), known.Value.IssuedAt);
                if (lost > 1) await backoff.WaitAsync(lost - 1, cancellation);
            }

            var counter = _counters.GetValueOrDefault(series) ?? await CounterAsync(series, cancellation);
            if (await TryTakeAsync(order, place, counter, cancellation) is { } at) return (TextOf(series, counter.Last + 1), at);
        }

        throw new UnavailableException($"The series {series}, which too many take numbers of at once,");
    }

    private async Task<InvoiceCounterRow> CounterAsync(string series, CancellationToken cancellation)
    {
        var found = await _table.GetEntityIfExistsAsync<InvoiceCounterRow>(series, InvoiceCounterRow.Row, cancellationToken: cancellation);
        return found.HasValue ? found.Value! : new() { PartitionKey = series };
    }

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
                    new(TableTransactionActionType.Add, new InvoiceKeyRow { PartitionKey = series, RowKey = KeyOf(order.Id, place), Number = next.Last, IssuedAt = at }),
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
    };

    private static string TextOf(string series, long number) => string.Create(CultureInfo.InvariantCulture, $"{series}-{number:D6}");

    private static string RowOf(string number) => InvoiceNumberRow.Prefix + number[(number.IndexOf('-', StringComparison.Ordinal) + 1)..];

    private static string KeyOf(string orderId, int place) => string.Create(CultureInfo.InvariantCulture, $"{InvoiceKeyRow.Prefix}{orderId}-{place}");

    public void Dispose() => _turn.Dispose();
}
