using System.Net;
using System.Text;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Payments.Stripe;

/// <summary>Only what Stripe has signed, lately, byte for byte, is listened to.</summary>
public sealed class WebhookSignatureTests(OneShop one) : IClassFixture<OneShop>
{
    private const string Event = """{"id":"evt_1","object":"event","type":"customer.created","api_version":"2024-01-01","livemode":false,"data":{"object":{}}}""";

    private RunningShop Shop => one.Shop;

    [Fact]
    public async Task A_body_with_one_byte_changed_is_turned_away()
    {
        var signature = Webhook.Sign(Shop, Event);
        var bytes = Encoding.UTF8.GetBytes(Event);
        for (var i = 0; i < bytes.Length; i += 17)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 1;
            await RefusedAsync(changed, signature);
        }

        await RefusedAsync([.. bytes, (byte)' '], signature);
        await RefusedAsync(bytes[..^1], signature);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("t=")]
    [InlineData("t=abc,v1=abc")]
    [InlineData("t=99999999999999999999,v1=00")]
    [InlineData("t=-1,v1=00")]
    [InlineData("v1=00")]
    [InlineData("t=1700000000")]
    [InlineData("=,=,=")]
    [InlineData(",,,,")]
    [InlineData("t=1,t=2,v1=00,v1=11,v0=22")]
    public async Task A_header_that_is_none_is_turned_away(string signature) => await RefusedAsync(Encoding.UTF8.GetBytes(Event), signature);

    [Fact]
    public async Task A_missing_header_is_turned_away()
    {
        Shop.Calls.Reset();
        await (await Shop.Anonymous().CallAsync("POST", Webhook.Path, Call.Json(Event))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "bad-signature");
        Shop.Calls.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_signature_with_a_foreign_secret_or_of_the_test_scheme_is_turned_away()
    {
        var bytes = Encoding.UTF8.GetBytes(Event);
        await RefusedAsync(bytes, Webhook.Sign(Shop, Event, "whsec_of_somebody_else"));
        await RefusedAsync(bytes, Webhook.Sign(Shop, Event, ""));
        await RefusedAsync(bytes, Webhook.Sign(Shop, Event).Replace("v1=", "v0=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_old_signature_is_turned_away_and_a_recent_one_is_not()
    {
        await RefusedAsync(Encoding.UTF8.GetBytes(Event), Webhook.Sign(Shop, Event, age: TimeSpan.FromMinutes(6)));
        (await Webhook.DeliverAsync(Shop, Event, Webhook.Sign(Shop, Event, age: TimeSpan.FromMinutes(4)))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_body_that_is_not_utf8_is_turned_away()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Event), 0xC3, 0x28];
        // Whoever reads it leniently would find this signature right.
        await RefusedAsync(bytes, Webhook.Sign(Shop, Encoding.UTF8.GetString(bytes)));
    }

    [Fact]
    public async Task A_body_beyond_256_kib_is_too_large_and_one_within_is_not()
    {
        var room = (256 * 1024) - Event.Length;
        var largest = Event + new string(' ', room);
        (await Webhook.DeliverAsync(Shop, largest)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await Webhook.DeliverAsync(Shop, largest + " ")).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task A_body_beyond_256_kib_whose_length_is_not_told_is_too_large()
    {
        var content = new StreamContent(new Unmeasured(300 * 1024));
        (await Shop.Anonymous().CallAsync("POST", Webhook.Path, content, ("Stripe-Signature", "t=1,v1=00"), ("Transfer-Encoding", "chunked")))
            .StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Another_method_is_told_which_one_it_takes(string method) =>
        await (await Shop.Anonymous().CallAsync(method, Webhook.Path)).ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");

    private async Task RefusedAsync(byte[] body, string signature)
    {
        Shop.Calls.Reset();
        var response = await Shop.Anonymous().CallAsync("POST", Webhook.Path, Call.Json(body), ("Stripe-Signature", signature));
        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "bad-signature");
        Shop.Calls.Calls.ShouldBeEmpty();
    }

    private sealed class Unmeasured(int length) : MemoryStream(new byte[length])
    {
        public override bool CanSeek => false;
    }
}
