using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
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
    }

    /// <summary>A place is taken for as long as an answer goes on, and no longer, whichever way it ends.</summary>
    [Fact]
    public async Task An_account_holds_four_streams_at_once_and_has_a_place_again_however_one_has_ended()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, eve) = (await shop.Customer(), await shop.Customer("eve@example.com"));
        var order = await ada.OrderAsync();
        var path = $"api/orders/{order}/tracking/stream";
        var held = new List<HttpResponseMessage>();
        for (var opened = 0; opened < OpenStreams.MostOfAccount; opened++) held.Add(await StreamAsync(ada, path));
        // Somebody else has places of their own.
        held.Add(await StreamAsync(eve, $"api/orders/{await eve.OrderAsync()}/tracking/stream"));
        held.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);

        var refused = await ada.CallAsync("GET", path);
        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many");
        refused.Headers.RetryAfter!.Delta.ShouldBe(StreamTracking.Longest);
        (await ada.CallAsync("HEAD", path)).StatusCode.ShouldBe(HttpStatusCode.OK, "it holds nothing");
        (await ada.CallAsync("GET", path.Replace(order, "none", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        // The client has gone.
        held[0].Dispose();
        held[0] = await AgainAsync();
        // Their time is over.
        for (var waited = TimeSpan.Zero; waited < StreamTracking.Longest; waited += StreamTracking.PollInterval)
        {
            await shop.Clock.AlarmsAsync(held.Count, Stop);
            shop.Clock.Advance(StreamTracking.PollInterval);
        }

        foreach (var answer in held) await answer.Content.ReadAsStringAsync(Stop);
        for (var opened = 0; opened < OpenStreams.MostOfAccount; opened++) held.Add(await AgainAsync());
        // The shop waits for what is open before it ends.
        held.ForEach(answer => answer.Dispose());

        // The server learns after the client that an answer has ended, so the client may be a moment too early.
        async Task<HttpResponseMessage> AgainAsync()
        {
            while (true)
            {
                var answer = await StreamAsync(ada, path);
                if (answer.StatusCode != HttpStatusCode.TooManyRequests) return answer;
                answer.Dispose();
            }
        }
    }

    /// <summary>By the function itself: no client can bring it about that an answer ends before it has begun, or fill an instance and not its own share.</summary>
    [Fact]
    public async Task A_place_is_free_again_where_the_answer_never_began_and_all_accounts_leave_half_of_an_instance_to_others()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var account = (await ada.ReadAsync("api/account"))["id"]!.GetValue<string>();
        var streams = shop.Host.Services.GetRequiredService<OpenStreams>();
        for (var begun = 0; begun <= OpenStreams.MostOfAccount; begun++)
        {
            var ending = new Ending();
            var http = new DefaultHttpContext();
            http.Features.Set(new Caller(account, null));
            http.Features.Set<IHttpResponseFeature>(ending);
            (await ActivatorUtilities.CreateInstance<StreamTracking>(shop.Host.Services).Run(http.Request, order, Stop)).ShouldNotBeOfType<Problem>($"{begun} others ended");
            await ending.EndAsync();
        }

        var others = Enumerable.Range(0, OpenStreams.Most).Select(place => streams.Take($"somebody-{place / OpenStreams.MostOfAccount}").Place.ShouldNotBeNull()).ToList();
        var refused = await ada.CallAsync("GET", $"api/orders/{order}/tracking/stream");
        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many");
        refused.Headers.RetryAfter!.Delta.ShouldBe(StreamTracking.Longest);
        others[0].Dispose();
        others[0].Dispose();
        using var opened = await StreamAsync(ada, $"api/orders/{order}/tracking/stream");
        opened.StatusCode.ShouldBe(HttpStatusCode.OK);
        streams.Take("one-more").Refused.ShouldNotBeNull("a place is given back once");
    }

    private static Task<HttpResponseMessage> StreamAsync(HttpClient client, string path) => client.SendAsync(Request(path, null), HttpCompletionOption.ResponseHeadersRead, Stop);

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

    /// <summary>An answer whose end the test decides on.</summary>
    private sealed class Ending : HttpResponseFeature
    {
        private readonly List<Func<Task>> _ends = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => _ends.Add(() => callback(state));

        public async Task EndAsync()
        {
            foreach (var end in _ends) await end();
        }
    }
}
