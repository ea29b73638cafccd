using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tracking;

namespace Shop.Functions.Tests.Tracking;

/// <summary>What happens to an order, told as it happens.</summary>
public sealed class StreamTrackingTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_tells_at_once_and_after_every_change_ends_after_a_minute_and_goes_on_where_it_ended()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var path = $"api/orders/{order}/tracking/stream";
        // Staff read an order's tracking on record; a stream that comes back each minute would put them there each time.
        foreach (var other in new[] { shop.As("eve@example.com"), shop.As("fred@example.com", "Shop.Fulfilment") })
            await (await other.CallAsync("GET", path)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");

        var first = await OpenAsync(ada, path);
        var placed = await TellAsync(first);
        KindsOf(placed).ShouldBe(["placed"]);
        shop.Calls.Reset();
        await LookAsync(shop);
        await shop.Clock.AlarmsAsync(1, Stop);
        shop.Calls.Calls.Count.ShouldBe(1, "a look that finds nothing new is one storage call, and tells nothing");
        await ada.CheckoutAsync(order);
        await LookAsync(shop);
        var started = await TellAsync(first);
        KindsOf(started).ShouldBe(["placed", "payment_started"]);
        for (var waited = 2 * StreamTracking.PollInterval; waited < StreamTracking.Longest; waited += StreamTracking.PollInterval) await LookAsync(shop);
        (await first.MoveNextAsync()).ShouldBeFalse("its time is over");

        // Whoever comes back knows what was told last.
        var opened = await ada.SendAsync(Request(path, started.EventId!), HttpCompletionOption.ResponseHeadersRead, Stop);
        var comment = new byte[1];
        (await (await opened.Content.ReadAsStreamAsync(Stop)).ReadAtLeastAsync(comment, 1, cancellationToken: Stop), comment[0]).ShouldBe((1, (byte)':'), "the host sends an answer on with its first byte");
        opened.Dispose();
        var second = await OpenAsync(ada, path, started.EventId!);
        await shop.Clock.AlarmsAsync(1, Stop);
        await ada.CancelAsync(order);
        await LookAsync(shop);
        var cancelled = await TellAsync(second);
        KindsOf(cancelled).ShouldContain("cancelled");
        (await second.MoveNextAsync()).ShouldBeFalse("nothing more can happen");
        Task<HttpResponseMessage> ComeBackAsync() => ada.CallAsync("GET", path, null, ("Last-Event-ID", cancelled.EventId!));
        (await ComeBackAsync()).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        for (var asked = 0; asked < StreamLimit.Most; asked++) await ComeBackAsync();
        var held = await ComeBackAsync();
        await held.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many");
        held.Headers.RetryAfter!.Delta.ShouldBe(StreamTracking.Longest);
        shop.Clock.Advance(StreamTracking.Longest);
        (await ComeBackAsync()).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    /// <summary>Time passes once the stream waits for it.</summary>
    private static async Task LookAsync(RunningShop shop)
    {
        await shop.Clock.AlarmsAsync(1, Stop);
        shop.Clock.Advance(StreamTracking.PollInterval);
    }

    private static async Task<IAsyncEnumerator<SseItem<string>>> OpenAsync(HttpClient client, string path, string? last = null)
    {
        var response = await client.SendAsync(Request(path, last), HttpCompletionOption.ResponseHeadersRead, Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return SseParser.Create(await response.Content.ReadAsStreamAsync(Stop)).EnumerateAsync(Stop).GetAsyncEnumerator(Stop);
    }

    private static HttpRequestMessage Request(string path, string? last)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (last is not null) request.Headers.Add("Last-Event-ID", last);
        return request;
    }

    private static async Task<SseItem<string>> TellAsync(IAsyncEnumerator<SseItem<string>> stream)
    {
        (await stream.MoveNextAsync()).ShouldBeTrue();
        stream.Current.EventType.ShouldBe("tracking");
        return stream.Current;
    }

    private static IEnumerable<string> KindsOf(SseItem<string> told) => JsonNode.Parse(told.Data)!["events"]!.AsArray().Select(step => step!["kind"]!.GetValue<string>());
}
