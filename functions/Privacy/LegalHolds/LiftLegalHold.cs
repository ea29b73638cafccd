using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>
/// <c>DELETE /api/privacy/holds/{accountId}</c> and <c>/api/privacy/order-holds/{orderId}</c>: lifts the legal hold on an
/// account or an order. Staff with <c>Shop.Privacy</c>.
/// </summary>
public sealed partial class LiftLegalHold(LegalHoldStore holds, AccountStore accounts, ILogger<LiftLegalHold> logger)
{
    [Function(nameof(LiftLegalHold))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = LegalHoldView.Route)] HttpRequest request, string accountId, CancellationToken cancellation)
    {
        if (!Caller.IsKey(accountId)) return Problem.NotFound;
        // Before the hold itself goes: whoever is cut off in between lifts it again, and finds it.
        await accounts.MarkHeldAsync(accountId, isHeld: false, cancellation);
        if (!await holds.LiftAsync(LegalHoldEntity.Partition, accountId, cancellation)) return Problem.NotFound;
        LogLifted(accountId, Caller.Of(request).AccountId);
        return Results.NoContent();
    }

    [Function("LiftOrderHold")]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> OnOrder(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = LegalHoldView.OrderRoute)] HttpRequest request, string orderId, CancellationToken cancellation)
    {
        if (!OrderIds.IsId(orderId) || !await holds.LiftAsync(LegalHoldEntity.OrderPartition, orderId, cancellation)) return Problem.NotFound;
        LogOrderLifted(orderId, Caller.Of(request).AccountId);
        return Results.NoContent();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The legal hold of account {AccountId} is lifted by {Staff}")]
    private partial void LogLifted(string accountId, string staff);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The legal hold of order {OrderId} is lifted by {Staff}")]
    private partial void LogOrderLifted(string orderId, string staff);
}
