using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Shop.Functions.Payments;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using static Shop.Functions.Tests.Operations.DeadLetterCalls;

namespace Shop.Functions.Tests.Operations;

/// <summary>When more goes wrong than one look can take, nothing is kept from whoever looks.</summary>
public sealed class ManyDeadLettersTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_cannot_be_taken_in_time_is_counted_and_said_to_be_there()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        using var numbers = new NumberBook(shop);
        await SetAsideAsync(shop, StorageNames.OrderChecks, 70);
        await SetAsideAsync(shop, StorageNames.Emails, 1);

        await SlowlyAsync(shop, PoisonQueues.WhileNobodyWaits, () => shop.Host.InvokeAsync("KeepDeadLetters", null, Stop));
        numbers.Of("shop.dead_letters", "messaging.destination.name=order-checks").ShouldBe([70]);
        numbers.Of("shop.dead_letters", "messaging.destination.name=emails").ShouldBe([1], "one queue does not keep another from its turn");
        (await shop.CountAsync(StorageNames.OrderChecks + StorageNames.PoisonSuffix)).ShouldBePositive();

        JsonNode? page = null;
        await SlowlyAsync(shop, PoisonQueues.WhileSomebodyWaits, async () => page = await Operator(shop).ReadAsync($"{List}?limit=60"));
        page!["more"]!.GetValue<bool>().ShouldBeFalse("this is not the last page");
        page = await Operator(shop).ReadAsync($"{List}?limit=60&continuation={page["continuation"]}");
        page["continuation"].ShouldBeNull();
        page["more"]!.GetValue<bool>().ShouldBeTrue();
        page = await Operator(shop).ReadAsync($"{List}?limit=100");
        page["items"]!.AsArray().Count.ShouldBe(71);
        page["more"]!.GetValue<bool>().ShouldBeFalse();

        // A purge looks as well, and says what it has not looked at.
        await SetAsideAsync(shop, StorageNames.Emails, 33);
        await SlowlyAsync(shop, PoisonQueues.WhileNobodyWaits, () => shop.Host.InvokeAsync("PurgeExpiredData", null, Stop));
        (await shop.CountAsync(StorageNames.Emails + StorageNames.PoisonSuffix)).ShouldBe(1);
        await shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        (await shop.CountAsync(StorageNames.Emails + StorageNames.PoisonSuffix)).ShouldBe(0);
        shop.Log.Entries.Count(entry => entry.Level == LogLevel.Warning && entry.Text.Contains("time for the poison queues", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_goes_on_to_the_end_reaches_those_behind_a_hundred_that_have_to_stay()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        for (var i = 0; i < 109; i++)
            await SetAsideAsync(shop, StorageNames.PaymentEvents, new UnreadableEvent("stripe", $"evt_forgotten_{i}", "charge.updated", "api_version").ToMessage());

        var (sent, kept, rounds) = (new List<string>(), new List<string>(), 0);
        string? continuation = null;
        for (var more = true; more; rounds++)
        {
            rounds.ShouldBeLessThan(5);
            var answer = await (await Operator(shop).CallAsync("POST", $"{List}/redrive", JsonContent.Create(new { queue = "payment-events", continuation }))).JsonAsync();
            sent.AddRange(answer["sentBack"]!.AsArray().Select(id => id!.GetValue<string>()));
            kept.AddRange(answer["kept"]!.AsArray().Select(id => id!.GetValue<string>()));
            continuation = answer["continuation"]?.GetValue<string>();
            more = answer["more"]!.GetValue<bool>();
        }

        sent.ShouldBeEmpty("the provider knows none of them");
        kept.Distinct().Count().ShouldBe(109);
        kept.Count.ShouldBe(109, "none is asked for twice");
        await (await Operator(shop).CallAsync("POST", $"{List}/redrive", JsonContent.Create(new { queue = "payment-events", continuation = "nothing" })))
            .ShouldBeProblemAsync(System.Net.HttpStatusCode.BadRequest, "invalid");

        (await shop.As("peter@shop.example", "Shop.Privacy").ReadAsync("api/privacy/staff-actions"))["items"]!.AsArray()
            .ShouldContain(line => Text(line!, "what") == "redrive_dead_letters" && line!["about"] != null && Text(line, "about") == "queue:payment-events");
    }

    [Fact]
    public async Task Why_one_was_deleted_is_on_record_wherever_the_process_ends()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var points = await DeleteAsync(shop, null, 0);
        foreach (var (index, point) in points.Index()) await DeleteAsync(shop, point, index + 1);
        shop.Log.Entries.ShouldContain(entry => entry.Level == LogLevel.Warning && entry.Text.Contains("(order order-0, event evt_0) is deleted", StringComparison.Ordinal));
        shop.Log.Entries.ShouldNotContain(entry => entry.Text.Contains("Ada Lovelace", StringComparison.Ordinal));
    }

    /// <returns>Where a process can end in it.</returns>
    private static async Task<IReadOnlyList<(int Call, FaultMoment Moment)>> DeleteAsync(RunningShop shop, (int Call, FaultMoment Moment)? plan, int number)
    {
        var message = new { orderId = $"order-{number}", eventId = $"evt_{number}", type = "Ada Lovelace" };
        await SetAsideAsync(shop, StorageNames.PaymentEvents, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(message));
        var id = Text((await ListAsync(shop)).First(letter => Text(letter!, "message").Contains($"evt_{number}\"", StringComparison.Ordinal))!, "id");
        shop.Calls.Reset();
        shop.Calls.Plan = plan;
        var answer = await Operator(shop).CallAsync("DELETE", $"{List}/{id}?reason=not_ours");
        answer.IsSuccessStatusCode.ShouldBe(plan is null);
        var points = shop.Calls.CrashPoints;
        shop.Calls.Failed.ShouldBe(plan is not null);
        shop.Calls.Reset();
        shop.Calls.Restart();

        var isGone = (await ListAsync(shop)).All(letter => Text(letter!, "id") != id);
        var lines = (await shop.As("peter@shop.example", "Shop.Privacy").ReadAsync("api/privacy/staff-actions?limit=50"))["items"]!.AsArray().Where(line => line!["about"]?.GetValue<string>() == $"dead-letter:{id}");
        if (isGone) lines.ShouldContain(line => line!["reason"] != null && Text(line, "reason") == "not_ours");
        return points;
    }

    /// <summary>The first batch takes as long as all of them may.</summary>
    private static async Task SlowlyAsync(RunningShop shop, TimeSpan longest, Func<Task> run)
    {
        var gate = shop.Calls.Hold(request => request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("-poison/messages", StringComparison.Ordinal));
        var running = run();
        await gate.ArrivedAsync();
        shop.Clock.Advance(longest);
        gate.Open();
        await running;
    }

    private static async Task SetAsideAsync(RunningShop shop, string queue, int count)
    {
        for (var i = 0; i < count; i++) await SetAsideAsync(shop, queue, System.Text.Encoding.UTF8.GetBytes($"{{\"n\":{i}}}"));
    }

    private static Task SetAsideAsync(RunningShop shop, string queue, byte[] message) =>
        shop.Queue(queue + StorageNames.PoisonSuffix).SendMessageAsync(BinaryData.FromBytes(message), cancellationToken: Stop);
}
