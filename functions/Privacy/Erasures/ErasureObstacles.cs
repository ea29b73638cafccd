using Microsoft.Extensions.Logging;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Http;
using Shop.Functions.Privacy.LegalHolds;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>Reads what may stand in the way of an erasure: the orders of the account, and legal holds on it or on one of them.</summary>
public sealed partial class ErasureObstacles(ErasureStore erasures, LegalHoldStore holds, OrderStore orders, ILogger<ErasureObstacles> logger)
{
    private const string Held = "It is under a legal hold: a court or an authority may ask for what is in it. Ask the company.";

    /// <returns>The problem that names all of them; null when nothing does. One storage call for each order, and two more.</returns>
    public async Task<Problem?> FindAsync(string accountId, CancellationToken cancellation)
    {
        var reasons = new Dictionary<string, string[]>();
        var held = await holds.AllAsync(cancellation);
        if (held.Accounts.Contains(accountId)) reasons["account"] = [Held];
        foreach (var place in (await erasures.KeysAsync(accountId, cancellation)).Where(OrderIndex.IsPlace))
        {
            var id = OrderIndex.OrderIdOf(place);
            if ((held.Orders.Contains(id) ? Held : await BlockOfAsync(id, cancellation)) is { } reason) reasons[$"orders.{OrderIds.NumberOf(id)}"] = [reason];
        }

        return reasons.Count == 0 ? null : new Problem(409, "erasure-blocked", "Something stands in the way of the erasure; nothing has been erased.") { Errors = reasons };
    }

    /// <summary>What nobody can read nobody can say to be over.</summary>
    private async Task<string?> BlockOfAsync(string orderId, CancellationToken cancellation)
    {
        try
        {
            return await orders.FindAsync(orderId, cancellation) is { } order ? ErasureDecision.BlockOf(order) : null;
        }
        catch (UnreadableOrderException)
        {
            LogUnreadable(orderId);
            return "It cannot be read: our staff must look at it first.";
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId} cannot be read, and keeps an account from being erased")]
    private partial void LogUnreadable(string orderId);
}
