using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Local.PayPal;

namespace Shop.Local.Tests.PayPal;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string LeafName = "messageverificationcerts.sandbox.paypal.com";

    private PayPalUnderTest _paypal = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _paypal = await PayPalUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _paypal.DisposeAsync();

    [Theory]
    [InlineData("123456789", 3421780262)]
    [InlineData("test_string", 157791623)]
    [InlineData("{}", 2745614147)]
    [InlineData("", 0)]
    public void The_checksum_agrees_with_the_published_examples(string text, uint crc) => PayPalSignature.Crc32(Encoding.UTF8.GetBytes(text)).ShouldBe(crc);

    [Fact]
    public async Task A_delivery_is_signed_over_its_bytes_by_a_certificate_under_the_sandboxs_root()
    {
        await _paypal.CapturedAsync();
        await _paypal.Sandbox.DeliverAsync(Stop);
        var received = _paypal.Receiver.Drain();
        received.Count.ShouldBe(3);
        foreach (var one in received)
        {
            using var leaf = await LeafAsync(one);
            leaf.MatchesHostname(LeafName).ShouldBeTrue();
            IsTrusted(leaf).ShouldBeTrue();
            IsSigned(one, leaf).ShouldBeTrue();
            one.Headers["PAYPAL-AUTH-ALGO"].ShouldBe("SHA256withRSA");
        }
    }

    [Fact]
    public async Task An_event_is_one_line_with_an_empty_object_and_letters_beyond_ascii()
    {
        await _paypal.Sandbox.ApproveAsync(await _paypal.OrderAsync());
        await _paypal.Sandbox.DeliverAsync(Stop);
        var body = _paypal.Receiver.Drain().Single().Body;
        body.ShouldNotContain("\n");
        body.ShouldContain("{}");
        body.ShouldContain("Zoë");
        var json = JsonNode.Parse(body)!;
        ((string?)json["id"]).ShouldStartWith("WH-");
        ((string?)json["event_type"]).ShouldBe("CHECKOUT.ORDER.APPROVED");
        ((string?)json["resource_type"]).ShouldBe("checkout-order");
        ((string?)json["resource"]!["status"]).ShouldBe("APPROVED");
        ((string?)json["resource"]!["purchase_units"]![0]!["custom_id"]).ShouldBe("order-1");
    }

    [Fact]
    public async Task A_capture_names_its_order_in_related_ids_and_in_a_link()
    {
        await _paypal.CapturedAsync();
        await _paypal.Sandbox.DeliverAsync(Stop);
        var resource = JsonNode.Parse(_paypal.Receiver.Drain()[1].Body)!["resource"]!;
        var order = _paypal.Sandbox.Orders.Single().Id;
        ((string?)resource["supplementary_data"]!["related_ids"]!["order_id"]).ShouldBe(order);
        ((JsonArray)resource["links"]!).Select(link => (string)link!["href"]!).ShouldContain(href => href.EndsWith($"/orders/{order}"));
        ((string?)resource["custom_id"]).ShouldBe("order-1");
    }

    [Fact]
    public async Task A_refused_delivery_is_repeated_with_the_same_event_under_another_transmission()
    {
        await ApprovedAsync();
        _paypal.Receiver.Status = 500;
        (await _paypal.Sandbox.DeliverAsync(Stop)).Single().Accepted.ShouldBeFalse();
        _paypal.Receiver.Status = 200;
        (await _paypal.Sandbox.DeliverAsync(Stop)).Single().Attempt.ShouldBe(2);
        (await _paypal.Sandbox.DeliverAsync(Stop)).ShouldBeEmpty();
        var received = _paypal.Receiver.Drain();
        received.Select(one => one.Body).Distinct().Count().ShouldBe(1);
        received.Select(one => one.Headers["PAYPAL-TRANSMISSION-ID"]).Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(WebhookFaultKind.WrongSignature)]
    [InlineData(WebhookFaultKind.WrongWebhookId)]
    public async Task A_wrong_signature_is_wrong(WebhookFaultKind kind)
    {
        var received = await WithFaultAsync(kind);
        using var leaf = await LeafAsync(received);
        IsSigned(received, leaf).ShouldBeFalse();
        (await VerifiedByPayPalAsync(received)).ShouldBe("FAILURE");
    }

    [Fact]
    public async Task A_foreign_certificate_has_the_name_and_not_the_root()
    {
        var received = await WithFaultAsync(WebhookFaultKind.ForeignCertificate);
        using var leaf = await LeafAsync(received);
        leaf.MatchesHostname(LeafName).ShouldBeTrue();
        IsTrusted(leaf).ShouldBeFalse();
        (await VerifiedByPayPalAsync(received)).ShouldBe("FAILURE");
    }

    [Theory]
    [InlineData(WebhookFaultKind.ForeignCertificateHost, "https://api.sandbox.paypal.com.example.net/")]
    [InlineData(WebhookFaultKind.HttpCertificateUrl, "http://api.sandbox.paypal.com/")]
    public async Task The_address_of_the_certificate_may_be_wrong(WebhookFaultKind kind, string beginning)
    {
        var received = await WithFaultAsync(kind);
        received.Headers["PAYPAL-CERT-URL"].ShouldStartWith(beginning);
        (await VerifiedByPayPalAsync(received)).ShouldBe("FAILURE");
    }

    [Fact]
    public async Task Paypal_verifies_what_it_sent_as_it_sent_it_and_nothing_else()
    {
        await ApprovedAsync();
        await _paypal.Sandbox.DeliverAsync(Stop);
        var received = _paypal.Receiver.Drain().Single();
        (await VerifiedByPayPalAsync(received)).ShouldBe("SUCCESS");
        (await VerifiedByPayPalAsync(received, received.Body.Replace("{}", "[]", StringComparison.Ordinal))).ShouldBe("FAILURE");
        (await VerifiedByPayPalAsync(received, webhookId: "1AB23456CD789012E")).ShouldBe("FAILURE");
    }

    [Fact]
    public async Task Duplicates_arrive_together()
    {
        _paypal.Sandbox.Faults.Add(new WebhookFault(WebhookFaultKind.Duplicate) { Copies = 3 });
        await ApprovedAsync();
        (await _paypal.Sandbox.DeliverAsync(Stop)).Count.ShouldBe(3);
        _paypal.Receiver.Drain().Select(one => one.Body).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void A_fault_of_the_other_provider_is_refused() =>
        Should.Throw<ArgumentException>(() => _paypal.Sandbox.Faults.Add(new WebhookFault(WebhookFaultKind.OtherApiVersion)));

    [Fact]
    public async Task Events_are_listed_newest_first_by_time_in_pages_that_lead_to_each_other()
    {
        await _paypal.CapturedAsync();
        var since = _paypal.Clock.GetUtcNow().AddMinutes(1);
        _paypal.Clock.Advance(TimeSpan.FromMinutes(1));
        await _paypal.CapturedAsync(invoice: "S-1002");
        var all = await ListAsync("/v1/notifications/webhooks-events?page_size=2");
        all.Count.ShouldBe(6);
        all.ShouldBe(_paypal.Sandbox.Events.Select(e => e.Id).Reverse());
        (await ListAsync($"/v1/notifications/webhooks-events?page_size=2&start_time={since:yyyy-MM-dd'T'HH:mm:ss'Z'}")).ShouldBe(all[..3]);
        (await ListAsync($"/v1/notifications/webhooks-events?end_time={since.AddSeconds(-1):yyyy-MM-dd'T'HH:mm:ss'Z'}")).ShouldBe(all[3..]);
        (await ListAsync("/v1/notifications/webhooks-events?event_type=PAYMENT.CAPTURE.COMPLETED")).Count.ShouldBe(2);
        (await _paypal.GetAsync("/v1/notifications/webhooks-events?page_size=0")).Failed(400, "INVALID_PARAMETER_VALUE");
    }

    [Fact]
    public async Task A_dropped_event_is_in_the_list_and_comes_when_it_is_asked_for()
    {
        _paypal.Sandbox.Faults.Add(new WebhookFault(WebhookFaultKind.Drop));
        await ApprovedAsync();
        (await _paypal.Sandbox.DeliverAsync(Stop)).ShouldBeEmpty();
        var id = (await ListAsync("/v1/notifications/webhooks-events")).Single();
        ((string?)(await _paypal.GetAsync($"/v1/notifications/webhooks-events/{id}")).Json["event_type"]).ShouldBe("CHECKOUT.ORDER.APPROVED");
        (await _paypal.PostAsync($"/v1/notifications/webhooks-events/{id}/resend", "{}")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await _paypal.Sandbox.DeliverAsync(Stop)).Single().EventId.ShouldBe(id);
    }

    private async Task ApprovedAsync() => await _paypal.Sandbox.ApproveAsync(await _paypal.OrderAsync());

    private async Task<WebhookReceiver.Received> WithFaultAsync(WebhookFaultKind kind)
    {
        _paypal.Sandbox.Faults.Add(new WebhookFault(kind));
        await ApprovedAsync();
        await _paypal.Sandbox.DeliverAsync(Stop);
        return _paypal.Receiver.Drain().Single();
    }

    private async Task<List<string>> ListAsync(string path)
    {
        var ids = new List<string>();
        for (string? next = path; next is not null;)
        {
            var page = (await _paypal.GetAsync(next)).Json;
            ids.AddRange(((JsonArray)page["events"]!).Select(e => (string)e!["id"]!));
            var link = ((JsonArray)page["links"]!).SingleOrDefault(link => (string?)link!["rel"] == "next");
            next = link is null ? null : new Uri((string)link["href"]!).PathAndQuery;
        }

        return ids;
    }

    private async Task<X509Certificate2> LeafAsync(WebhookReceiver.Received received)
    {
        var url = new Uri(received.Headers["PAYPAL-CERT-URL"]);
        url.Host.ShouldBe("api.sandbox.paypal.com");
        var pem = await (await _paypal.BrowseAsync(url.PathAndQuery)).Content.ReadAsStringAsync(Stop);
        pem.ShouldContain("\r\n");
        return X509Certificate2.CreateFromPem(pem);
    }

    // Written again here on purpose: the sandbox's own code cannot vouch for itself.
    private bool IsTrusted(X509Certificate2 leaf)
    {
        using var root = X509Certificate2.CreateFromPem(_paypal.Sandbox.RootCertificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _paypal.Clock.GetUtcNow().UtcDateTime;
        return chain.Build(leaf);
    }

    private static bool IsSigned(WebhookReceiver.Received received, X509Certificate2 leaf)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var one in Encoding.UTF8.GetBytes(received.Body))
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }

        var message = $"{received.Headers["PAYPAL-TRANSMISSION-ID"]}|{received.Headers["PAYPAL-TRANSMISSION-TIME"]}|{PayPalUnderTest.WebhookId}|{~crc}";
        var signature = Convert.FromBase64String(received.Headers["PAYPAL-TRANSMISSION-SIG"]);
        using var key = leaf.GetRSAPublicKey()!;
        return key.VerifyData(Encoding.UTF8.GetBytes(message), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private async Task<string?> VerifiedByPayPalAsync(WebhookReceiver.Received received, string? body = null, string webhookId = PayPalUnderTest.WebhookId)
    {
        string Header(string name) => System.Text.Json.JsonSerializer.Serialize(received.Headers[name]);
        var json = $$"""
            {"auth_algo":{{Header("PAYPAL-AUTH-ALGO")}},"cert_url":{{Header("PAYPAL-CERT-URL")}},"transmission_id":{{Header("PAYPAL-TRANSMISSION-ID")}},
            "transmission_sig":{{Header("PAYPAL-TRANSMISSION-SIG")}},"transmission_time":{{Header("PAYPAL-TRANSMISSION-TIME")}},
            "webhook_id":"{{webhookId}}","webhook_event":{{body ?? received.Body}}}
            """;
        return (string?)(await _paypal.PostAsync("/v1/notifications/verify-webhook-signature", json)).Json["verification_status"];
    }
}
