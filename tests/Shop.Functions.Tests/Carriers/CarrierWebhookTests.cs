using System.Net;
using System.Text;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;
using Shop.Functions.Carriers;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Carriers;

/// <summary>From what a carrier signs to what the customer reads.</summary>
public sealed class CarrierWebhookTests(StorageEmulator emulator)
{
    private const string Secret = "carrier_local_sandbox_only";
    private const string Path = "api/webhooks/carriers/parcelco";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_parcels_whose_events_come_twice_and_shuffled_end_as_they_went()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, fred) = (await shop.Customer(), shop.As("fred@example.com", "Shop.Fulfilment"));
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        var first = ParcelReference.Of(order, 1);
        var shipped = await (await fred.ShipAsync(order, "one", "ParcelCo", first, new { sku = "UPS-LI-1500", quantity = 1 })).JsonAsync();
        shipped["reference"]!.GetValue<string>().ShouldBe(first);
        await fred.ShipAsync(order, "two", "ParcelCo");

        shop.Carrier.Faults.Add(new WebhookFault(WebhookFaultKind.Shuffle));
        shop.Carrier.Faults.Add(new WebhookFault(WebhookFaultKind.Duplicate) { Times = 9 });
        await shop.Carrier.CarryAsync(first, "delivered");
        await shop.Carrier.CarryAsync(ParcelReference.Of(order, 2), "returned");
        await shop.SettleAsync();

        var tracking = await ada.ReadAsync($"api/orders/{order}/tracking");
        Kinds(tracking, 1).ShouldBe(["shipped", "collected", "in_transit", "out_for_delivery", "delivered"]);
        Kinds(tracking, 2).ShouldBe(["shipped", "collected", "in_transit", "out_for_delivery", "delivery_failed", "returned"]);
        var parcel = tracking["parcels"]![0]!;
        parcel["trackingUrl"]!.GetValue<string>().ShouldBe($"{shop.Carrier.Address}track/{first}");
        parcel["status"]!.GetValue<string>().ShouldBe("delivered");
        tracking["next"]!["kind"]!.GetValue<string>().ShouldBe("check_return");
        (await shop.CountAsync(StorageNames.CarrierEvents)).ShouldBe(0);
        (await shop.PoisonedAsync(StorageNames.CarrierEvents)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_signed_is_turned_away_what_is_not_ours_is_taken_and_forgotten_and_only_ours_is_stored()
    {
        await using var shop = await RunningShop.StartAsync(emulator, new Dictionary<string, string?>
        {
            ["Carriers:new:WebhookSecrets:0"] = "@Microsoft.KeyVault(SecretUri=https://kv.example/secrets/new)",
            ["Carriers:mute:Name"] = "Mute",
            ["Carriers:parcelco:WebhookSecrets:1"] = "the-secret-of-before-the-rotation",
        });
        var now = shop.Clock.GetUtcNow();
        var unknown = $$"""{"id":"e1","reference":"{{new string('0', 26)}}-1","kind":"delivered","more":{"x":[1]},"at":"{{now:O}}"}""";
        shop.Calls.Reset();
        await (await SendAsync("api/webhooks/carriers/nobody", unknown)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await SendAsync("api/webhooks/carriers/mute", unknown)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await SendAsync("api/webhooks/carriers/new", unknown)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "carrier-not-set-up");
        await (await SendAsync(Path, unknown, "another-secret-of-somebody")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "bad-signature");
        await (await SendAsync(Path, unknown, at: now - TimeSpan.FromMinutes(6))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "bad-signature");
        await (await SendAsync(Path, new string(' ', 70_000))).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        await (await SendAsync(Path, "{")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "unreadable");
        await (await SendAsync(Path, unknown.Replace(""","at":""", ""","was":""", StringComparison.Ordinal))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        shop.Log.Entries.Where(entry => entry.Level == LogLevel.Critical).Select(entry => entry.Text[..entry.Text.IndexOf("):", StringComparison.Ordinal)]).ShouldBe(
        [
            "An event that carrier parcelco has signed, of order (null), cannot be read (not JSON",
            $"An event that carrier parcelco has signed, of order {new string('0', 26)}, cannot be read (at",
        ]);
        (await SendAsync(Path, """{"id":"e1","reference":"ANOTHER-SHOP-7","kind":"delivered"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(Path, unknown.Replace("delivered", "customs", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Calls.Calls.ShouldBeEmpty();

        (await SendAsync(Path, unknown, "the-secret-of-before-the-rotation")).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Calls.Calls.Count.ShouldBe(1);
        await shop.SettleAsync();
        (await shop.PoisonedAsync(StorageNames.CarrierEvents)).ShouldBe(0, "an order that is not this shop's is no failure");

        await new QueueClient(shop.StorageConnectionString, StorageNames.CarrierEvents).DeleteAsync(Stop);
        await (await SendAsync(Path, unknown)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");

        async Task<HttpResponseMessage> SendAsync(string path, string body, string secret = Secret, DateTimeOffset? at = null) => await shop.Anonymous().CallAsync(
            "POST", path, Call.Json(body), (CarrierSignature.Header, WebhookSignature.Header(body, [secret], at ?? now)));
    }

    [Fact]
    public async Task A_parcel_that_was_taken_back_or_is_another_carriers_takes_no_event()
    {
        await using var shop = await RunningShop.StartAsync(emulator, new Dictionary<string, string?> { ["Carriers:other:Name"] = "Other" });
        var (ada, fred) = (await shop.Customer(), shop.As("fred@example.com", "Shop.Fulfilment"));
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await fred.ShipAsync(order, "one");
        await (await fred.CallAsync("DELETE", $"api/orders/{order}/shipments/1", null, ("If-Match", "\"another\""))).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        (await fred.CallAsync("DELETE", $"api/orders/{order}/shipments/1")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await fred.CarryAsync(order, 1, "collected", shop.Clock.GetUtcNow())).ShouldBeProblemAsync(HttpStatusCode.Conflict, "shipment-taken-back");
        await fred.ShipAsync(order, "two", "other", null, new { sku = "UPS-LI-1500", quantity = 1 });
        await fred.ShipAsync(order, "three", "Somebody");

        foreach (var parcel in new[] { 1, 2, 3, 4 }) await shop.Carrier.TellAsync(ParcelReference.Of(order, parcel), "collected");
        await shop.SettleAsync();
        (await shop.OrderAsync(order)).ShipmentEvents.ShouldHaveSingleItem().Shipment.ShouldBe(3);
        (await shop.PoisonedAsync(StorageNames.CarrierEvents)).ShouldBe(2, "goods that left though they were taken back need a person, and so does a parcel that two carriers have");
    }

    [Fact]
    public async Task Applying_an_event_costs_five_calls()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, fred) = (await shop.Customer(), shop.As("fred@example.com", "Shop.Fulfilment"));
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await fred.ShipAsync(order);
        await shop.Carrier.TellAsync(ParcelReference.Of(order, 1), "collected");
        await shop.Carrier.DeliverAsync(Stop);

        shop.Calls.Reset();
        (await shop.Host.DrainQueuesAsync(Stop)).ShouldBe(1);
        // Receive, read, replace, list, delete.
        var polls = shop.Calls.Calls.Count(call => call.StartsWith("GET ", StringComparison.Ordinal) && call.EndsWith("/messages", StringComparison.Ordinal));
        (shop.Calls.Calls.Count - polls + 1).ShouldBe(5, string.Join('\n', shop.Calls.Calls));
    }

    [Theory]
    [InlineData("2026-11-19T12:00:00Z", false)]
    [InlineData("2027-11-19T12:00:00Z", false)]
    [InlineData("2026-11-21T12:00:00Z", true)]
    public void A_date_that_cannot_be_is_left_out_and_the_event_counts(string expectedBy, bool isKept)
    {
        var at = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        var body = $$"""{"id":"e1","reference":"{{new string('0', 26)}}-1","kind":"in_transit","at":"{{at:O}}","expectedBy":"{{expectedBy}}"}""";
        var told = CarrierReport.Read(Encoding.UTF8.GetBytes(body), "parcelco", at).Event.ShouldNotBeNull();
        told.ExpectedBy.ShouldBe(isKept ? at.AddDays(1) : null);
    }

    /// <summary>Whatever stands in the header, it is read or refused, and only the right signature is good.</summary>
    [Theory]
    [InlineData("t={t},v1={s}", true)]
    [InlineData("v1={s}, t={t}", true)]
    [InlineData("t={t},v1=00,v1={s}", true)]
    [InlineData("t={t},v1={S}", true)]
    [InlineData("t={t},v0={s}", false)]
    [InlineData("t={t}", false)]
    [InlineData("v1={s}", false)]
    [InlineData("t=-{t},v1={s}", false)]
    [InlineData("t=99999999999999,v1={s}", false)]
    [InlineData("t={t},v1={s}0", false)]
    [InlineData("t={t},v1=zz", false)]
    [InlineData("t={t},a,a,a,a,a,a,a,a,a,a,v1={s}", false)]
    [InlineData("", false)]
    public void A_signature_is_good_only_as_carriers_are_told_to_write_it(string header, bool isGood)
    {
        var (now, body) = (DateTimeOffset.FromUnixTimeSeconds(1_790_000_000), Encoding.UTF8.GetBytes("{}"));
        var signature = Convert.ToHexStringLower(CarrierSignature.Compute(Secret, now.ToUnixTimeSeconds(), body));
        var filled = header.Replace("{t}", "1790000000", StringComparison.Ordinal).Replace("{s}", signature, StringComparison.Ordinal).Replace("{S}", signature.ToUpperInvariant(), StringComparison.Ordinal);
        CarrierSignature.IsGood(filled, body, ["another", Secret], now).ShouldBe(isGood);
        CarrierSignature.IsGood(filled, body, ["another"], now).ShouldBeFalse();
        CarrierSignature.IsGood(filled, "{ }"u8, [Secret], now).ShouldBeFalse();
        CarrierSignature.IsGood(filled, body, [Secret], now.AddMinutes(6)).ShouldBeFalse();
        CarrierSignature.IsGood(filled, body, [Secret], now.AddMinutes(-6)).ShouldBeFalse();
    }

    private static IEnumerable<string> Kinds(System.Text.Json.Nodes.JsonNode tracking, int parcel) => tracking["events"]!.AsArray()
        .Where(step => step!["shipment"]?.GetValue<int>() == parcel).Select(step => step!["kind"]!.GetValue<string>());
}
