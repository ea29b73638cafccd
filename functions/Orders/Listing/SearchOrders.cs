using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Listing;

/// <summary>
/// <c>POST /api/orders/search</c>: staff look for orders by number, by the customer's e-mail address, by state or by when they were
/// placed, on record; it is sent as a body, for addresses of requests are logged, and an e-mail address has no place there. In no
/// particular order, but for the orders of one customer, the newest first. However many there are, a page looks at a hundred orders (by
/// e-mail address: a thousand accounts), so it can have few or none, and there is more as long as it has a continuation. Two
/// storage calls, by e-mail address two more for each account that has it, by number as FindOrder.
/// </summary>
public sealed class SearchOrders(OrderStore orders, OrderIndex index, AccountStore accounts, StaffRegister register)
{
    /// <summary>Of all orders or of a customer's: what one call to storage brings.</summary>
    private const int Looked = 100;

    private static readonly Problem NotAContinuation = Problem.Invalid(new Dictionary<string, string[]> { ["continuation"] = ["Not a continuation of this list."] });

    [Function(nameof(SearchOrders))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/search")] HttpRequest request, CancellationToken cancellation)
    {
        if (!OrderAccess.Readers.Any(request.HttpContext.User.IsInRole)) return Problem.NotFound;
        var (body, invalid) = await Body.ReadJsonAsync(request, OrderListWeb.Json.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;

        var role = OrderAccess.RoleOf(request, OrderAccess.Readers);
        await register.AddAsync(request, role, "search_orders", null, cancellation);
        var after = body.Continuation is { } continuation ? Page.PlaceFrom(continuation) : null;
        if (body.Number is { } number)
        {
            var found = OrderIds.NumberFrom(number) is { } known ? await orders.FindByNumberAsync(known, cancellation) : null;
            return OrderList.Answer(found is null ? [] : new[] { OrderSummary.Of(found) }.Where(body.Filter.Fits), null);
        }

        return body.Email is { } email
            ? await ByEmailAsync(email, body.Filter, role, after, cancellation)
            : await OfAllAsync(body.Filter, after, cancellation);
    }

    private async Task<IResult> OfAllAsync(OrderFilter filter, string? after, CancellationToken cancellation)
    {
        if (after is not null && !OrderIds.IsId(after)) return NotAContinuation;
        var (looked, next) = await orders.PageAsync(filter.From ?? DateTimeOffset.UnixEpoch, after, Looked, cancellation);
        return OrderList.Answer(looked.Select(it => it.Order).OfType<Order>().Select(OrderSummary.Of).Where(filter.Fits), Page.Continuation(next));
    }

    private async Task<IResult> ByEmailAsync(string email, OrderFilter filter, string role, string? after, CancellationToken cancellation)
    {
        var (owners, next) = await accounts.PageByEmailAsync(email, after, cancellation);
        if (owners is null) return NotAContinuation;
        var found = new List<OrderSummary>();
        foreach (var owner in owners)
        {
            await register.TellAsync(owner, role, "search_orders", null, cancellation);
            found.AddRange((await index.PageAsync(owner, filter, Looked, null, cancellation)).Orders);
        }

        return OrderList.Answer(found, Page.Continuation(next));
    }

    /// <param name="Number">As a customer reads it out; nothing else is looked through then.</param>
    /// <param name="Email">Of the customer's account; of each account the latest hundred orders.</param>
    /// <param name="PlacedFrom">At this time or later.</param>
    /// <param name="PlacedUntil">Before this time.</param>
    public sealed record Request(
        string? Number = null,
        string? Email = null,
        PaymentStatus? Payment = null,
        FulfilmentStatus? Fulfilment = null,
        DateTimeOffset? PlacedFrom = null,
        DateTimeOffset? PlacedUntil = null,
        string? Continuation = null)
    {
        internal OrderFilter Filter => new(Payment, Fulfilment, PlacedFrom, PlacedUntil);

        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Require(Number is null || Email is null, "email", "Either a number or an e-mail address.");
            validation.Require(Number is null || OrderIds.NumberFrom(Number) is not null, "number", "Twelve letters and digits, with or without dashes.");
            validation.Require(Email is null || EmailAddress.Is(Email), "email", "An e-mail address is needed here.");
            validation.Require(Continuation is null || Page.PlaceFrom(Continuation) is not null, "continuation", "Not a continuation of this list.");
            Filter.Check(validation, "placedUntil");
            return validation.Problem;
        }
    }
}
