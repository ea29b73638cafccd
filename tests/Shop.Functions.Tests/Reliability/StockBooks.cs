using Azure.Data.Tables;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>The stock, against the orders: what is reserved is reserved for somebody, and what has left is missing on the shelf.</summary>
internal static class StockBooks
{
    public static async Task<IEnumerable<string>> BrokenAsync(RunningShop shop, IReadOnlyList<Order> orders)
    {
        var rows = await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Stock));
        var claims = orders.SelectMany(order => StockClaims.Of(order).Select(claim => (Sku: claim.Key, order.Id, Claim: claim.Value))).ToList();
        return rows.GroupBy(row => row.PartitionKey).SelectMany(item => BrokenOf(item.Key, [.. item], [.. claims.Where(claim => claim.Sku == item.Key).Select(claim => (claim.Id, claim.Claim))]));
    }

    private static IEnumerable<string> BrokenOf(string sku, List<TableEntity> rows, List<(string Order, StockClaim Claim)> claims)
    {
        var level = rows.Single(row => row.RowKey == StockLevelEntity.Row);
        var kept = rows.Where(row => row.RowKey.StartsWith(StockReservationEntity.Prefix, StringComparison.Ordinal))
            .Select(row => $"{row.RowKey[StockReservationEntity.Prefix.Length..]} has {row["Reserved"]} and got {row["Shipped"]}").Order().ToList();
        var real = claims.Where(claim => !claim.Claim.IsOver).Select(claim => $"{claim.Order} has {claim.Claim.Reserved} and got {claim.Claim.Shipped}").Order().ToList();
        foreach (var wrong in kept.Except(real)) yield return $"{sku}: wrong that order {wrong}";
        foreach (var missing in real.Except(kept)) yield return $"{sku}: nothing says that order {missing}";
        var came = rows.Where(row => row.RowKey.StartsWith(StockAdjustmentEntity.Prefix, StringComparison.Ordinal)).Sum(row => (int)row["Change"]);
        var (onHand, reserved) = (came - claims.Sum(claim => claim.Claim.Shipped), claims.Sum(claim => claim.Claim.Reserved));
        if ((onHand, reserved) != ((int)level["OnHand"], (int)level["Reserved"]))
            yield return $"{sku}: {level["OnHand"]} on hand and {level["Reserved"]} reserved, not {onHand} and {reserved}";
        if (reserved > onHand) yield return $"{sku}: {reserved} are sold of {onHand}";
    }
}
