using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>
/// <c>GET /api/privacy/holds/{accountId}</c> and <c>/api/privacy/order-holds/{orderId}</c>: the legal hold on an account or
/// an order. Staff with <c>Shop.Privacy</c>.
/// </summary>
public sealed class ReadLegalHold(LegalHoldStore holds)
{
    [Function(nameof(ReadLegalHold))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = LegalHoldView.Route)] HttpRequest request, string accountId, CancellationToken cancellation) =>
        Caller.IsKey(accountId) && await holds.FindAsync(LegalHoldEntity.Partition, accountId, cancellation) is { } hold ? LegalHoldView.Result(hold) : Problem.NotFound;

    [Function("ReadOrderHold")]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> OnOrder(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = LegalHoldView.OrderRoute)] HttpRequest request, string orderId, CancellationToken cancellation) =>
        OrderIds.IsId(orderId) && await holds.FindAsync(LegalHoldEntity.OrderPartition, orderId, cancellation) is { } hold ? LegalHoldView.Result(hold) : Problem.NotFound;
}
