using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Privacy.Purges;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>
/// <c>PUT /api/privacy/order-holds/{orderId}</c>: while it stands, nothing of this order is purged or erased; also of one
/// whose account is gone. It takes no note, which on such an order would outlive the person. Staff with <c>Shop.Privacy</c>.
/// </summary>
public sealed partial class PlaceOrderHold(
    LegalHoldStore holds, AccountStore accounts, OrderStore orders, DamagedOrders damagedOrders, StaffRegister register, ILogger<PlaceOrderHold> logger, TimeProvider clock)
{
    [Function(nameof(PlaceOrderHold))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = LegalHoldView.OrderRoute)] HttpRequest request, string orderId, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, LegalHoldJson.Web.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (!OrderIds.IsId(orderId) || await AccountOfAsync(orderId, cancellation) is null) return Problem.NotFound;

        var hold = new LegalHoldEntity
        {
            PartitionKey = LegalHoldEntity.OrderPartition,
            RowKey = orderId,
            Reason = body.Reason,
            PlacedAt = clock.GetUtcNow(),
            PlacedBy = Caller.Of(request).AccountId,
        };
        await holds.PutAsync(hold, cancellation);
        if (await MissingAsync(orderId, cancellation) is { } missing)
        {
            await holds.LiftAsync(LegalHoldEntity.OrderPartition, orderId, cancellation);
            return missing;
        }

        await register.ExplainAsync(request, body.Reason, cancellation);
        LogPlaced(orderId, hold.PlacedBy);
        return LegalHoldView.Result(hold);
    }

    /// <summary>What a purge or an erasure has read before the hold is out of date from here on.</summary>
    /// <returns>Null when the hold protects; else what to answer.</returns>
    private async Task<Problem?> MissingAsync(string orderId, CancellationToken cancellation)
    {
        if (!await orders.RenewTagAsync(orderId, cancellation) || await AccountOfAsync(orderId, cancellation) is not { } accountId) return Problem.NotFound;
        // Its account is just going, and takes with it what this hold was to keep: of what is left, it can be held afterwards.
        return accountId.Length == 0 || await accounts.RenewTagAsync(accountId, cancellation) ? null : Problem.Unavailable;
    }

    /// <returns>The account's id, empty for an order that leads to nobody; null when there is no such order. What is damaged can be held as well.</returns>
    private async Task<string?> AccountOfAsync(string orderId, CancellationToken cancellation)
    {
        try
        {
            return await orders.FindAsync(orderId, cancellation) is { } order ? order.AccountId : null;
        }
        catch (UnreadableOrderException)
        {
            return await damagedOrders.FindAsync(orderId, cancellation) is { } row ? row[nameof(OrderEntity.AccountId)] as string ?? "" : null;
        }
    }

    /// <param name="Reason">One of <see cref="PlaceLegalHold.Reasons"/>.</param>
    public sealed record Request(string Reason)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Reason(Reason, null, PlaceLegalHold.Reasons);
            return validation.Problem;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {OrderId} is put under legal hold by {Staff}")]
    private partial void LogPlaced(string orderId, string staff);
}
