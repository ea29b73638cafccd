using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Local.Stripe;

namespace Shop.Local.Tests.Stripe;

public sealed class WebhookTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_is_signed_over_the_bytes_that_were_sent_once_for_each_secret()
    {
        await using var stripe = await SandboxUnderTest.StartAsync(secrets: ["whsec_new", "whsec_old"]);
        await stripe.PaidAsync();
        await stripe.Sandbox.DeliverAsync(Cancellation);

        foreach (var received in stripe.Receiver.Drain())
        {
            var (time, signatures, v0) = Parse(received.Signature);
            time.ShouldBe(stripe.Clock.GetUtcNow().ToUnixTimeSeconds());
            signatures.ShouldBe([Sign("whsec_new", time, received.Body), Sign("whsec_old", time, received.Body)]);
            v0.ShouldNotBeNull();
            received.ContentType.ShouldBe("application/json; charset=utf-8");
        }
    }

    [Fact]
    public void The_signature_agrees_with_the_published_example()
    {
        WebhookSignature.Compute("{}", "whsec_test", 1700000000).ShouldBe("35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91");
    }

    [Fact]
    public async Task An_event_is_many_lines_of_json_with_the_whole_object()
    {
        await using var stripe = await SandboxUnderTest.StartAsync();
        var intent = await stripe.PaidAsync();
        await stripe.Sandbox.DeliverAsync(Cancellation);
        var body = stripe.Receiver.Drain()[3].Body;
        body.ShouldStartWith("{\n  \"id\": \"evt_");
        body.ShouldNotContain("\r");
        var json = JsonNode.Parse(body)!;
        ((string?)json["type"]).ShouldBe("checkout.session.completed");
        ((string?)json["api_version"]).ShouldBe(global::Stripe.StripeConfiguration.ApiVersion);
        ((string?)json["data"]!["object"]!["payment_intent"]).ShouldBe(intent);
        ((string?)json["data"]!["object"]!["client_reference_id"]).ShouldBe("order-1");
        ((JsonObject)json["data"]!["object"]!).ShouldNotContainKey("line_items");
        ((long)json["pending_webhooks"]!).ShouldBe(1);
    }

    [Fact]
    public async Task An_event_that_an_api_call_caused_names_the_call()
    {
        await using var stripe = await SandboxUnderTest.StartAsync();
        var refund = await stripe.PostAsync("/v1/refunds", $"payment_intent={await stripe.PaidAsync()}", "refund-1");
        var events = (await stripe.GetAsync("/v1/events?type=refund.created")).Succeeded();
        var request = ((JsonArray)events["data"]!).Single()!["request"]!;
        ((string?)request["id"]).ShouldBe(refund.Headers["Request-Id"]);
        ((string?)request["idempotency_key"]).ShouldBe("refund-1");
    }

    [Fact]
    public async Task A_refused_event_is_sent_again_and_is_in_the_list_as_undelivered_until_it_is_accepted()
    {
        await using var stripe = await SandboxUnderTest.StartAsync();
        var id = await stripe.SessionAsync();
        await stripe.Sandbox.ExpireSessionAsync(id);
        stripe.Receiver.Status = 503;
        (await stripe.Sandbox.DeliverAsync(Cancellation)).Single().Accepted.ShouldBeFalse();
        await UndeliveredAsync(stripe, 1);

        stripe.Receiver.Status = 302;
        (await stripe.Sandbox.DeliverAsync(Cancellation)).Single().Accepted.ShouldBeFalse();
        stripe.Receiver.Status = 200;
        stripe.Clock.Advance(TimeSpan.FromMinutes(10));
        var third = (await stripe.Sandbox.DeliverAsync(Cancellation)).Single();
        third.Attempt.ShouldBe(3);
        await UndeliveredAsync(stripe, 0);
        (await stripe.Sandbox.DeliverAsync(Cancellation)).ShouldBeEmpty();

        var received = stripe.Receiver.Drain();
        received.Select(one => one.Body).Distinct().Count().ShouldBe(1);
        Parse(received[2].Signature).Time.ShouldBe(stripe.Clock.GetUtcNow().ToUnixTimeSeconds());
    }

    [Fact]
    public async Task In_the_background_events_go_out_by_themselves_and_again_after_a_refusal()
    {
        await using var stripe = await SandboxUnderTest.StartAsync(SandboxMode.Automatic);
        var id = await stripe.SessionAsync();
        stripe.Receiver.Status = 500;
        await stripe.Sandbox.ExpireSessionAsync(id);
        await stripe.Receiver.NextAsync();
        while (stripe.Sandbox.Deliveries.Count == 0)
            await Task.Yield();
        stripe.Receiver.Status = 200;
        stripe.Clock.Advance(TimeSpan.FromSeconds(1));
        await stripe.Receiver.NextAsync();
        while (stripe.Sandbox.Events.Single().Delivery != EventDelivery.Delivered)
            await Task.Yield();
        stripe.Sandbox.Events.Single().Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task The_payment_page_sends_the_buyer_back_after_the_shop_has_answered_the_webhook()
    {
        await using var stripe = await SandboxUnderTest.StartAsync(SandboxMode.Automatic);
        var id = await stripe.SessionAsync();
        (await stripe.BrowseAsync($"/c/pay/{id}", ("outcome", "pay"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.SeeOther);
        stripe.Sandbox.Deliveries.ShouldContain(delivery => delivery.EventType == "checkout.session.completed" && delivery.Accepted);

        stripe.Sandbox.Faults.Add(new WebhookFault(WebhookFaultKind.Delay) { EventType = "checkout.session.completed" });
        var delayed = await stripe.SessionAsync();
        (await stripe.BrowseAsync($"/c/pay/{delayed}", ("outcome", "pay"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task In_the_background_sessions_expire_and_debits_settle_when_their_time_comes()
    {
        await using var stripe = await SandboxUnderTest.StartAsync(SandboxMode.Automatic);
        await stripe.SessionAsync();
        var debit = await stripe.SessionAsync();
        await stripe.Sandbox.PayAsync(debit, PaymentOutcome.SucceedsLater);
        stripe.Clock.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(stripe, "checkout.session.async_payment_succeeded");
        stripe.Clock.Advance(TimeSpan.FromHours(24));
        await UntilAsync(stripe, "checkout.session.expired");
        stripe.Sandbox.Sessions.Select(session => session.PaymentStatus).ShouldBe(["unpaid", "paid"]);
    }

    [Fact]
    public async Task Events_wait_while_there_is_no_webhook_address()
    {
        await using var stripe = await SandboxUnderTest.StartAsync();
        var address = stripe.Sandbox.WebhookUrl;
        stripe.Sandbox.WebhookUrl = null;
        await stripe.PaidAsync();
        (await stripe.Sandbox.DeliverAsync(Cancellation)).ShouldBeEmpty();
        stripe.Sandbox.WebhookUrl = address;
        (await stripe.Sandbox.DeliverAsync(Cancellation)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_shop_that_is_down_counts_as_a_failed_attempt()
    {
        await using var stripe = await SandboxUnderTest.StartAsync();
        await stripe.Sandbox.ExpireSessionAsync(await stripe.SessionAsync());
        stripe.Sandbox.WebhookUrl = new Uri("http://127.0.0.1:9/");
        var delivery = (await stripe.Sandbox.DeliverAsync(Cancellation)).Single();
        delivery.Status.ShouldBeNull();
        delivery.Error.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Events_are_listed_by_type_time_and_delivery()
    {
        await using var stripe = await SandboxUnderTest.StartAsync();
        await stripe.PaidAsync();
        var since = stripe.Clock.GetUtcNow().ToUnixTimeSeconds() + 60;
        stripe.Clock.Advance(TimeSpan.FromMinutes(1));
        await stripe.PaidAsync();
        async Task<int> Count(string query) => ((JsonArray)(await stripe.GetAsync($"/v1/events?limit=100{query}")).Succeeded()["data"]!).Count;
        (await Count("")).ShouldBe(10);
        (await Count($"&created[gte]={since}")).ShouldBe(5);
        (await Count($"&created[lt]={since}&type=payment_intent.*")).ShouldBe(2);
        (await Count("&types[0]=charge.updated&types[1]=checkout.session.completed")).ShouldBe(4);
        (await Count("&delivery_success=true")).ShouldBe(0);
        await stripe.Sandbox.DeliverAsync(Cancellation);
        (await Count("&delivery_success=true")).ShouldBe(10);
        stripe.Clock.Advance(TimeSpan.FromDays(31));
        (await Count("")).ShouldBe(0);
    }

    internal static async Task UndeliveredAsync(SandboxUnderTest stripe, int count)
    {
        var list = (await stripe.GetAsync("/v1/events?delivery_success=false")).Succeeded();
        ((JsonArray)list["data"]!).Count.ShouldBe(count);
    }

    private static async Task UntilAsync(SandboxUnderTest stripe, string type)
    {
        string? received;
        do
            received = (string?)JsonNode.Parse((await stripe.Receiver.NextAsync()).Body)!["type"];
        while (received != type);
    }

    internal static bool IsSigned(WebhookReceiver.Received received)
    {
        var (time, signatures, _) = Parse(received.Signature);
        return signatures.Contains(Sign(SandboxUnderTest.Secret, time, received.Body));
    }

    internal static (long Time, List<string> V1, string? V0) Parse(string header)
    {
        var parts = header.Split(',').Select(part => part.Split('=')).ToList();
        return (
            long.Parse(parts.Single(part => part[0] == "t")[1], System.Globalization.CultureInfo.InvariantCulture),
            [.. parts.Where(part => part[0] == "v1").Select(part => part[1])],
            parts.SingleOrDefault(part => part[0] == "v0")?[1]);
    }

    // Written again here on purpose: the sandbox's own code cannot vouch for itself.
    internal static string Sign(string secret, long time, string body)
    {
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        return Convert.ToHexString(hmac.ComputeHash(Encoding.UTF8.GetBytes($"{time}.{body}"))).ToLowerInvariant();
    }
}
