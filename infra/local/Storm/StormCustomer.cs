using System.Collections.Concurrent;
using System.Net;

namespace Shop.Local.Storm;

/// <summary>A customer with a browser: does what is planned for each order, in turn.</summary>
public sealed class StormCustomer(StormShop shop, StormCalls calls, StormStaff staff, StormClock clock, StormPerson person)
{
    private const string Storefront = "http://localhost:3000";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<Deeds> _deeds = new();
    private readonly ConcurrentQueue<string> _brokenOff = new();
    private int _soldOut;

    public StormPerson Person => person;

    /// <summary>Orders that ended as soon as they were placed, because what they ask for was sold while the shop was dead.</summary>
    public int SoldOut => Volatile.Read(ref _soldOut);

    /// <summary>What was done about each order that is done with.</summary>
    public IReadOnlyCollection<Deeds> Deeds => _deeds;

    /// <summary>Orders about which something was answered as it never should be: nobody knows how they ought to stand.</summary>
    public IReadOnlyCollection<string> BrokenOff => _brokenOff;

    public Task OpenAccountAsync(CancellationToken cancellation) =>
        calls.PostAsync(new Uri(shop.Api, "api/account"), person, new { name = person.Name }, null, cancellation);

    /// <exception cref="StormFailedException">Something was answered as it never should be.</exception>
    public async Task LiveThroughAsync(PlannedOrder plan, CancellationToken cancellation)
    {
        var deeds = await PlaceAsync(plan, cancellation);
        try
        {
            deeds = await PayAsync(deeds, plan, cancellation);
            if (deeds is { Paid: true, Cancelled: false } && plan.Aftermath != Aftermath.Nothing) deeds = await FollowAsync(deeds, plan, cancellation);
        }
        catch (StormFailedException failure)
        {
            _brokenOff.Enqueue(deeds.OrderId);
            throw new StormFailedException($"order {deeds.OrderId}: {failure.Message}");
        }

        _deeds.Enqueue(deeds);
    }

    private async Task<Deeds> PlaceAsync(PlannedOrder plan, CancellationToken cancellation)
    {
        var placed = await PlaceAsync(plan, plan.Counted, $"storm-{plan.Number}", cancellation);
        var refusal = placed.Status == HttpStatusCode.Conflict ? placed.Read<string>("type") : "";
        var isSoldOut = refusal.EndsWith("order-sold-out", StringComparison.Ordinal);
        var isOut = isSoldOut || refusal.EndsWith("out-of-stock", StringComparison.Ordinal);
        if (isSoldOut) Interlocked.Increment(ref _soldOut);
        // What there is too little of is left out.
        if (isOut) placed = await PlaceAsync(plan, 0, $"storm-{plan.Number}-without", cancellation);
        placed.Must(HttpStatusCode.Created);
        return new Deeds(placed.Read<string>("id"), placed.Read<long>("gross.amount"))
        {
            Plan = plan,
            Counted = isOut ? 0 : plan.Counted,
            WasOutOfStock = isOut,
            ExpiresAt = placed.Read<DateTimeOffset>("placedAt") + StormShop.UnpaidLifetime,
        };
    }

    private Task<Answered> PlaceAsync(PlannedOrder plan, int counted, string key, CancellationToken cancellation)
    {
        var lines = new[] { new { sku = "BOOK-POWER", quantity = plan.Quantity }, new { sku = "SENS-TH-01", quantity = 1 } };
        var body = new
        {
            lines = counted == 0 ? lines : [.. lines, new { sku = StormDelivery.Sku, quantity = counted }],
            deliveryAddress = new { name = person.Name, line1 = "12 St James's Square", city = "London", postcode = "SW1Y 4JH", country = "GB" },
        };
        return calls.PostAsync(new Uri(shop.Api, "api/orders"), person, body, key, cancellation);
    }

    private async Task<Deeds> PayAsync(Deeds deeds, PlannedOrder plan, CancellationToken cancellation)
    {
        var tender = plan.Tender;
        if (await OpenPageAsync(deeds, tender, cancellation) is not { } page) return deeds;
        switch (plan.Paying)
        {
            case Paying.Abandons:
                return deeds;
            case Paying.DeclinedFirst:
                await calls.FormAsync(page, cancellation, tender.Field(PageChoice.PayInVain), Tenders.RefusalOf(plan.Number));
                (page, tender) = await ChooseAnewAsync(deeds, page, tender, cancellation);
                break;
            case Paying.TurnsBackFirst:
                await ChooseAsync(page, plan.Tender, PageChoice.TurnBack, cancellation);
                page = await OpenPageAsync(deeds, plan.Tender, cancellation) ?? page;
                break;
            case Paying.CancelsAtThePage:
                deeds = await CancelAsync(deeds, cancellation);
                break;
            case Paying.WithBoth when await OpenPageAsync(deeds, plan.Tender.Other(), cancellation) is { } second:
                deeds = deeds with { Paid = await ChooseAsync(second, plan.Tender.Other(), PageChoice.Pay, cancellation) };
                await ComeBackAsync(deeds, plan.Tender.Other(), cancellation);
                break;
        }

        var paid = await ChooseAsync(page, tender, plan.Paying == Paying.PaysLater ? PageChoice.PayLater : PageChoice.Pay, cancellation);
        // What Stripe's page took is paid. PayPal's takes a consent: the shop has to take the money while its order waits for it.
        if (paid && tender == Tender.Stripe) deeds = deeds with { PaidBy = clock.Now };
        if (plan.Paying != Paying.PaysAndGoesAway) await ComeBackAsync(deeds, tender, cancellation);
        return deeds with { Paid = deeds.Paid || paid };
    }

