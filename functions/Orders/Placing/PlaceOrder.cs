using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Accounts;
using Shop.Functions.Catalogue;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.RateLimiting;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Placing;

/// <summary>
/// <c>POST /api/orders</c>: places an order. The header <c>Idempotency-Key</c> makes a retry safe: the order's id is
/// derived from it, so the retry meets its own order and gets the same answer; another body under the same key is 422.
/// Prices come from the catalogue, VAT and delivery follow where it goes, and all of it is frozen here.
/// </summary>
public sealed class PlaceOrder(
    AccountStore accounts,
    CatalogueStore catalogue,
    OrderStore orders,
    OrderStock stock,
    UnpaidReservations unpaid,
    OrderIndex index,
    ReconciliationSchedule schedule,
    RetentionSchedule retention,
    RateLimits limits,
    IEnumerable<IPaymentLimits> payments,
    IOptions<OrderOptions> options,
    IOptions<VatOptions> vat,
    IOptions<DeliveryOptions> delivery,
    IOptions<RetentionPeriods> periods,
    TimeProvider clock)
{
    private static readonly Problem TooLong = new(422, "too-long", "These lines take more room than one order has. Place them as two orders.");
    private static readonly Problem NotPayable = new(
        422, "not-payable", "No payment provider takes this total: it is too much, too little, or an amount that its currency does not have there. Change what is in the order.");
    private static readonly Problem SoldOut = new(
        409, "order-sold-out", "The order that was placed under this key has ended: what it asks for was sold before it could be kept. Order again under a new key.");
    private static readonly Problem TooManyUnpaid = new(
        409, "too-many-unpaid", "You have as many orders of such items as can be kept for you unpaid. Pay one of them, or cancel one, and order then.");
    private static readonly Problem OthersUnderWay = Problem.Unavailable with { RetryAfter = TimeSpan.FromMinutes(1) };
    private static readonly Problem NoAccount = new(409, "no-account", "Open an account first: POST /api/account.");

    /// <summary>What is counted in stock is kept for orders that wait for money, so nobody places them without end.</summary>
    internal static RateRule Rate(OrderOptions options) => new("place-order", options.PlacedAnHour, TimeSpan.FromHours(1)) { Unstored = options.PlacedAnHour / 10 };

    [Function(nameof(PlaceOrder))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders")] HttpRequest request, CancellationToken cancellation)
    {
        if (IdempotencyKey.Of(request) is not { } key) return IdempotencyKey.RefusalOf(request);
        var (body, invalid) = await Body.ReadJsonAsync(request, PlaceOrderWeb.Json.Type<PlaceOrderRequest>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;

        var caller = Caller.Of(request);
        var accountId = caller.AccountId;
        var orderId = OrderIds.IdOf(accountId, key);
        if (await orders.FindAsync(orderId, cancellation) is { } earlier) return await Replay(earlier, body, cancellation);
        if (await accounts.FindOwnAsync(caller, cancellation) is null) return NoAccount;

        var now = clock.GetUtcNow();
        var prices = new PriceList(await catalogue.ReadAsync(cancellation), vat.Value, delivery.Value);
        var (order, refused) = body.Price(prices, accountId, orderId, now, now + options.Value.UnpaidLifetime);
        if (order is null) return refused!;

        if (Refusal(order, payments) is { } refusal) return refusal;
        if (await limits.RefuseAsync(Rate(options.Value), accountId, cancellation) is { } often) return often;

        // Whatever makes the order findable later is written before it: a crash leaves at worst a look at nothing.
        // Its customer is told of it after 3 minutes: by then storing it has succeeded or failed.
        var (items, firstLook) = (OrderStock.ItemsOf(order), now + (options.Value.FirstLookAfter / 5));
        var room = items.Length > 0 ? await unpaid.TryTakeAsync(accountId, orderId, cancellation) : default;
        if (items.Length > 0 && room.Taken is null) return room.MayBeRoomSoon ? OthersUnderWay : TooManyUnpaid;
        await schedule.FileAsync(orderId, firstLook, items, cancellation, isHindered: false);
        await retention.ScheduleAsync(periods.Value.DayOf(now).AddDays(periods.Value.UnpaidOrderDays), "unpaid-order", orderId, cancellation);
        var missing = await stock.ReserveAsync(order, cancellation);
        // The look gives back what is kept for an order that is not there: it is not placed after that.
        var placed = missing.Count > 0 || clock.GetUtcNow() >= firstLook ? null : await orders.AddAsync(order, cancellation);
        if (placed is null)
        {
            var faster = await orders.FindAsync(orderId, cancellation);
            await stock.ReleaseAsync(orderId, faster, items, cancellation);
            if (faster is not null) return await Replay(faster, body, cancellation);
            if (room.Taken is { } taken) await unpaid.GiveBackAsync(accountId, taken, cancellation);
            return missing.Count > 0 ? body.OutOfStock(missing) : Problem.Unavailable;
        }

        if (await ConfirmAsync(placed, body, cancellation) is { } gone) return gone;
        if (!await index.AddAsync(placed, cancellation)) return await Withdraw(placed, cancellation);
        return OrderView.Answer(placed, OrderSight.Customer, StatusCodes.Status201Created);
    }

    /// <returns>Why an order with such lines and such a total cannot be; null when it can.</returns>
    public static Problem? Refusal(Order order, IEnumerable<IPaymentLimits> payments)
    {
        if (!OrderEntity.Fits(order)) return TooLong;
        return payments.Any(provider => provider.CanPay(order)) ? null : NotPayable;
    }

    /// <summary>Another request under the same key, or a look that found no order yet, may have given back what was kept for this one.</summary>
    /// <returns>Why the order was closed again; null when it has what it asks for.</returns>
    private async Task<Problem?> ConfirmAsync(Order order, PlaceOrderRequest body, CancellationToken cancellation)
    {
        var (missing, isRenewed) = await stock.ConfirmAsync(order, cancellation);
        if (missing.Count > 0) await orders.ChangeAsync(order.Id, current => current.EndAsSoldOut(clock.GetUtcNow()), cancellation);
        // Somebody may have ended the order before it had anything to give back.
        else if (isRenewed) await stock.FollowAsync(order.Id, await orders.FindAsync(order.Id, cancellation), OrderStock.ItemsOf(order), cancellation);
        return missing.Count > 0 ? body.OutOfStock(missing) : null;
    }

    /// <summary>The account was erased meanwhile. Should this process end first, the look that was filed before the order does it.</summary>
    private async Task<IResult> Withdraw(Order order, CancellationToken cancellation)
    {
        await orders.ChangeAsync(order.Id, current => Restriction.WithoutAccount(current, clock.GetUtcNow()), cancellation);
        return NoAccount;
    }

    /// <summary>The same request again: the same answer. Its first run may have ended before the history was written.</summary>
    private async Task<IResult> Replay(Order order, PlaceOrderRequest body, CancellationToken cancellation)
    {
        if (order.RequestHash != body.Hash()) return IdempotencyKey.Reused;
        if (order.IsSoldOut) return SoldOut with { Detail = order.Number };
        // Its first run may also have ended before what is kept for it was confirmed.
        if (order.Version == 0 && await ConfirmAsync(order, body, cancellation) is { } gone) return gone;
        if (!await index.WriteAsync(order, cancellation)) return await Withdraw(order, cancellation);
        return OrderView.Answer(order, OrderSight.Customer, StatusCodes.Status201Created, replayed: true);
    }
}
