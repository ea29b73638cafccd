using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Catalogue.Stock;

/// <summary>
/// <c>POST /api/stock/{sku}/adjustments</c>: staff say that so many came, went missing or were counted. Who works in the
/// warehouse sees the goods, so who sends parcels says it. The header <c>Idempotency-Key</c> makes a retry safe.
/// </summary>
public sealed class AdjustStock(CatalogueStore catalogue, StockStore stock, StaffRegister register, TimeProvider clock)
{
    private static readonly Problem Impossible = new(409, "stock-impossible", "Fewer than none, or more than can be counted, would be on hand.");

    [Function(nameof(AdjustStock))]
    [RequireRole(StaffRoles.Fulfilment)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "stock/{sku}/adjustments")] HttpRequest request, string sku, CancellationToken cancellation)
    {
        if (IdempotencyKey.Of(request) is not { } key) return IdempotencyKey.RefusalOf(request);
        var (body, invalid) = await Body.ReadJsonAsync(request, StockJson.Web.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (!Product.IsSku(sku) || await catalogue.FindAsync(sku, cancellation) is null) return Problem.NotFound;

        var adjusted = await stock.AdjustAsync(sku, key, body.Change, body.Reason, clock.GetUtcNow(), cancellation);
        if (adjusted.Outcome == StockAdjustmentOutcome.KeyReused) return IdempotencyKey.Reused;
        if (adjusted.Outcome == StockAdjustmentOutcome.Impossible) return Impossible;
        await register.ExplainAsync(request, body.Reason, cancellation);
        return new JsonResult<ListStock.Item>(ListStock.Item.Of(sku, adjusted.Level), StockJson.Web.Type<ListStock.Item>(), StatusCodes.Status201Created)
        {
            Replayed = adjusted.Outcome == StockAdjustmentOutcome.Replayed,
        };
    }

    /// <param name="Change">How many more, or fewer.</param>
    /// <param name="Reason">One of <see cref="StockReasons"/>.</param>
    public sealed record Request(int Change, string Reason)
    {
        private const int Most = 1_000_000;

        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Require(Change is >= -Most and <= Most and not 0, "change", $"How many more or fewer, at most {Most}; not none.");
            validation.Require(StockReasons.Codes.Contains(Reason), "reason", $"One of: {string.Join(", ", StockReasons.Codes)}.");
            return validation.Problem;
        }
    }
}
