using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Shop.Functions.Catalogue;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Purges;

/// <summary>
/// Orders that cannot be understood, past their own store: what is personal of them goes by the data map, property by
/// property, and what cannot even be taken apart goes whole.
/// </summary>
public sealed class DamagedOrders(
    TableServiceClient tables, OrderIndex index, FulfilmentList fulfilment, InvoiceSeries invoices, ReconciliationSchedule schedule, CatalogueStore catalogue, TimeProvider clock)
{
    private static readonly FrozenSet<DataClass> OfDelivery = [DataClass.Delivery, DataClass.Contact];
    private static readonly FrozenSet<DataClass> OfPerson = [DataClass.Identity, DataClass.Contact, DataClass.Delivery, DataClass.Consent, DataClass.Note, DataClass.Staff];

    private readonly TableClient _orders = tables.GetTableClient(StorageNames.Orders);

    /// <returns>The row as storage has it; null when there is none. One storage call.</returns>
    public Task<TableEntity?> FindAsync(string orderId, CancellationToken cancellation) =>
        _orders.FindAsync<TableEntity>(orderId, OrderEntity.Row, cancellation);

    public static bool HasDelivery(TableEntity row) => Without(row, OfDelivery) is not null;

    /// <returns>False when it has changed since it was read.</returns>
    public Task<bool> RemoveDeliveryAsync(TableEntity row, CancellationToken cancellation) => ReplaceAsync(row, OfDelivery, cancellation);

    /// <summary>Takes everything that leads to the person.</summary>
    /// <returns>False when there was nothing to take.</returns>
    public async Task<bool> RestrictAsync(string orderId, CancellationToken cancellation)
    {
        while (await FindAsync(orderId, cancellation) is { } row && Without(row, OfPerson) is not null)
        {
            if (await ReplaceAsync(row, OfPerson, cancellation)) return true;
        }

        return false;
    }

    /// <summary>Deletes an order with its rows in the list of its account, as far as that is known, of what is to be sent, and of its invoices.</summary>
    /// <returns>False when it has changed since it was read.</returns>
    public async Task<bool> DeleteAsync(TableEntity row, CancellationToken cancellation)
    {
        if (row[nameof(OrderEntity.AccountId)] is string { Length: > 0 } accountId) await index.DeleteAsync(accountId, row.PartitionKey, cancellation);
        await fulfilment.DeleteAsync(row.PartitionKey, cancellation);
        // Should somebody repair it at this very moment, a purge that finds it on hold puts these back.
        await invoices.ForgetAsync(row.PartitionKey, cancellation);
        // What is kept for it is given back by the look that finds no order any more.
        var items = await CountedOfAsync(row, cancellation);
        if (items.Count > 0) await schedule.FileAsync(row.PartitionKey, clock.GetUtcNow() + ReconciliationSchedule.Grace, items, cancellation);
        return await ConditionalWrite.TryAsync(() => _orders.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation));
    }

    /// <returns>The counted items that may be kept for it: any of them where its lines cannot be read.</returns>
    private async Task<IReadOnlyList<string>> CountedOfAsync(TableEntity row, CancellationToken cancellation)
    {
        var json = row[nameof(OrderEntity.Lines)] as string;
        if (json is not null && StoredData.TryParse(json, out var parsed) && parsed is JsonArray lines && lines.All(line => line is JsonObject item && item["sku"] is JsonValue))
            return [.. lines.Where(line => line!["isCounted"] is not null).Select(line => line!["sku"]!.ToString())];
        return [.. (await catalogue.ReadAsync(cancellation)).Products.Where(product => product.IsCounted).Select(product => product.Sku)];
    }

    /// <returns>The row without data of these classes; null when it has none.</returns>
    internal static TableEntity? Without(TableEntity row, FrozenSet<DataClass> classes)
    {
        var kind = DataMap.OfShop.Find(StorageNames.Orders, OrderEntity.Row)!;
        var left = new TableEntity(row);
        foreach (var (name, value) in row)
        {
            var held = kind.Named(name).Where(property => classes.Contains(property.Class)).Select(property => property.Name).ToList();
            if (held.Count == 0 || value is null or "") continue;
            if (kind.Named(name).Any(property => property.Name == name)) left.Remove(name);
            else Replace(left, name, value as string, held);
        }

        return left.Count == row.Count && row.All(property => Equals(left[property.Key], property.Value)) ? null : left;
    }

    /// <param name="held">The members that go, for instance <c>Shipments[].trackingNumber</c>.</param>
    private static void Replace(TableEntity row, string name, string? json, List<string> held)
    {
        var members = held.Select(path => path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..].Split('.', '[')[0]).ToList();
        switch (json is not null && StoredData.TryParse(json, out var parsed) ? parsed : null)
        {
            case JsonArray items when items.All(item => item is JsonObject):
                var changed = false;
                foreach (var item in items.OfType<JsonObject>())
                {
                    foreach (var member in members) changed |= item.Remove(member);
                }

                if (changed) row[name] = items.ToJsonString();
                break;
            case JsonObject address:
                // Tax law wants the country, and an order that somebody repairs has no use for a part of an address.
                if (address["country"] is JsonValue country && country.TryGetValue<string>(out var code)) row[nameof(OrderEntity.DeliveryCountry)] ??= code;
                row.Remove(name);
                break;
            default:
                row.Remove(name);
                break;
        }
    }

    /// <summary>Without its address nobody can send it, whoever repairs it.</summary>
    private async Task<bool> ReplaceAsync(TableEntity row, FrozenSet<DataClass> classes, CancellationToken cancellation)
    {
        if (Without(row, classes) is not { } left) return true;
        await fulfilment.DeleteAsync(row.PartitionKey, cancellation);
        return await ConditionalWrite.TryAsync(() => _orders.UpdateEntityAsync(left, row.ETag, TableUpdateMode.Replace, cancellation));
    }
}
