using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Http;
using Shop.Functions.Privacy.LegalHolds;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>Reads what may stand in the way of an erasure: the orders of the account, and a legal hold.</summary>
public sealed class ErasureObstacles(ErasureStore erasures, LegalHoldStore holds, OrderStore orders)
{
    /// <returns>The problem that names all of them; null when nothing does. One storage call for each order, and two more.</returns>
    public async Task<Problem?> FindAsync(string accountId, CancellationToken cancellation)
    {
        var reasons = new Dictionary<string, string[]>();
        if (await holds.FindAsync(accountId, cancellation) is not null)
            reasons["account"] = ["It is under a legal hold: a court or an authority may ask for what is in it. Ask the company."];
        foreach (var place in (await erasures.KeysAsync(accountId, cancellation)).Where(OrderIndex.IsPlace))
        {
            if (await orders.FindAsync(OrderIndex.OrderIdOf(place), cancellation) is { } order && ErasureDecision.BlockOf(order) is { } reason)
                reasons[$"orders.{order.Number}"] = [reason];
        }

        return reasons.Count == 0 ? null : new Problem(409, "erasure-blocked", "Something stands in the way of the erasure; nothing has been erased.") { Errors = reasons };
    }
}
