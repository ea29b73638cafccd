using Shop.Functions.Orders.Shipments;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Scale;

/// <summary>One order from the shelf to the doorstep as the shop's customers, staff, providers and timers go through it, with all that it costs counted.</summary>
internal sealed class OrderJourney
{
    /// <summary>By whoever orders.</summary>
    public const int ProductsLookedAt = 10;

    private static readonly int[] HoursAfter = [1, 23, 48, 96, 192, 360];

    private readonly RunningShop _shop;
    private readonly HttpClient _visitor;
    private readonly HttpClient _customer;
    private readonly HttpClient _staff;
    private readonly List<StepCost> _steps = [];
    private readonly SemaphoreSlim _ended = new(0);
    private int _executions;
    private int _looks;
    private long _bytes;

    private OrderJourney(RunningShop shop)
    {
        (_shop, _customer, _visitor, _staff) = (shop, shop.As("ada@example.com"), shop.Anonymous(), shop.As("fred@example.com", "Shop.Fulfilment"));
        shop.Host.InvocationFinished += finished =>
        {
            if (finished.Trigger != Local.Host.TriggerKind.Timer) Interlocked.Increment(ref _executions);
            if (finished.Trigger == Local.Host.TriggerKind.Http) _ended.Release();
        };
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<IReadOnlyList<StepCost>> CostsAsync(RunningShop shop)
    {
        var journey = new OrderJourney(shop);
        await journey.EndedAsync(shop.Customer());
        // What an instance reads once a minute, and what is scheduled once a day, belongs to no order.
        await journey.EndedAsync(journey._visitor.ReadAsync("api/products"));
        await journey.EndedAsync(journey._staff.ReadAsync("api/fulfilment/orders"));
        await journey.GoAsync();
        return journey._steps;
    }

    private async Task GoAsync()
    {
        await StepAsync("ten products looked at", async () =>
        {
            for (var i = 0; i < ProductsLookedAt; i++) await ReadAsync(_visitor, "api/products/UPS-LI-1500");
        });
        await StepAsync("the account read", () => ReadAsync(_customer, "api/account"));
        await StepAsync("a quote asked for", async () => await AnsweredAsync(_customer.CallAsync("POST", "api/orders/quote", System.Net.Http.Json.JsonContent.Create(Api.AnOrder))));
        var order = "";
        await StepAsync("the order placed", async () => order = await EndedAsync(_customer.OrderAsync()));
        var session = "";
        await StepAsync("the payment page opened at Stripe", async () => session = await EndedAsync(_customer.CheckoutAsync(order)));
        await _shop.Stripe.PayAsync(session, PaymentOutcome.Succeeds);
        await StepAsync("back from the page, the payment confirmed", async () => await AnsweredAsync(_customer.ConfirmAsync(order, "stripe")));
        await StepAsync("webhooks, their events, three looks at once, the invoice and the mails", _shop.SettleAsync);
        await StepAsync("the look that finds it all done", () => LookAfterAsync(TimeSpan.FromMinutes(3)));
        await StepAsync("the order read three times, its tracking twice, the history once", async () =>
        {
            for (var i = 0; i < 3; i++) await ReadAsync(_customer, $"api/orders/{order}");
            for (var i = 0; i < 2; i++) await ReadAsync(_customer, $"api/orders/{order}/tracking");
            await ReadAsync(_customer, "api/orders?limit=20");
        });
        await StepAsync("staff list it and send it", async () =>
        {
            await ReadAsync(_staff, "api/fulfilment/orders");
            await AnsweredAsync(_staff.ShipAsync(order, carrier: "ParcelCo"));
        });
        await StepAsync("the mail about the parcel", () => LookAfterAsync(TimeSpan.FromMinutes(3)));
        await StepAsync("the carrier's four events", async () =>
        {
            await _shop.Carrier.CarryAsync(ParcelReference.Of(order, 1), "delivered");
            await _shop.SettleAsync();
        });
        await StepAsync("the mail about its arrival", () => LookAfterAsync(TimeSpan.FromMinutes(3)));
        await StepAsync("whatever is looked at in the thirty days after", async () =>
        {
            foreach (var hours in HoursAfter) await LookAfterAsync(TimeSpan.FromHours(hours));
        });
    }

    /// <summary>The timer's own reading of the schedule costs the same with and without this order.</summary>
    private async Task LookAfterAsync(TimeSpan time)
    {
        _shop.Clock.Advance(time);
        await _shop.Host.InvokeAsync(ReconcileDueOrders.FunctionName, "", Stop);
        _looks += await _shop.CountAsync(StorageNames.OrderChecks);
        await _shop.SettleAsync();
    }

    private async Task StepAsync(string step, Func<Task> go)
    {
        _shop.Calls.Reset();
        // The webhooks of the step before: nobody waits for those one by one.
        while (await _ended.WaitAsync(0, Stop)) { }
        (_executions, _looks, _bytes) = (0, 0, 0);
        await go();
        var calls = _shop.Calls.Calls;
        List<string> storage = [.. calls.Where(call => !IsProviders(call) && !IsPoll(call) && !call.EndsWith("/openOrders()", StringComparison.Ordinal))];
        // A receive for each message, as if none came together.
        storage.AddRange(storage.Where(call => call.StartsWith("DELETE ", StringComparison.Ordinal) && call.Contains("/messages/", StringComparison.Ordinal)).Select(call => call.Replace("DELETE", "GET", StringComparison.Ordinal)).ToList());
        _steps.Add(new(step, _executions, storage, [.. calls.Where(IsProviders)], _looks, _bytes));
    }

    private Task ReadAsync(HttpClient client, string path) => AnsweredAsync(client.GetAsync(path, Stop));

    private async Task AnsweredAsync(Task<HttpResponseMessage> asked)
    {
        var answer = (await EndedAsync(asked)).EnsureSuccessStatusCode();
        _bytes += answer.Headers.ToString().Length + (await answer.Content.ReadAsByteArrayAsync(Stop)).Length;
    }

    /// <summary>Whoever asks may have the answer before the host knows that the function has ended, and it would count for the next step.</summary>
    private async Task<T> EndedAsync<T>(Task<T> asked)
    {
        var answer = await asked;
        (await _ended.WaitAsync(TimeSpan.FromMinutes(1), Stop)).ShouldBeTrue();
        return answer;
    }

    private static bool IsProviders(string call) => call.Contains(" /v1/", StringComparison.Ordinal) || call.Contains(" /v2/", StringComparison.Ordinal);

    private static bool IsPoll(string call) => call.StartsWith("GET ", StringComparison.Ordinal) && call.EndsWith("/messages", StringComparison.Ordinal);
}
