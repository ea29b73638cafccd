using Shop.Local.Stripe;

namespace Shop.Local.Tests.Stripe;

public sealed class RestartTests
{
    [Fact]
    public async Task After_a_restart_sessions_payments_keys_and_undelivered_events_are_still_there()
    {
        using var data = new TemporaryDirectory();
        string open, intent;
        await using (var before = await SandboxUnderTest.StartAsync(data: data.Path))
        {
            intent = await before.PaidAsync();
            before.Receiver.Status = 500;
            await before.Sandbox.DeliverAsync(TestContext.Current.CancellationToken);
            open = (string)(await before.CreateSessionAsync("order-2/checkout")).Succeeded()["id"]!;
        }

        await using var after = await SandboxUnderTest.StartAsync(data: data.Path);
        after.Sandbox.Books.Single().PaymentIntentId.ShouldBe(intent);
        (await after.CreateSessionAsync("order-2/checkout")).Headers["Idempotent-Replayed"].ShouldBe("true");
        (await after.DeliveredTypesAsync()).Count.ShouldBe(5);
        (await after.Sandbox.PayAsync(open, PaymentOutcome.Succeeds)).PaymentStatus.ShouldBe("paid");
        (await after.SessionAsync()).ShouldNotBeOneOf([.. after.Sandbox.Sessions.SkipLast(1).Select(session => session.Id)]);
    }

    [Fact]
    public async Task What_was_answered_is_on_disk_without_a_clean_end()
    {
        using var data = new TemporaryDirectory();
        using var copy = new TemporaryDirectory();
        await using var running = await SandboxUnderTest.StartAsync(data: data.Path);
        var refund = await running.Sandbox.RefundAsync(await running.PaidAsync(), 700);
        await running.Sandbox.OpenDisputeAsync(await running.PaidAsync());
        // The state as a kill at this moment would leave it.
        File.Copy(Path.Combine(data.Path, "stripe.json"), Path.Combine(copy.Path, "stripe.json"));

        await using var killed = await SandboxUnderTest.StartAsync(data: copy.Path);
        killed.Sandbox.Refunds.Single().Id.ShouldBe(refund);
        killed.Sandbox.Books.Select(book => book.RefundsPending).ShouldBe([700, 0]);
        killed.Sandbox.Books.Select(book => book.Withdrawn).ShouldBe([0, 2500]);
        (await killed.DeliveredTypesAsync()).Count.ShouldBe(running.Sandbox.Events.Count);
    }

    [Fact]
    public async Task An_unreadable_state_file_is_named_and_kept()
    {
        using var data = new TemporaryDirectory();
        var path = Path.Combine(data.Path, "stripe.json");
        await File.WriteAllTextAsync(path, "{ half", TestContext.Current.CancellationToken);
        var error = await Should.ThrowAsync<InvalidDataException>(() => SandboxUnderTest.StartAsync(data: data.Path));
        error.Message.ShouldContain(path);
        File.Exists(path).ShouldBeTrue();
    }

    [Fact]
    public async Task A_taken_port_is_an_error_at_the_start()
    {
        await using var first = await SandboxUnderTest.StartAsync();
        await Should.ThrowAsync<IOException>(() => SandboxUnderTest.StartAsync(port: first.Sandbox.Address.Port));
    }
}
