using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Listing;

/// <summary>
/// <c>POST /api/orders/search</c>: staff look for orders by number, by the customer's e-mail address, by state or by when they were
/// placed, on record; it is sent as a body, for addresses of requests are logged, and an e-mail address has no place there. A page has the
/// newest first. Pages follow each other by id, which says nothing of time, so that whatever comes or changes meanwhile, what was there
/// when the first was read is on one of them and once; those of one customer go from the newest to the oldest. However many there are, a
/// page looks at a hundred orders (by e-mail address: a thousand accounts), so it can have few or none, and there is more as long as it
/// has a continuation. Two storage calls, by e-mail address two more for each account that has it, by number as FindOrder.
/// </summary>
public sealed partial class SearchOrders(OrderStore orders, OrderIndex index, AccountStore accounts, StaffRegister register, ILogger<SearchOrders> logger)
{
    private const string What = "search_orders";

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
        if (body.Number is { } number) return await ByNumberAsync(request, number, body.Filter, role, cancellation);

        await register.AddAsync(request, role, What, null, cancellation);
        var after = body.Continuation is { } continuation ? Page.PlaceFrom(continuation) : null;
        return body.Email is { } email
            ? await ByEmailAsync(email, body.Filter, role, after, cancellation)
            : await OfAllAsync(body.Filter, after, cancellation);
    }

    private async Task<IResult> ByNumberAsync(HttpRequest request, string number, OrderFilter filter, string role, CancellationToken cancellation)
    {
        var order = OrderIds.NumberFrom(number) is { } known ? await orders.FindByNumberAsync(known, cancellation) : null;
        var found = order is null ? [] : new[] { OrderSummary.Of(order) }.Where(filter.Fits).ToArray();
        if (found is []) await register.AddAsync(request, role, What, null, cancellation);
        else await OrderAccess.RecordAsync(register, request, role, What, order!, cancellation);
        return OrderList.Answer(found, null);
    }

    /// <summary>Storage is not asked for a period: it would look through all orders there are for those that fit.</summary>
    private async Task<IResult> OfAllAsync(OrderFilter filter, string? after, CancellationToken cancellation)
    {
        if (after is not null && !OrderIds.IsId(after)) return NotAContinuation;
        var (looked, next) = await orders.PageAsync(DateTimeOffset.UnixEpoch, after, Looked, cancellation);
        foreach (var (id, _) in looked.Where(it => it.Order is null)) LogUnreadable(id);
        return NewestFirst(looked.Select(it => it.Order).OfType<Order>().Select(OrderSummary.Of).Where(filter.Fits), Page.Continuation(next));
    }

    private async Task<IResult> ByEmailAsync(string email, OrderFilter filter, string role, string? after, CancellationToken cancellation)
    {
        if (AccountPlace.Read(after) is not { } place) return NotAContinuation;
        var (owners, next) = await accounts.PageByEmailAsync(email, place.Accounts, cancellation);
        if (owners is null) return NotAContinuation;
        var found = new List<OrderSummary>();
        // Accounts come by id: those before have been looked at.
        foreach (var owner in owners.Where(owner => string.CompareOrdinal(owner, place.Account) >= 0))
        {
            await register.TellAsync(owner, role, What, null, cancellation);
            var (some, rest) = await index.PageAsync(owner, filter, Looked, owner == place.Account ? place.Order : null, cancellation);
            found.AddRange(some);
            if (rest is not null) return NewestFirst(found, Page.Continuation(new AccountPlace(place.Accounts, owner, rest).ToString()));
        }

        return NewestFirst(found, Page.Continuation(next));
    }

    /// <summary>Those of the same moment by id, so that the same page is always the same.</summary>
    private static JsonResult<OrderList> NewestFirst(IEnumerable<OrderSummary> orders, string? continuation) =>
        OrderList.Answer(orders.OrderByDescending(order => order.PlacedAt).ThenBy(order => order.Id, StringComparer.Ordinal), continuation);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId}, which a search has come upon, cannot be read")]
    private partial void LogUnreadable(string orderId);

    /// <summary>Where a page by e-mail address has ended: where a call for accounts began, and which order of which of them was the last.</summary>
    /// <param name="Accounts">In storage's words; null for the beginning.</param>
    /// <param name="Account">Null when all accounts of the calls before have been looked at.</param>
    /// <param name="Order">By <see cref="OrderIndex.IsPlace"/>.</param>
    private readonly record struct AccountPlace(string? Accounts, string? Account, string? Order)
    {
        private const char Between = '\n';

        /// <returns>Null for what is no place.</returns>
        public static AccountPlace? Read(string? text) => text?.Split(Between) switch
        {
            null => default(AccountPlace),
            [var accounts] => new(accounts, null, null),
            [var accounts, { Length: > 0 } account, var order] when OrderIndex.IsPlace(order) => new(accounts.Length > 0 ? accounts : null, account, order),
            _ => null,
        };

        public override string ToString() => string.Join(Between, Accounts, Account, Order);
    }

    /// <param name="Number">As a customer reads it out; nothing else is looked through then.</param>
    /// <param name="Email">Of the customer's account; the orders of each account are read a hundred at a time.</param>
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
            validation.Require(Number is null || Continuation is null, "continuation", "A number has one order at most: there is nothing to go on with.");
            Filter.Check(validation, "placedUntil");
            return validation.Problem;
        }
    }
}
