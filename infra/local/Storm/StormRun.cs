using System.Collections.Immutable;
using Shop.Local.Storage;

namespace Shop.Local.Storm;

/// <summary>
/// A shop in a process of its own, customers who order and pay, sandboxes that misbehave, and great faults in between. When all
/// has come to rest, every order is held against the sandboxes' own books.
/// </summary>
public sealed class StormRun(StormOptions options, StormConsole console)
{
    private static readonly TimeSpan LongestSettling = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(10);

    /// <summary>While the storm goes on: looking must not be most of what the shop has to do.</summary>
    private const int MostInALook = 60;

    private readonly StormPlan _plan = new(options.Seed);
    private readonly ImmutableArray<PlannedFault> _faults = PlannedFault.Plan(options.Kills, options.Faults, new Random(options.Seed + 2));
    private readonly SemaphoreSlim _starting = new(1);
    private readonly StormTally _tally = new();
    private readonly StormTimings _timings = new();
    private long _began;

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_began);

    /// <returns>What is wrong at the end, one line for each; none when all is right.</returns>
    /// <exception cref="LocalSetupException">The shop or its storage does not start.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellation)
    {
        _began = TimeProvider.System.GetTimestamp();
        console.Print($"{options.Line}. The shop's own words: {Path.Combine(options.Folder, StormShop.Log)}");
        var clock = new StormClock(Path.Combine(options.Folder, "data", "clock"));
        clock.Begin();
        using var calls = new StormCalls(_timings);
        await using var storage = new StormStorage(StorageOptions(clock));
        await storage.StartAsync(cancellation);
        await using var shop = new StormShop(options.FirstPort, options.Folder, options.SettingsFile, storage.ConnectionString);
        await shop.StartAsync(cancellation);

        var cast = await StormCast.OpenAsync(shop, calls, clock, cancellation);
        var weather = new StormWeather(shop, calls, new Random(options.Seed + 1));
        var judge = new StormJudge(cast.Books, cast.Delivery, cast.Customers, clock);
        await weather.LoseAfterPaymentAsync(cancellation);
        var faults = new StormFaults(shop, storage, calls, _timings, weather, clock, _tally, console);
        await BlowAsync(cast, weather, faults, judge, clock, cancellation);
        await weather.ClearAsync(cancellation);
        console.Print($"{_tally.Begun} orders after {Elapsed.TotalSeconds:0} s; waiting for all to settle …");
        var wrong = await SettleAsync(judge, cast.Operator, cancellation);
        return await ReportAsync(cast, weather, clock, wrong, cancellation);
    }

    private AzuriteOptions StorageOptions(StormClock clock) => new()
    {
        DataDirectory = Path.Combine(options.Folder, "data", "storage"),
        BlobPort = options.FirstPort + 10,
        QueuePort = options.FirstPort + 11,
        TablePort = options.FirstPort + 12,
        ClockFile = clock.File,
        Progress = console.Print,
    };

    /// <summary>Until customers and faults are through. Where a fault cannot be undone, nobody waits for the rest.</summary>
    private async Task BlowAsync(StormCast cast, StormWeather weather, StormFaults faults, StormJudge judge, StormClock clock, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var calm = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        var watching = WatchAsync(judge, weather, clock, calm.Token);
        var faulting = faults.RunAsync(_faults, () => options.PartOver(_tally.Begun, Elapsed), calm.Token, over.Token);
        var living = Task.WhenAll(cast.Customers.Select((customer, number) => LiveAsync(customer, number, weather, cast.Delivery, over.Token)));
        await Task.WhenAny(living, faulting);
        if (faulting.IsFaulted) await over.CancelAsync();
        await living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await calm.CancelAsync();
        await watching;
        await faulting;
        await living;
    }

    private async Task LiveAsync(StormCustomer customer, int first, StormWeather weather, StormDelivery delivery, CancellationToken cancellation)
    {
        for (var number = first; !cancellation.IsCancellationRequested && (options.Orders is { } orders ? number < orders : options.PartOver(_tally.Begun, Elapsed) < 1); number += StormPlan.Customers)
        {
            try
            {
                var order = _plan.Order(number);
                await BeginAsync(order, weather, delivery, cancellation);
                await customer.LiveThroughAsync(order, cancellation);
                _tally.End();
            }
            catch (StormFailedException failure)
            {
                Violate(failure);
            }
        }
    }

    /// <summary>One at a time, so that the same seed asks for the same faults in the same order.</summary>
    private async Task BeginAsync(PlannedOrder order, StormWeather weather, StormDelivery delivery, CancellationToken cancellation)
    {
        await _starting.WaitAsync(cancellation);
        try
        {
            await weather.ChangeAsync(cancellation);
            await delivery.ReceiveAsync(_tally.Begun, cancellation);
            _tally.Begin(order);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Says every now and then how far it is, also while nobody answers.</summary>
    private async Task WatchAsync(StormJudge judge, StormWeather weather, StormClock clock, CancellationToken calm)
    {
        var looking = Task.CompletedTask;
        while (!calm.IsCancellationRequested)
        {
            await Task.Delay(BetweenProgress, TimeProvider.System, calm).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            console.Show(new StormProgress(
                Elapsed, options.Minutes, options.Orders, _tally.Begun, _tally.Done, judge.Settled, _timings.Answers, _timings.Retries, weather.Sent.Values.Sum(),
                _tally.Faults, clock.Ahead, _tally.Violations.Length + judge.Late).ToString());
            if (looking.IsCompleted) looking = LookAsync(judge, calm);
        }

        await looking;
    }

    /// <summary>Looks at what should have come to rest meanwhile.</summary>
    private async Task LookAsync(StormJudge judge, CancellationToken calm)
    {
        try
        {
            await judge.LookAsync(MostInALook, calm);
        }
        catch (OperationCanceledException) when (calm.IsCancellationRequested)
        {
            // All of it is looked at now.
        }
        catch (StormFailedException failure)
        {
            Violate(failure);
        }
    }

    private void Violate(StormFailedException failure)
    {
        _tally.Violate(failure.Message);
        console.Print($"  NOT as it should be: {failure.Message}");
    }

    /// <summary>What is not right yet is looked at until it is; then everything must be, once more from the beginning.</summary>
    private static async Task<IReadOnlyList<string>> SettleAsync(StormJudge judge, StormOperator person, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            List<string> wrong = [.. await person.SendBackAsync(cancellation)];
            var isTimeUp = TimeProvider.System.GetElapsedTime(began) > LongestSettling;
            if (await judge.LookAsync(int.MaxValue, cancellation) || isTimeUp)
            {
                wrong.AddRange(await judge.JudgeAsync(cancellation));
                if (wrong.Count == 0 || isTimeUp) return wrong;
            }

            await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
        }
    }

    private async Task<IReadOnlyList<string>> ReportAsync(StormCast cast, StormWeather weather, StormClock clock, IReadOnlyList<string> wrong, CancellationToken cancellation)
    {
        var payments = (await cast.Books.ReadAsync(cancellation)).SelectMany(payment => payment).ToList();
        var found = await cast.Operator.FoundAsync(cancellation);
        string[] violations = [.. _tally.Violations, .. wrong, .. StormEvidence.Missing(_tally.Planned, cast.Deeds, _faults, _tally.Faults, weather.Sent, found)];
        IEnumerable<string> report =
        [
            .. StormReport.OfOrders(cast.Deeds, payments, cast.Customers.Sum(customer => customer.SoldOut)),
            .. StormReport.OfFaults(_tally.Faults, clock.Ahead, weather.Sent),
            .. StormReport.OfCalls(_timings.Figures()),
            .. StormReport.OfLetters(cast.Operator.SentBack, cast.Operator.Others),
            $"{found} events were found in the providers' lists that no webhook had brought.",
            $"{_tally.Begun} orders, {violations.Length} violations; settled {Elapsed.TotalSeconds:0} s after the start.",
        ];
        foreach (var line in report) console.Print(line);
        return violations;
    }
}
