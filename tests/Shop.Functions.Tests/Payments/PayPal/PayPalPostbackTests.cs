using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>The configured alternative: PayPal itself is asked whether it has sent a delivery.</summary>
public sealed class PayPalPostbackTests(StorageEmulator emulator)
{
    private const string Verify = "/v1/notifications/verify-webhook-signature";

    /// <summary>What is lost when a body is written anew: spaces, an order of members, 1.0, an empty object, an escape.</summary>
    private const string Odd = """{ "event_type":"VAULT.CREDIT-CARD.CREATED","id":"WH-1", "amount": 1.0, "x":{}, "name":"Zo\u00eb \/ é","create_time":"2026-11-20T12:00:00Z","resource":{}}""";

    [Theory]
    [InlineData("SUCCESS", HttpStatusCode.OK)]
    [InlineData("FAILURE", HttpStatusCode.BadRequest)]
    [InlineData("success", HttpStatusCode.BadRequest)]
    public async Task PayPals_word_decides_and_the_body_reaches_it_byte_for_byte(string word, HttpStatusCode expected)
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        host.Answers[Verify] = context => context.Response.WriteAsync($$"""{"verification_status":"{{word}}"}""");
        (await shop.DeliverAsync(Odd)).StatusCode.ShouldBe(expected);

        var asked = host.Asked.Where(one => one.Call == $"POST {Verify}").ToList();
        asked.Count.ShouldBe(word == "SUCCESS" ? 1 : 2, "once for each of our webhooks");
        asked[0].Body.ShouldEndWith($"\"webhook_event\":{Odd}}}");
        var request = JsonNode.Parse(asked[0].Body)!;
        request["webhook_id"]!.GetValue<string>().ShouldBe(PayPalSigner.WebhookId);
        request["auth_algo"]!.GetValue<string>().ShouldBe("SHA256withRSA");
        request["transmission_id"]!.GetValue<string>().ShouldBe("69cd13f0-d67a-11e5-baa3-778b53f4ae55");
        host.Asked.ShouldNotContain(one => one.Call.Contains("/certs/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task While_paypal_does_not_answer_the_delivery_is_to_come_again(int status)
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        host.Answers[Verify] = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        (await shop.DeliverAsync(Odd)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        // A key that is refused is for somebody to put right, at once.
        shop.Log.Entries.Any(entry => entry.Level == LogLevel.Critical && entry.Text.StartsWith($"paypal does not let this shop do that: {status}", StringComparison.Ordinal))
            .ShouldBe(status is 401 or 403);
    }

    [Fact]
    public async Task What_could_put_words_into_the_request_does_not_reach_paypal()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        host.Answers[Verify] = context => context.Response.WriteAsync("""{"verification_status":"SUCCESS"}""");
        foreach (var body in (string[])["""{},"webhook_id":"OTHER" """, "", "{", "not json"])
        {
            (await shop.DeliverAsync(body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            host.Asked.ShouldNotContain(one => one.Call == $"POST {Verify}");
        }

        var bytes = Encoding.UTF8.GetBytes(Odd);
        var headers = PayPalSigner.Sign(bytes);
        headers["PAYPAL-CERT-URL"] = "https://evil.example/v1/notifications/certs/CERT-1";
        (await shop.DeliverAsync(bytes, headers)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        host.Asked.ShouldNotContain(one => one.Call == $"POST {Verify}");
    }

    [Fact]
    public async Task A_token_that_is_no_longer_good_is_replaced_and_a_good_one_is_kept()
    {
        await using var host = await PayPalHost.StartAsync();
        await using var shop = await StartAsync(host);
        var good = "Bearer token-1";
        host.Answers[Verify] = context =>
        {
            if (context.Request.Headers.Authorization != good)
            {
                context.Response.StatusCode = 401;
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync("""{"verification_status":"SUCCESS"}""");
        };
        (await shop.DeliverAsync(Odd)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await shop.DeliverAsync(Odd)).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Asked.Count(one => one.Call.EndsWith("/token", StringComparison.Ordinal)).ShouldBe(1);
        good = "Bearer token-2";
        (await shop.DeliverAsync(Odd)).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Asked.Count(one => one.Call.EndsWith("/token", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_payment_is_heard_of_in_this_way_too()
    {
        await using var shop = await RunningShop.StartAsync(emulator, new Dictionary<string, string?> { ["PayPal:Verification"] = "Postback" });
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("paid");
        shop.Calls.Calls.ShouldContain($"POST {Verify}");
    }

    private async Task<RunningShop> StartAsync(PayPalHost host)
    {
        var settings = host.Settings;
        settings["PayPal:Verification"] = "Postback";
        var tokens = 0;
        host.Answers["/v1/oauth2/token"] = context => context.Response.WriteAsync(
            $$"""{"access_token":"token-{{++tokens}}","token_type":"Bearer","expires_in":32400}""");
        return await RunningShop.StartAsync(emulator, settings);
    }
}
