using System.Text.Json.Nodes;

namespace Shop.Local.Tests.Stripe;

/// <summary>Deliveries that go wrong because a fault says so.</summary>
public sealed class WebhookFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Duplicates_are_the_same_event_several_times()
    {
        await using var stripe = await ExpiredAsync(new WebhookFault(WebhookFaultKind.Duplicate) { Copies = 5 });
        (await stripe.Sandbox.DeliverAsync(Cancellation)).Count.ShouldBe(5);
        var received = stripe.Receiver.Drain();
        received.Count.ShouldBe(5);
        received.Select(one => (one.Body, one.Signature)).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Shuffled_events_all_arrive_in_another_order()
    {
        await using var stripe = await SandboxUnderTest.StartAsync();
        await stripe.PaidAsync();
        var order = stripe.Sandbox.Events.Select(e => e.Type).ToList();
        stripe.Sandbox.Faults.Add(new WebhookFault(WebhookFaultKind.Shuffle));
        var delivered = await stripe.DeliveredTypesAsync();
        delivered.ShouldNotBe(order);
        delivered.ShouldBe(order, ignoreOrder: true);
    }

    [Fact]
    public async Task A_delayed_event_waits_for_the_clock()
    {
        await using var stripe = await ExpiredAsync(new WebhookFault(WebhookFaultKind.Delay) { Delay = TimeSpan.FromMinutes(3) });
        (await stripe.Sandbox.DeliverAsync(Cancellation)).ShouldBeEmpty();
        stripe.Clock.Advance(TimeSpan.FromMinutes(3));
        (await stripe.Sandbox.DeliverAsync(Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_dropped_event_never_arrives_and_is_found_in_the_list()
    {
        await using var stripe = await ExpiredAsync(new WebhookFault(WebhookFaultKind.Drop) { EventType = "checkout.session.expired" });
        (await stripe.Sandbox.DeliverAsync(Cancellation)).ShouldBeEmpty();
        (await stripe.Sandbox.DeliverAsync(Cancellation)).ShouldBeEmpty();
        await WebhookTests.UndeliveredAsync(stripe, 1);
        (await stripe.Sandbox.DeliverAsync(stripe.Sandbox.Events.Single().Id, Cancellation)).Single().Accepted.ShouldBeTrue();
        await WebhookTests.UndeliveredAsync(stripe, 0);
    }

    [Fact]
    public async Task Of_every_two_events_the_first_is_dropped()
    {
        await using var stripe = await ExpiredAsync(new WebhookFault(WebhookFaultKind.Drop) { Times = 100, Every = 2 });
        for (var more = 0; more < 3; more++) await stripe.Sandbox.ExpireSessionAsync(await stripe.SessionAsync());
        await stripe.Sandbox.DeliverAsync(Cancellation);
        stripe.Sandbox.Events.Select(raised => raised.Delivery)
            .ShouldBe([EventDelivery.Dropped, EventDelivery.Delivered, EventDelivery.Dropped, EventDelivery.Delivered]);
    }

    [Fact]
    public async Task A_wrong_signature_is_wrong_and_the_next_attempt_is_right()
    {
        await using var stripe = await ExpiredAsync(new WebhookFault(WebhookFaultKind.WrongSignature));
        stripe.Receiver.Status = 400;
        await stripe.Sandbox.DeliverAsync(Cancellation);
        await stripe.Sandbox.DeliverAsync(Cancellation);
        stripe.Receiver.Drain().Select(WebhookTests.IsSigned).ShouldBe([false, true]);
    }

    [Fact]
    public async Task An_old_timestamp_is_rightly_signed_and_an_hour_old()
    {
        await using var stripe = await ExpiredAsync(new WebhookFault(WebhookFaultKind.OldTimestamp));
        await stripe.Sandbox.DeliverAsync(Cancellation);
        var received = stripe.Receiver.Drain().Single();
        WebhookTests.IsSigned(received).ShouldBeTrue();
        WebhookTests.Parse(received.Signature).Time.ShouldBe(stripe.Clock.GetUtcNow().AddHours(-1).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Two_signatures_are_a_foreign_one_and_the_right_one()
    {
        await using var stripe = await ExpiredAsync(new WebhookFault(WebhookFaultKind.TwoSignatures));
        await stripe.Sandbox.DeliverAsync(Cancellation);
        var received = stripe.Receiver.Drain().Single();
        var (time, signatures, _) = WebhookTests.Parse(received.Signature);
        signatures.Count.ShouldBe(2);
        signatures[0].ShouldNotBe(WebhookTests.Sign(SandboxUnderTest.Secret, time, received.Body));
        signatures[1].ShouldBe(WebhookTests.Sign(SandboxUnderTest.Secret, time, received.Body));
    }

    [Fact]
    public async Task Another_api_version_is_in_the_signed_body()
    {
        await using var stripe = await ExpiredAsync(new WebhookFault(WebhookFaultKind.OtherApiVersion));
        await stripe.Sandbox.DeliverAsync(Cancellation);
        var received = stripe.Receiver.Drain().Single();
        WebhookTests.IsSigned(received).ShouldBeTrue();
        ((string?)JsonNode.Parse(received.Body)!["api_version"]).ShouldBe("2025-11-17.clover");
    }

    private static async Task<SandboxUnderTest> ExpiredAsync(WebhookFault fault)
    {
        var stripe = await SandboxUnderTest.StartAsync();
        stripe.Sandbox.Faults.Add(fault);
        await stripe.Sandbox.ExpireSessionAsync(await stripe.SessionAsync());
        return stripe;
    }
}