    private async Task<Deeds> FollowAsync(Deeds deeds, PlannedOrder plan, CancellationToken cancellation)
    {
        // Half of those who cancel do so before the shop has heard that they paid.
        if (plan.Aftermath == Aftermath.Cancels && plan.Number % 2 == 0) return await CancelAsync(deeds, cancellation);
        deeds = await AwaitPaymentAsync(deeds, cancellation);
        if (!deeds.IsSeenPaid) return deeds;
        if (plan.Aftermath == Aftermath.Cancels) return await CancelAsync(deeds, cancellation);
        deeds = await staff.DealWithAsync(deeds, plan, cancellation);
        return plan.Aftermath == Aftermath.TakenBack ? await CancelAsync(deeds, cancellation) : deeds;
    }

    /// <returns>Null when the shop says that there is nothing to pay.</returns>
    private async Task<Uri?> OpenPageAsync(Deeds deeds, Tender tender, CancellationToken cancellation)
    {
        var body = new { provider = tender.Name(), returnUrl = $"{Storefront}/thanks", cancelUrl = $"{Storefront}/basket" };
        var answer = await calls.PostAsync(new Uri(shop.Api, $"api/orders/{deeds.OrderId}/payments"), person, body, null, cancellation);
        return answer.Status == HttpStatusCode.Conflict ? null : new Uri(answer.Must(HttpStatusCode.OK).Read<string>("redirectUrl"));
    }

    /// <returns>Whether the page took it. One that is over says no, and one that was asked twice has taken it the first time.</returns>
    private async Task<bool> ChooseAsync(Uri page, Tender tender, PageChoice choice, CancellationToken cancellation)
    {
        var answer = await calls.FormAsync(page, cancellation, tender.Field(choice));
        return answer.Status is HttpStatusCode.SeeOther or HttpStatusCode.OK;
    }

    /// <summary>The storefront tells the shop that the customer is back; what it answers decides nothing here.</summary>
    private Task<Answered> ComeBackAsync(Deeds deeds, Tender tender, CancellationToken cancellation) =>
        calls.PostAsync(new Uri(shop.Api, $"api/orders/{deeds.OrderId}/payments/confirm"), person, new { provider = tender.Name() }, null, cancellation);

    /// <summary>After a refusal the shop says what helps: another card, another page or, as here, another provider.</summary>
    private async Task<(Uri Page, Tender Tender)> ChooseAnewAsync(Deeds deeds, Uri page, Tender tender, CancellationToken cancellation)
    {
        var answer = await ComeBackAsync(deeds, tender, cancellation);
        var other = answer.Status == HttpStatusCode.Conflict && answer.Read<string>("type").EndsWith("choose-another-provider", StringComparison.Ordinal) ? tender.Other() : tender;
        return await OpenPageAsync(deeds, other, cancellation) is { } next ? (next, other) : (page, tender);
    }

    private async Task<Deeds> CancelAsync(Deeds deeds, CancellationToken cancellation)
    {
        var answer = await calls.PostAsync(new Uri(shop.Api, $"api/orders/{deeds.OrderId}/cancel"), person, null, null, cancellation);
        return deeds with { Cancelled = answer.IsSuccess };
    }

    /// <summary>The customer looks at the order until it says so or has ended; not for ever, for what should be there is judged at the end.</summary>
    private async Task<Deeds> AwaitPaymentAsync(Deeds deeds, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < LongestWait)
        {
            var order = (await calls.GetAsync(new Uri(shop.Api, $"api/orders/{deeds.OrderId}"), person, cancellation)).Must(HttpStatusCode.OK);
            if (order.Read<bool>("cancelled")) return deeds;
            if (order.Read<string>("payment.status") == "paid") return deeds with { IsSeenPaid = true, PaidBy = deeds.PaidBy ?? clock.Now };
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
        }

        return deeds;
    }
}
