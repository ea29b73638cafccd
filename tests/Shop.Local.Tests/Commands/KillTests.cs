using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.Tests.Commands;

/// <summary><c>kill -9</c> of the running shop while customers order and pay, started again on the same data each time.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 4;

    // A message that a killed shop held is hidden for twenty seconds; the rest is for slow machines.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryDirectory _data = new();
    private readonly ShopPorts _ports = ShopPorts.Free();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_accepted_order_and_no_payment_is_lost_or_taken_twice()
    {
        var moments = new Random(20261122);
        var buyers = new List<Buyer>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var shop = await StartAsync();
            if (buyers.Count == 0) buyers.AddRange(await Task.WhenAll(new[] { "ada", "grace", "edith" }.Select(name => Buyer.OpenAsync(_ports, name))));
            await KillAfterAsync(shop, moments.Next(1, 40), wholeGroup: kill % 2 == 1, buyers);
        }

        await using var last = await StartAsync();
        foreach (var buyer in buyers)
        {
            await buyer.FinishAsync();
            // The order whose answer was lost, too.
            await buyer.PlaceAsync();
            await buyer.FinishAsync();
        }

        await EveryPaymentArrivesAsync(buyers, last);
        await EveryOrderIsChargedOnceAsync(buyers);
        foreach (var buyer in buyers) buyer.Dispose();
        await last.SignalAsync("TERM");
        (await last.EndAsync()).ShouldBe(0, last.Said);
    }

    public void Dispose() => _data.Dispose();

    private async Task<ShopProcess> StartAsync()
    {
        var shop = ShopProcess.Start(["--port-base", _ports.Option, "--data", _data.Path, "--settings", SampleSettings.File]);
        await shop.ReadyAsync();
        return shop;
    }

    /// <summary>The shop is killed on the given answer, while the other buyers' requests are under way.</summary>
    private static async Task KillAfterAsync(ShopProcess shop, int answers, bool wholeGroup, List<Buyer> buyers)
    {
        var left = answers;
        var now = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var buyer in buyers)
        {
            buyer.Answered = () =>
            {
                if (Interlocked.Decrement(ref left) == 0) now.TrySetResult();
            };
        }

        var buying = Task.WhenAll(buyers.Select(buyer => buyer.BuyUntilTheShopIsGoneAsync()));
        await (await Task.WhenAny(now.Task, buying));
        await shop.SignalAsync("KILL", wholeGroup);
        await shop.KilledAsync();
        await buying;
    }

    private static async Task EveryPaymentArrivesAsync(List<Buyer> buyers, ShopProcess shop)
    {
        var began = TimeProvider.System.GetTimestamp();
        foreach (var buyer in buyers)
        {
            foreach (var order in buyer.Accepted.Keys)
            {
                while (await StatusAsync(buyer, order) is var status && status != "paid")
                {
                    buyer.Paid.ShouldContain(order);
                    TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(LongestWait, $"{order} is {status}.\n{shop.Said}");
                    await Task.Delay(BetweenLooks, TimeProvider.System, Stop);
                }
            }
        }
    }

    private static async Task<string> StatusAsync(Buyer buyer, string order) => (await buyer.ReadAsync(order))["payment"]!["status"]!.GetValue<string>();

    private async Task EveryOrderIsChargedOnceAsync(List<Buyer> buyers)
    {
        using var sandbox = new HttpClient { BaseAddress = _ports.Stripe };
        var payments = (await sandbox.GetFromJsonAsync<JsonArray>("sandbox/payments", Stop))!;
        var charged = payments.Where(payment => payment!["charged"]!.GetValue<long>() > 0).ToDictionary(
            payment => payment!["metadata"]!["order_id"]!.GetValue<string>(),
            payment => payment!["charged"]!.GetValue<long>() - payment["refunded"]!.GetValue<long>() - payment["refundsPending"]!.GetValue<long>());

        charged.ShouldBe(buyers.SelectMany(buyer => buyer.Accepted).ToDictionary(), ignoreOrder: true);
    }
}
