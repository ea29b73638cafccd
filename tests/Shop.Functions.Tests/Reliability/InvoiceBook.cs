using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>The series of invoices and credit notes, against the orders: no gap, nothing twice, nothing left to issue.</summary>
internal static class InvoiceBook
{
    /// <param name="all">Every order there is: numbers are the shop's.</param>
    /// <param name="orders">Those that have come to rest.</param>
    public static async Task<IReadOnlyList<string>> BrokenAsync(RunningShop shop, List<Order> all, List<Order> orders)
    {
        var rows = await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Invoices));
        var broken = orders.Where(DueDocuments.AnyOf).Select(order => $"order {order.Id}: something is still to be issued").ToList();
        foreach (var series in rows.GroupBy(row => row.PartitionKey))
        {
            var last = series.Single(row => row.RowKey == InvoiceCounterRow.Row).GetInt64(nameof(InvoiceCounterRow.Last))!.Value;
            var given = series.Where(row => row.RowKey.StartsWith(InvoiceNumberRow.Prefix, StringComparison.Ordinal)).Select(row => row.RowKey).Order(StringComparer.Ordinal);
            if (!given.SequenceEqual(Enumerable.Range(1, (int)last).Select(number => $"{InvoiceNumberRow.Prefix}{number:D6}"))) broken.Add($"series {series.Key} is not the numbers to {last}");
        }

        var issued = all.SelectMany(order => order.Documents, (order, document) => (order.Id, document)).Where(it => it.document.Number is not null).ToList();
        foreach (var twice in issued.GroupBy(it => it.document.Number).Where(same => same.Count() > 1)) broken.Add($"{twice.Key} is given to {twice.Count()} documents");
        foreach (var (id, document) in issued)
        {
            var row = rows.Find(row => row.PartitionKey == document.Series && row.RowKey == InvoiceNumberRow.Prefix + document.Number![(document.Series.Length + 1)..]);
            if (row?.GetString(nameof(InvoiceNumberRow.OrderId)) != id || row.GetInt64(nameof(InvoiceNumberRow.Net)) != document.Net) broken.Add($"{document.Number} is not what its row says");
        }

        var owners = all.Where(order => !order.Documents.IsEmpty).Select(order => order.Id).ToHashSet();
        foreach (var row in rows.Where(row => row.GetString(nameof(InvoiceNumberRow.OrderId)) is { } id && !owners.Contains(id))) broken.Add($"{row.PartitionKey} {row.RowKey} has no order");

        foreach (var order in orders)
        {
            var (invoices, notes) = (Sum(DocumentKind.Invoice), Sum(DocumentKind.CreditNote));
            if (order.Documents.Count(document => document.Kind == DocumentKind.Invoice) > 1) broken.Add($"order {order.Id} is invoiced twice");
            foreach (var total in order.Documents.Where(document => document.Kind == DocumentKind.Invoice).SelectMany(document => document.Totals))
            {
                var credited = VatCredit.SumOf(order.Documents.Where(document => document.Kind == DocumentKind.CreditNote).Select(note => new VatCredit(note.RefundId, note.Totals)), total.VatBasisPoints);
                if (credited.Net > total.Net || credited.Vat > total.Vat) broken.Add($"order {order.Id}: {credited} is credited of {total}");
            }

            if (notes > invoices) broken.Add($"order {order.Id}: {notes} is credited of {invoices}");
            if (invoices > 0 && IsPlain(order) && invoices - notes != Math.Clamp(KeptOf(order), 0, invoices)) broken.Add($"order {order.Id}: {invoices} is invoiced and {notes} credited, and {KeptOf(order)} is kept");

            long Sum(DocumentKind kind) => order.Documents.Where(document => document.Kind == kind).Sum(document => document.Gross);
        }

        return broken;
    }

    /// <summary>Whether nothing but refunds has taken money away: what banks and providers take is no reduction of the price, and a refund that failed may have been credited.</summary>
    private static bool IsPlain(Order order) => order.Unrecorded is null && !order.Ledger.Any(fact =>
        fact is { Kind: FactKind.Reversal or FactKind.Dispute } or { Kind: FactKind.Capture, Status: FactStatus.Reversed } or { Kind: FactKind.Refund, Status: FactStatus.Failed or FactStatus.Pending });

    private static long KeptOf(Order order) => order.Ledger.Where(fact => fact.Currency == DueDocuments.Currency).Sum(fact => fact switch
    {
        { Kind: FactKind.Capture, Status: FactStatus.Completed } => fact.Amount,
        { Kind: FactKind.Refund, Status: FactStatus.Succeeded } => -fact.Amount,
        _ => 0,
    });
}
