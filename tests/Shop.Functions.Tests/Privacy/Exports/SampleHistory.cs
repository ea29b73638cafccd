using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Tests.Orders;

namespace Shop.Functions.Tests.Privacy.Exports;

/// <summary>A long history, written straight into storage.</summary>
internal static class SampleHistory
{
    public static async Task WriteAsync(string storage, string accountId, int orders)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var tables = new TableServiceClient(storage);
        var store = new OrderStore(tables);
        var history = new OrderIndex(tables);
        for (var i = 0; i < orders; i++)
        {
            var id = OrderIds.IdOf(accountId, $"sample-{i}");
            var order = SampleOrders.Unpaid with { Id = id, AccountId = accountId, Number = OrderIds.NumberOf(id), PlacedAt = SampleOrders.Noon.AddMinutes(i) };
            await store.AddAsync(order, cancellation);
            await history.AddAsync(order, cancellation);
        }
    }
}
