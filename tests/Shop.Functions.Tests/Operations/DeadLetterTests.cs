using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Shop.Functions.Payments;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;
using static Shop.Functions.Tests.Operations.DeadLetterCalls;

namespace Shop.Functions.Tests.Operations;

/// <summary>Messages that nobody could handle are kept, looked at and sent back by people.</summary>
public sealed class DeadLetterTests(OneShop one, StorageEmulator emulator) : IClassFixture<OneShop>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_failed_five_times_says_why_and_is_on_the_list_again_when_it_fails_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var unknown = new PaymentEvent { Provider = "stripe", EventId = "evt_1", Type = "checkout.session.completed", OrderId = "0000000000000000000000000z" };
        await shop.Queue(StorageNames.PaymentEvents).SendMessageAsync(BinaryData.FromBytes(unknown.ToMessage()), cancellationToken: Stop);
        await shop.SettleAsync();

        var letter = (await ListAsync(shop)).ShouldHaveSingleItem()!;
        Text(letter, "queue").ShouldBe("payment-events");
        Text(letter, "why").ShouldBe(nameof(UnknownOrderException));
        Text(letter, "traceId").Length.ShouldBe(32);
        Text(letter, "message").ShouldContain("evt_1");
        letter["times"]!.GetValue<int>().ShouldBe(1);
        (await shop.PoisonedAsync(StorageNames.PaymentEvents)).ShouldBe(0);

        var sent = await RedriveAsync(shop, Text(letter, "id"));
        sent.StatusCode.ShouldBe(HttpStatusCode.Accepted, await sent.TextAsync());
        (await ListAsync(shop)).ShouldBeEmpty();
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.SettleAsync();
        var again = (await ListAsync(shop)).ShouldHaveSingleItem()!;
        Text(again, "id").ShouldBe(Text(letter, "id"));
        again["times"]!.GetValue<int>().ShouldBe(2);
        again["since"]!.ToJsonString().ShouldBe(letter["since"]!.ToJsonString());
    }

    [Fact]
    public async Task Sending_one_back_mends_the_order_and_sending_it_back_twice_does_no_harm()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.Stripe.DeliverAsync(Stop);
        (await SetAsideAsync(shop, StorageNames.PaymentEvents)).ShouldBePositive();
        await shop.SettleAsync();
        await stage.ShouldBeAsync("awaiting");

        var ids = (await ListAsync(shop)).Select(letter => Text(letter!, "id")).ToList();
        foreach (var id in ids) (await RedriveAsync(shop, id)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("paid");
        foreach (var id in ids) (await RedriveAsync(shop, id)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("paid");
        (await ListAsync(shop)).ShouldBeEmpty();
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task An_event_that_could_not_be_read_is_fetched_from_the_provider_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.LoseWebhooksAsync();
        var told = shop.Stripe.Events.Last(told => told.Type == "checkout.session.completed");
        await SetAsideAsync(shop, new UnreadableEvent("stripe", told.Id, told.Type, "api_version"));
        await SetAsideAsync(shop, new UnreadableEvent("stripe", "evt_forgotten", told.Type, "api_version"));

        var letters = await ListAsync(shop);
        letters.Select(letter => Text(letter!, "why")).ShouldBe(["api_version", "api_version"]);
        var body = JsonContent.Create(new { queue = "payment-events", why = "api_version" });
        var answer = await (await Operator(shop).CallAsync("POST", $"{List}/redrive", body)).JsonAsync();
        answer["sentBack"]!.AsArray().ShouldHaveSingleItem();
        answer["kept"]!.AsArray().ShouldHaveSingleItem();
        answer["more"]!.GetValue<bool>().ShouldBeFalse();
        await shop.SettleAsync();
        await stage.ShouldBeAsync("paid");

        var forgotten = (await ListAsync(shop)).ShouldHaveSingleItem()!;
        await (await RedriveAsync(shop, Text(forgotten, "id"))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "event-forgotten");
        (await Operator(shop).CallAsync("DELETE", $"{List}/{Text(forgotten, "id")}?reason=handled_otherwise")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ListAsync(shop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task All_of_them_are_listed_in_pages_whatever_is_in_them()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        for (var i = 0; i < 40; i++) await shop.Queue(StorageNames.PaymentEvents + StorageNames.PoisonSuffix).SendMessageAsync($"{{\"n\":{i}}}", Stop);
        await shop.Queue(StorageNames.OrderChecks + StorageNames.PoisonSuffix).SendMessageAsync("{}", Stop);
        await new QueueClient(shop.StorageConnectionString, StorageNames.Emails + StorageNames.PoisonSuffix).SendMessageAsync("no Base64!", Stop);

        (await ListAsync(shop)).Count.ShouldBe(42);
        var mails = await ListAsync(shop, "queue=emails");
        Text(mails.ShouldHaveSingleItem()!, "message").ShouldBe("no Base64!");
        mails[0]!["why"].ShouldBeNull();
        (await Operator(shop).CallAsync("DELETE", $"{List}/{Text(mails[0]!, "id")}?reason=test")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ListAsync(shop)).Count.ShouldBe(41);
    }

    [Fact]
    public async Task It_outlives_the_poison_queue_and_goes_when_its_time_is_up()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await shop.Queue(StorageNames.Emails + StorageNames.PoisonSuffix).SendMessageAsync("{}", Stop);
        await shop.Host.InvokeAsync("KeepDeadLetters", null, Stop);
        (await shop.PoisonedAsync(StorageNames.Emails)).ShouldBe(0);
        shop.Clock.Advance(TimeSpan.FromDays(29));
        await shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        (await ListAsync(shop)).Count.ShouldBe(1);
        shop.Clock.Advance(TimeSpan.FromDays(2));
        await shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        (await ListAsync(shop)).ShouldBeEmpty();
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.DeadLetters))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_crash_while_it_is_kept_loses_and_doubles_nothing()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var calls = await KeepAsync(shop, null, 0);
        foreach (var (index, point) in calls.Index())
            await KeepAsync(shop, point, index + 1);
    }

    [Theory]
    [InlineData("POST", "payments.0123456789abcdef0123456789abcdef/redrive", 404)]
    [InlineData("POST", "emails.0123456789ABCDEF0123456789ABCDEF/redrive", 404)]
    [InlineData("POST", "emails.0123456789abcdef0123456789abcdef/redrive", 404)]
    [InlineData("DELETE", "emails.0123456789abcdef0123456789abcdef?reason=test", 404)]
    [InlineData("DELETE", "emails.0123456789abcdef0123456789abcdef?reason=because", 400)]
    [InlineData("DELETE", "emails.0123456789abcdef0123456789abcdef", 400)]
    [InlineData("GET", "?queue=nothing", 400)]
    [InlineData("GET", "?continuation=nothing", 400)]
    public async Task Bad_input_is_refused(string method, string path, int status)
    {
        var address = path.StartsWith('?') ? List + path : $"{List}/{path}";
        ((int)(await Operator(one.Shop).CallAsync(method, address)).StatusCode).ShouldBe(status);
        ((int)(await one.Shop.As("clerk@shop.example", "Shop.Finance").CallAsync(method, address)).StatusCode).ShouldBe(403);
    }

    [Fact]
    public void The_last_try_is_the_one_that_host_json_says()
    {
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(Architecture.SourceTree.Root, "host.json")))!;
        host["extensions"]!["queues"]!["maxDequeueCount"]!.GetValue<int>().ShouldBe(LastTryMiddleware.Tries);
    }

    /// <summary>One message is kept, with a crash at a point of it; then the timer comes round again.</summary>
    private static async Task<IReadOnlyList<(int Call, FaultMoment Moment)>> KeepAsync(RunningShop shop, (int Call, FaultMoment Moment)? plan, int number)
    {
        var poison = new QueueClient(shop.StorageConnectionString, StorageNames.Emails + StorageNames.PoisonSuffix);
        await poison.SendMessageAsync($"number {number}", Stop);
        shop.Calls.Reset();
        shop.Calls.Plan = plan;
        try
        {
            await shop.Host.InvokeAsync("KeepDeadLetters", null, Stop);
        }
        catch (Exception exception) when (exception.ToString().Contains(nameof(CrashException), StringComparison.Ordinal))
        {
            shop.Calls.Restart();
        }

        var points = shop.Calls.CrashPoints;
        shop.Calls.Failed.ShouldBe(plan is not null);
        shop.Calls.Reset();
        // What was handed out to the process that ended is hidden for a minute: it is in the queue, or in the store, or in both.
        var kept = (await ListAsync(shop, "queue=emails")).SingleOrDefault(letter => Text(letter!, "message") == $"number {number}");
        if (kept is null) (await shop.PoisonedAsync(StorageNames.Emails)).ShouldBePositive();
        else kept["times"]!.GetValue<int>().ShouldBe(1);
        if (plan is null) kept.ShouldNotBeNull();
        return points;
    }

    /// <summary>What waits on a queue fails too often, as far as anybody can tell.</summary>
    private static async Task<int> SetAsideAsync(RunningShop shop, string queue)
    {
        var moved = 0;
        while ((await shop.Queue(queue).ReceiveMessageAsync(cancellationToken: Stop)).Value is { } message)
        {
            await shop.Queue(queue + StorageNames.PoisonSuffix).SendMessageAsync(message.Body, cancellationToken: Stop);
            await shop.Queue(queue).DeleteMessageAsync(message.MessageId, message.PopReceipt, Stop);
            moved++;
        }

        return moved;
    }

    private static Task SetAsideAsync(RunningShop shop, UnreadableEvent unreadable) =>
        shop.Queue(StorageNames.PaymentEvents + StorageNames.PoisonSuffix).SendMessageAsync(BinaryData.FromBytes(unreadable.ToMessage()), cancellationToken: Stop);
}
