using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Shop.Local.Commands;

/// <summary>
/// What comes after the payment: two parcels leave, the carrier tells of both in the wrong order and everything twice, and the
/// customer reads what has happened as it happened.
/// </summary>
internal sealed class DemoDeliveryWalk(Uri api, Uri signIn, Uri carrier, DemoSteps steps) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly string[] Way = ["shipped", "collected", "in_transit", "out_for_delivery", "delivered"];

    private readonly HttpClient _customer = new() { BaseAddress = api };
    private readonly HttpClient _staff = new() { BaseAddress = api };
    private readonly HttpClient _carrier = new() { BaseAddress = carrier };
    private readonly HttpClient _signIn = new() { BaseAddress = signIn };

    /// <summary>Where the customer's mails arrive; null where that is not on this machine.</summary>
    public DemoMails? Mails { get; init; }

    /// <param name="order">Its id; it is paid.</param>
    /// <param name="number">What people call it.</param>
    /// <exception cref="DemoFailedException">A step ended otherwise than it should.</exception>
    public async Task RunAsync(string order, string number, CancellationToken cancellationToken)
    {
        await SignInAsync(_customer, DemoWalk.Email, [], cancellationToken);
        await SignInAsync(_staff, "fred@example.com", ["Shop.Fulfilment"], cancellationToken);
        steps.Step("Signed in as fred@example.com, who packs (Shop.Fulfilment).");
        string[] parcels =
        [
            await ShipAsync(order, "one", [new JsonObject { ["sku"] = "UPS-LI-1500", ["quantity"] = 2 }], cancellationToken),
            await ShipAsync(order, "two", null, cancellationToken),
        ];
        await ListenAsync(order, cancellationToken);
        await PostAsync("sandbox/faults/webhook", [new("kind", "shuffle")], cancellationToken);
        await PostAsync("sandbox/faults/webhook", [new("kind", "duplicate"), new("times", "8")], cancellationToken);
        foreach (var parcel in parcels) await PostAsync($"sandbox/parcels/{parcel}/carry", [], cancellationToken);
        steps.Step("The carrier's sandbox has brought both parcels. It tells of that by webhooks, in the wrong order and each of them twice.");
        await ReadAsync(order, cancellationToken);
        // That each of the two has left, and that each has arrived.
        if (Mails is not null) await Mails.ShowAsync(number, DemoWalk.MailsOnceRefunded + (2 * parcels.Length), steps, cancellationToken);
        steps.Line("\nThe order has arrived.");
    }

    public void Dispose()
    {
        _customer.Dispose();
        _staff.Dispose();
        _carrier.Dispose();
        _signIn.Dispose();
    }

    private async Task SignInAsync(HttpClient client, string email, IReadOnlyList<string> roles, CancellationToken cancellationToken) =>
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenCommand.FetchAsync(_signIn, email, null, roles, cancellationToken));

    /// <returns>What stands on the parcel's label.</returns>
    private async Task<string> ShipAsync(string order, string key, JsonArray? lines, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["carrier"] = "ParcelCo" };
        if (lines is not null) body["lines"] = lines;
        var request = new HttpRequestMessage(HttpMethod.Post, $"api/orders/{order}/shipments") { Content = JsonContent.Create<JsonNode>(body) };
        request.Headers.Add("Idempotency-Key", key);
        var response = await _staff.SendAsync(request, cancellationToken);
        DemoFailedException.Unless(response.StatusCode, HttpStatusCode.Created, $"POST /api/orders/{order}/shipments");
        var reference = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!["reference"]!.GetValue<string>();
        steps.Step($"POST /api/orders/{order}/shipments → 201: {(lines is null ? "a parcel with all that is left" : "a parcel with 2 × UPS-LI-1500")}; on its label {reference}");
        return reference;
    }

    /// <summary>What a page does that follows an order: it is told at once how things stand, and then of every change, for a minute.</summary>
    private async Task ListenAsync(string order, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var response = await _customer.GetAsync($"api/orders/{order}/tracking/stream", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        DemoFailedException.Unless(response.StatusCode, HttpStatusCode.OK, $"GET /api/orders/{order}/tracking/stream");
        await foreach (var told in SseParser.Create(await response.Content.ReadAsStreamAsync(cancellationToken)).EnumerateAsync(cancellationToken))
        {
            var next = JsonNode.Parse(told.Data)!["next"]!;
            var elapsed = TimeProvider.System.GetElapsedTime(began);
            // Whatever holds answers back until they are whole would hold this one for a minute.
            DemoFailedException.Unless(elapsed < LongestWait, $"The stream's first event came after {elapsed.TotalSeconds:0} seconds.");
            steps.Step($"GET /api/orders/{order}/tracking/stream → 200, {elapsed.TotalMilliseconds:0} ms later the first event, while the stream stays open. Next: {next["text"]}");
            return;
        }

        throw new DemoFailedException("The stream ended without an event.");
    }

    private async Task PostAsync(string path, KeyValuePair<string, string>[] fields, CancellationToken cancellationToken)
    {
        var response = await _carrier.PostAsync(path, new FormUrlEncodedContent(fields), cancellationToken);
        DemoFailedException.Unless(response.StatusCode, HttpStatusCode.OK, $"The carrier's sandbox, POST /{path},");
    }

    private async Task ReadAsync(string order, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var tracking = JsonNode.Parse(await _customer.GetStringAsync($"api/orders/{order}/tracking", cancellationToken))!;
            var events = tracking["events"]!.AsArray();
            if (new[] { 1, 2 }.All(parcel => KindsOf(events, parcel).SequenceEqual(Way)))
            {
                steps.Step($"GET /api/orders/{order}/tracking → 200: every step once, as it happened");
                foreach (var step in events) steps.Line($"   {step!["at"]!.GetValue<DateTimeOffset>():HH:mm:ss}  {step["kind"],-16} {step["text"]}{(step["shipment"] is { } number ? $" (parcel {number})" : "")}");
                DemoFailedException.Unless(tracking["next"] is null, "Something is still expected of an order that has arrived.");
                return;
            }

            DemoFailedException.Unless(
                TimeProvider.System.GetElapsedTime(began) < LongestWait, $"After {LongestWait.TotalSeconds:0} seconds the timeline is {string.Join(", ", events.Select(step => step!["kind"]))}.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }
    }

    private static IEnumerable<string> KindsOf(JsonArray events, int parcel) =>
        events.Where(step => step!["shipment"]?.GetValue<int>() == parcel).Select(step => step!["kind"]!.GetValue<string>());
}
