using System.Net;
using System.Text;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>Only what PayPal has signed for this shop, byte for byte, is listened to; and nothing is fetched that a stranger names.</summary>
public sealed class PayPalSignatureTests(PayPalShop one) : IClassFixture<PayPalShop>
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(PayPalSigner.Event);

    private RunningShop Shop => one.Shop;

    [Theory]
    [InlineData("123456789", 3421780262)]
    [InlineData("test_string", 157791623)]
    [InlineData("{}", 2745614147)]
    [InlineData("", 0)]
    public void The_checksum_is_the_one_of_ieee(string text, uint expected) => PayPalSignature.Crc32(Encoding.UTF8.GetBytes(text)).ShouldBe(expected);

    [Theory]
    [InlineData(PayPalSigner.WebhookId)]
    [InlineData("WEBHOOK2")]
    public async Task What_is_signed_for_one_of_our_webhooks_is_taken_however_old_it_is(string webhookId) =>
        (await Shop.DeliverAsync(Bytes, PayPalSigner.Sign(Bytes, webhookId))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("WEBHOOK3")]
    [InlineData("WEBHOOK_ID")]
    [InlineData("")]
    public async Task What_is_signed_for_another_webhook_is_turned_away(string webhookId) => await RefusedAsync(Bytes, PayPalSigner.Sign(Bytes, webhookId));

    [Fact]
    public async Task A_body_with_one_byte_changed_is_turned_away()
    {
        var headers = PayPalSigner.Sign(Bytes);
        for (var i = 0; i < Bytes.Length; i += 17)
        {
            var changed = (byte[])Bytes.Clone();
            changed[i] ^= 1;
            await RefusedAsync(changed, headers);
        }

        await RefusedAsync([.. Bytes, (byte)' '], headers);
        await RefusedAsync(Bytes[..^1], headers);
        await RefusedAsync([], headers);
    }

    [Theory]
    [InlineData("PAYPAL-TRANSMISSION-ID")]
    [InlineData("PAYPAL-TRANSMISSION-TIME")]
    [InlineData("PAYPAL-TRANSMISSION-SIG")]
    [InlineData("PAYPAL-CERT-URL")]
    [InlineData("PAYPAL-AUTH-ALGO")]
    public async Task Each_header_counts(string name)
    {
        var headers = PayPalSigner.Sign(Bytes);
        await NothingFetchedAsync(() => RefusedAsync(Bytes, headers.Where(header => header.Key != name).ToDictionary()));
        await RefusedAsync(Bytes, new Dictionary<string, string>(headers) { [name] = headers[name][..^1] + (headers[name][^1] == 'A' ? 'B' : 'A') });
        await RefusedAsync(Bytes, new Dictionary<string, string>(headers) { [name] = new string('A', 2000) });
        await RefusedAsync(Bytes, new Dictionary<string, string>(headers) { [name] = "" });
    }

    [Theory]
    [InlineData("SHA1withRSA")]
    [InlineData("MD5withRSA")]
    [InlineData("SHA256withECDSA")]
    [InlineData("none")]
    [InlineData("sha256withrsa")]
    public Task The_sender_does_not_choose_the_algorithm(string algorithm) =>
        NothingFetchedAsync(() => RefusedAsync(Bytes, new Dictionary<string, string>(PayPalSigner.Sign(Bytes)) { ["PAYPAL-AUTH-ALGO"] = algorithm }));

    [Theory]
    [InlineData("http://api.sandbox.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.sandbox.paypal.com.example.net/v1/notifications/certs/CERT-1")]
    [InlineData("https://evil.example/v1/notifications/certs/CERT-1")]
    [InlineData("https://evil.example/https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://x.api.sandbox.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://apixsandbox.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.sandbox.paypal.com:8443/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.sandbox.paypal.com@evil.example/v1/notifications/certs/CERT-1")]
    [InlineData("https://user:pass@api.sandbox.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://evil.example#@api.sandbox.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://evil.example\\@api.sandbox.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.sandbox.paypal.com\\@evil.example/v1/notifications/certs/CERT-1")]
    [InlineData("https://api.sandbox.paypal.com/v1/notifications/certs/")]
    [InlineData("https://api.sandbox.paypal.com/v1/notifications/certs")]
    [InlineData("https://api.sandbox.paypal.com/v1/notifications/certs/../../../evil/CERT-1")]
    [InlineData("https://api.sandbox.paypal.com/v1/notifications/certs/%2e%2e/%2e%2e/CERT-1")]
    [InlineData("https://api.sandbox.paypal.com/v1/notifications/certs/a/CERT-1")]
    [InlineData("https://api.sandbox.paypal.com/v1/notifications/webhooks/CERT-1")]
    [InlineData("https://api.sandbox.paypal.com/V1/Notifications/Certs/CERT-1")]
    [InlineData("https://127.0.0.1/v1/notifications/certs/CERT-1")]
    [InlineData("https://[::1]/v1/notifications/certs/CERT-1")]
    [InlineData("//api.sandbox.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://api.sandbox.paypal.com/v1/notifications/certs/CERT-1")]
    [InlineData("/v1/notifications/certs/CERT-1")]
    [InlineData("CERT-1")]
    public Task Nothing_is_fetched_from_anywhere_but_paypals_own_hosts(string url) =>
        NothingFetchedAsync(() => RefusedAsync(Bytes, new Dictionary<string, string>(PayPalSigner.Sign(Bytes)) { ["PAYPAL-CERT-URL"] = url }));

    [Theory]
    [InlineData("https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270", true, true)]
    [InlineData("https://api-m.paypal.com/v1/notifications/certs/CERT-360caa42", true, true)]
    [InlineData("https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42", true, false)]
    [InlineData("https://api.paypal.com:443/v1/notifications/certs/CERT-360caa42", true, true)]
    [InlineData("https://API.PayPal.com/v1/notifications/certs/CERT-360caa42", true, true)]
    [InlineData("https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42", false, true)]
    [InlineData("https://api-m.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42", false, true)]
    [InlineData("https://api.paypal.com/v1/notifications/certs/CERT-360caa42", false, false)]
    public void Real_money_and_play_money_have_hosts_of_their_own(string url, bool live, bool allowed) =>
        (PayPalSignature.CertificateUrl(url, live) is not null).ShouldBe(allowed);

    [Fact]
    public async Task A_body_beyond_256_kib_is_too_large_and_one_within_is_not()
    {
        var largest = PayPalSigner.Event + new string(' ', (256 * 1024) - PayPalSigner.Event.Length);
        (await Shop.DeliverAsync(largest)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await Shop.DeliverAsync(largest + " ")).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    private async Task NothingFetchedAsync(Func<Task> act)
    {
        one.Host.Forget();
        await act();
        one.Host.Asked.ShouldBeEmpty();
    }

    private async Task RefusedAsync(byte[] body, IReadOnlyDictionary<string, string> headers)
    {
        Shop.Calls.Reset();
        await (await Shop.DeliverAsync(body, headers)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "bad-signature");
        Shop.Calls.Calls.ShouldNotContain(call => call.Contains("/messages", StringComparison.Ordinal));
    }
}
