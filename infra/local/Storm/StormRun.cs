using Shop.Local.Commands;

namespace Shop.Local.Storm;

/// <summary>
/// A shop in a process of its own, customers who order and pay, sandboxes that misbehave, and <c>kill -9</c> in between. When all
/// has come to rest, every order is held against the sandboxes' own books.
/// </summary>
public sealed class StormRun(StormOptions options, Action<string> print)
{
    private static readonly TimeSpan LongestSettling = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly StormPlan _plan = StormPlan.Of(options.Orders, options.Kills, new Random(options.Seed));
    private readonly SemaphoreSlim _starting = new(1);

    /// <summary>Of the item that is counted: fewer than customers ask for.</summary>
    private int Stock => options.Orders * 3 / 4;

    private int _begun;
    private int _answers;
    private int _kills;
    private int _killAfterAnswers = int.MaxValue;

    /// <returns>What is wrong at the end, one line for each; none when all is right.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var shop = new StormShop(options.FirstPort, options.Folder);
        using var calls = new StormCalls();
        print($"Storm with seed {options.Seed}: {options.Orders} orders, {options.Kills} kills. The shop's own words: {shop.LogFile}");
        await shop.StartAsync(options.SettingsFile, cancellation);

        var (customers, staff, delivery) = await OpenAsync(shop, calls, cancellation);
        var weather = new StormWeather(shop, calls, new Random(options.Seed + 1));
        calls.Answering = () => Interlocked.Increment(ref _answers);
        using var calm = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await weather.LoseAfterPaymentAsync(cancellation);
        var killing = KillAsync(shop, weather, calm.Token);
        await Task.WhenAll(customers.Select((customer, number) => LiveAsync(customer, number, weather, cancellation)));
        await calm.CancelAsync();
        await killing;
        await weather.ClearAsync(cancellation);
        print($"{options.Orders} orders after {Elapsed(began)}, {_kills} kills; waiting for all to settle …");
        var wrong = await SettleAsync(new StormJudge(new StormBooks(shop, calls), delivery, customers, Stock), cancellation);
        await SummariseAsync(new StormBooks(shop, calls), customers, weather, cancellation);
        print($"{await staff.FoundAsync(cancellation)} events were found in the providers' lists that no webhook had brought.");
        print($"Settled {Elapsed(began)} after the start.");
        return wrong;
    }

    private async Task SummariseAsync(StormBooks books, List<StormCustomer> customers, StormWeather weather, CancellationToken cancellation)
    {
        var deeds = customers.SelectMany(customer => customer.Deeds).ToList();
        var payments = (await books.ReadAsync(cancellation)).SelectMany(payment => payment).Where(payment => payment.Charged > 0).ToList();
        void Line(string what, int times) => print($"  {what,-40} {times,4}");
        foreach (var tender in Tenders.All) Line($"charged by {tender.Name()}", payments.Count(payment => payment.Tender == tender));
        Line("cancelled by the customer", deeds.Count(deed => deed.Cancelled));
        Line("refunded by staff", deeds.Count(deed => deed.RefundsAccepted > 0));
        Line("refunded at the provider", deeds.Count(deed => deed.RefundedAtTheProvider > 0));
        Line("taken back by a bank or the provider", deeds.Count(deed => deed.Withdrawn > 0));
        Line("left to a person", deeds.Count(deed => deed.NeedsPerson));
        Line("sent, and arrived", deeds.Count(deed => deed.Fulfilment == "delivered"));
        Line("sent in part", deeds.Count(deed => deed.Fulfilment == "part_shipped"));
        Line("come back, and put on the shelf again", deeds.Count(deed => deed.Restocked > 0));
        Line("ordered without what was out of stock", deeds.Count(deed => deed.WasOutOfStock));
        Line("sent back because it was paid twice", payments.GroupBy(payment => payment.OrderId).Count(order => order.Count() > 1));
        foreach (var (kind, times) in weather.Sent) Line(kind, times);
    }

    private async Task<(List<StormCustomer> Customers, StormStaff Staff, StormDelivery Delivery)> OpenAsync(StormShop shop, StormCalls calls, CancellationToken cancellation)
    {
        using var signIn = new HttpClient { BaseAddress = shop.SignIn };
        var fulfilment = await TokenCommand.FetchAsync(signIn, "warehouse@example.com", "Warehouse", ["Shop.Fulfilment"], cancellation);
        var finance = await TokenCommand.FetchAsync(signIn, "finance@example.com", "Finance", ["Shop.Finance"], cancellation);
        var operations = await TokenCommand.FetchAsync(signIn, "operations@example.com", "Operations", ["Shop.Operator"], cancellation);
        var delivery = new StormDelivery(shop, calls, fulfilment, operations);
        await delivery.StockAsync(Stock, cancellation);
        var staff = new StormStaff(shop, calls, new StormProvider(shop, calls, new StormBooks(shop, calls)), delivery, finance, operations);
        var customers = new List<StormCustomer>();
        for (var number = 0; number < StormPlan.Customers; number++)
        {
            var name = $"customer{number}";
            var token = await TokenCommand.FetchAsync(signIn, $"{name}@example.com", name, [], cancellation);
            var customer = new StormCustomer(shop, calls, staff, name, token);
            await customer.OpenAccountAsync(cancellation);
            customers.Add(customer);
        }

        return (customers, staff, delivery);
    }

    private async Task LiveAsync(StormCustomer customer, int number, StormWeather weather, CancellationToken cancellation)
    {
        foreach (var order in _plan.Orders.Where(order => order.Customer == number))
        {
            // One at a time, so that the same seed asks for the same faults in the same order.
            await _starting.WaitAsync(cancellation);
            try
            {
                await weather.ChangeAsync(cancellation);
                Begin();
            }
            finally
            {
                _starting.Release();
            }

            await customer.LiveThroughAsync(order, cancellation);
        }
    }

    private void Begin()
    {
        _begun++;
        foreach (var kill in _plan.Kills.Where(kill => kill.AfterOrders == _begun)) Volatile.Write(ref _killAfterAnswers, Volatile.Read(ref _answers) + kill.AndAnswers);
    }

    private async Task KillAsync(StormShop shop, StormWeather weather, CancellationToken calm)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, calm);
                if (Volatile.Read(ref _answers) < Volatile.Read(ref _killAfterAnswers)) continue;
                Volatile.Write(ref _killAfterAnswers, int.MaxValue);
                await shop.KillAsync(CancellationToken.None);
                _kills++;
                print($"  killed after {_begun} orders and {_answers} answers");
                await shop.StartAsync(options.SettingsFile, CancellationToken.None);
                await weather.LoseAfterPaymentAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (calm.IsCancellationRequested)
        {
            // All customers are done.
        }
    }

    private static async Task<IReadOnlyList<string>> SettleAsync(StormJudge judge, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var wrong = await judge.JudgeAsync(cancellation);
            if (wrong.Count == 0 || TimeProvider.System.GetElapsedTime(began) > LongestSettling) return wrong;
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
        }
    }

    private static string Elapsed(long began) => $"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s";
}
