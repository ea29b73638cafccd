namespace Shop.Local.Tests.Stripe;

/// <summary>A provider that is wholly away, of both kinds, for what is away is the same for all of them.</summary>
public sealed class OutageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_it_is_away_connections_break_and_events_wait_and_then_all_is_as_before()
    {
        await using var stripe = await SandboxUnderTest.StartAsync();
        var session = await stripe.SessionAsync();
        await stripe.Sandbox.ExpireSessionAsync(session);
        await stripe.SendAsync(HttpMethod.Post, "/sandbox/outage", "seconds=20");

        await Should.ThrowAsync<HttpRequestException>(() => stripe.SendAsync(HttpMethod.Get, $"/v1/checkout/sessions/{session}"));
        (await stripe.Sandbox.DeliverAsync(Cancellation)).ShouldBeEmpty();

        stripe.Clock.Advance(TimeSpan.FromSeconds(20));
        ((int)(await stripe.SendAsync(HttpMethod.Get, $"/v1/checkout/sessions/{session}")).Status).ShouldBe(200);
        (await stripe.Sandbox.DeliverAsync(Cancellation)).ShouldHaveSingleItem().Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task It_can_be_called_back_and_what_waited_goes_out_by_itself()
    {
        await using var stripe = await SandboxUnderTest.StartAsync(Shop.Local.Sandboxes.SandboxMode.Automatic);
        var session = await stripe.SessionAsync();
        stripe.Sandbox.BeAway(TimeSpan.FromHours(1));
        await stripe.Sandbox.ExpireSessionAsync(session);
        stripe.Sandbox.Deliveries.ShouldBeEmpty();

        stripe.Sandbox.BeAway(TimeSpan.Zero);
        await stripe.Receiver.NextAsync();
    }

    [Fact]
    public async Task An_outage_without_a_length_is_refused()
    {
        await using var stripe = await SandboxUnderTest.StartAsync();
        ((int)(await stripe.SendAsync(HttpMethod.Post, "/sandbox/outage")).Status).ShouldBe(400);
    }
}
