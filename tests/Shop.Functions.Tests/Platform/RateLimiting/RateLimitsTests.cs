using Azure.Data.Tables;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.RateLimiting;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Platform.RateLimiting;

/// <summary>Limits that hold over all instances: each of these has a memory of its own, and they share one storage account.</summary>
public sealed class RateLimitsTests(StorageEmulator emulator) : IAsyncLifetime
{
    private const string Ada = "192.0.2.7";

    private static readonly RateRule Exact = new("exact", 5, TimeSpan.FromHours(1));
    private static readonly RateRule Lenient = Exact with { Use = "lenient", Unstored = 2, FailsOpen = true };

    private readonly ManualClock _clock = new(new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
    private readonly CallMeter _calls = new();
    private TableServiceClient _tables = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private TableClient Counts => _tables.GetTableClient(StorageNames.RateCounts);

    public async ValueTask InitializeAsync()
    {
        var metered = _calls.Handler();
        metered.InnerHandler = new SocketsHttpHandler();
        _tables = new(emulator.NewAccount(), new() { Transport = new Azure.Core.Pipeline.HttpClientTransport(new HttpClient(metered)), Retry = { MaxRetries = 0 } });
        foreach (var table in new[] { StorageNames.RateCounts, StorageNames.Retention }) await _tables.CreateTableAsync(table, Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Of_forty_at_once_over_four_instances_as_many_get_through_as_may()
    {
        var instances = Enumerable.Range(0, 4).Select(_ => Instance()).ToArray();
        var waits = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => instances[i % 4].TakeAsync(Exact, Ada, Stop)));
        waits.Count(wait => wait is null).ShouldBe(5);
        waits.OfType<TimeSpan>().ShouldAllBe(wait => wait == TimeSpan.FromMinutes(30), "the rest of the hour");
        (await Instance().TakeAsync(Exact, "192.0.2.8", Stop)).ShouldBeNull("somebody else");
        (await Instance().TakeAsync(Exact with { Use = "other" }, Ada, Stop)).ShouldBeNull("something else");
        _clock.Advance(TimeSpan.FromMinutes(30));
        (await instances[0].TakeAsync(Exact, Ada, Stop)).ShouldBeNull("another hour");
    }

    [Fact]
    public async Task What_instances_count_for_themselves_lets_through_that_much_more_and_nothing_is_stored_of_who_is_seldom_here()
    {
        var (one, two) = (Instance(), Instance());
        (await TakeAsync(one, 2), await TakeAsync(two, 1)).ShouldBe((2, 1));
        (await Backstage.RowsAsync<TableEntity>(Counts)).ShouldBeEmpty();
        (await TakeAsync(one, 10) + await TakeAsync(two, 10) + 3).ShouldBeInRange(Lenient.Most, Lenient.Most + Lenient.Unstored);

        async Task<int> TakeAsync(RateLimits instance, int tries)
        {
            var through = 0;
            for (var i = 0; i < tries; i++) through += await instance.TakeAsync(Lenient, Ada, Stop) is null ? 1 : 0;
            return through;
        }
    }

    [Fact]
    public async Task A_count_costs_one_call_and_who_has_had_their_share_costs_none()
    {
        var limits = Instance();
        await CostsAsync(2, () => limits.TakeAsync(Exact, Ada, Stop), "the first of a day is scheduled to go as well");
        for (var i = 1; i < 5; i++) await CostsAsync(1, () => limits.TakeAsync(Exact, Ada, Stop), "counted");
        await CostsAsync(0, () => limits.TakeAsync(Exact, Ada, Stop), "refused");
        await CostsAsync(0, () => limits.TakeAsync(Lenient, Ada, Stop), "counted in memory");
    }

    [Fact]
    public async Task A_row_tells_nobody_whose_it_is_nor_which_rows_are_one_persons()
    {
        var limits = Instance();
        await limits.TakeAsync(Exact, Ada, Stop);
        _clock.Advance(TimeSpan.FromHours(1));
        await limits.TakeAsync(Exact, Ada, Stop);
        var rows = await Backstage.RowsAsync<TableEntity>(Counts);
        rows.Select(row => row.RowKey).Distinct().Count().ShouldBe(2, "another hash each hour");
        rows.ShouldAllBe(row => row.Keys.All(name => name == "Count" || name == "PartitionKey" || name == "RowKey" || name == "Timestamp" || name == "odata.etag"));

        // Who has the table and guesses addresses finds nothing without the secret.
        var stranger = Instance(new() { Keys = { Convert.ToBase64String(Enumerable.Repeat((byte)7, LinkOptions.KeyLength).ToArray()) }, Address = "https://api.example.com" });
        await stranger.TakeAsync(Exact, Ada, Stop);
        (await Backstage.RowsAsync<TableEntity>(Counts)).Select(row => row.RowKey).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task What_came_to_nothing_does_not_count()
    {
        var (one, two) = (Instance(), Instance());
        foreach (var rule in new[] { Exact, Lenient })
        {
            for (var i = 0; i < 20; i++)
            {
                (await one.TakeAsync(rule, Ada, Stop)).ShouldBeNull();
                await one.GiveBackAsync(rule, Ada);
            }
        }

        (await two.TakeAsync(Exact, Ada, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task While_storage_is_away_a_rule_does_as_it_says()
    {
        await _tables.DeleteTableAsync(StorageNames.RateCounts, Stop);
        var limits = Instance();
        await Should.ThrowAsync<Azure.RequestFailedException>(() => limits.TakeAsync(Exact, Ada, Stop));
        for (var i = 0; i < Lenient.Most; i++) (await limits.TakeAsync(Lenient, Ada, Stop)).ShouldBeNull();
        (await limits.TakeAsync(Lenient, Ada, Stop)).ShouldNotBeNull("each instance still counts for itself");
        await limits.GiveBackAsync(Exact, Ada);
    }

    [Fact]
    public async Task Before_the_secret_is_there_an_instance_counts_under_one_of_its_own()
    {
        var limits = Instance(new() { Keys = { "@Microsoft.KeyVault(SecretUri=https://kv-1.vault.azure.net/secrets/links-key)" }, Address = "https://api.example.com" });
        for (var i = 0; i < 5; i++) (await limits.TakeAsync(Exact, Ada, Stop)).ShouldBeNull();
        (await limits.TakeAsync(Exact, Ada, Stop)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Counts_go_two_days_after_the_day_they_are_of()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var limits = Limits.Of(shop.Tables(), shop.Clock);
        for (var i = 0; i < 3; i++) await limits.TakeAsync(Exact, $"192.0.2.{i}", Stop);
        await PurgeAfterAsync(TimeSpan.FromDays(1));
        (await RowsAsync()).ShouldBe(3);
        await PurgeAfterAsync(TimeSpan.FromDays(1.1));
        (await RowsAsync()).ShouldBe(0);
        (await shop.Officer().ReadAsync("api/privacy/purges"))["items"]![0]!["counts"]!.AsArray().ShouldContain(count => count!["rule"]!.GetValue<string>() == "rate-count");

        Task PurgeAfterAsync(TimeSpan time)
        {
            shop.Clock.Advance(time);
            return shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        }

        async Task<int> RowsAsync() => (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.RateCounts))).Count;
    }

    private RateLimits Instance(LinkOptions? links = null) => Limits.Of(_tables, _clock, links);

    private async Task CostsAsync(int calls, Func<Task> use, string why)
    {
        _calls.Reset();
        await use();
        _calls.Calls.Count.ShouldBe(calls, why);
    }
}
