using Microsoft.Extensions.Logging;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Http;
using Shop.Functions.Privacy.LegalHolds;
using Shop.Functions.Privacy.Purges;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>Reads what may stand in the way of an erasure: the orders of the account, and legal holds on it or on one of them.</summary>
public sealed partial class ErasureObstacles(ErasureStore erasures, LegalHoldStore holds, OrderStore orders, DamagedOrders damagedOrders, ILogger<ErasureObstacles> logger)
{
    private const string Held = "It is under a legal hold: a court or an authority may ask for what is in it. Ask the company.";

    /// <returns>The problem that names all of them; null when nothing does. One storage call for each order, another for one that cannot be read, and two more.</returns>
    public async Task<Problem?> FindAsync(string accountId, CancellationToken cancellation)
    {
        var reasons = new Dictionary<string, string[]>();
        var held = await holds.AllAsync(cancellation);
        if (held.Accounts.Contains(accountId)) reasons["account"] = [Held];
        foreach (var place in (await erasures.KeysAsync(accountId, cancellation)).Where(OrderIndex.IsPlace))
        {
            var id = OrderIndex.OrderIdOf(place);
            var (number, block) = await StateOfAsync(id, cancellation);
            if ((held.Orders.Contains(id) ? Held : block) is { } reason) reasons[$"orders.{number}"] = [reason];
        }

        return reasons.Count == 0 ? null : new Problem(409, "erasure-blocked", "Something stands in the way of the erasure; nothing has been erased.") { Errors = reasons };
    }

    /// <summary>What nobody can read nobody can say to be over. The number is the stored one: of old orders it does not begin the id.</summary>
    private async Task<(string Number, string? Block)> StateOfAsync(string orderId, CancellationToken cancellation)
    {
        try
        {
            return await orders.FindAsync(orderId, cancellation) is { } order ? (order.Number, ErasureDecision.BlockOf(order)) : (OrderIds.NumberOf(orderId), null);
        }
        catch (UnreadableOrderException)
        {
            LogUnreadable(orderId);
            var number = (await damagedOrders.FindAsync(orderId, cancellation))?[nameof(OrderEntity.Number)] as string;
            return (number ?? OrderIds.NumberOf(orderId), "It cannot be read: our staff must look at it first.");
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId} cannot be read, and keeps an account from being erased")]
    private partial void LogUnreadable(string orderId);
}
