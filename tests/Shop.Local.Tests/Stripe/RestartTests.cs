using System.Text.Json;
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
        foreach (var file in Directory.GetFiles(data.Path)) File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));

        await using var killed = await SandboxUnderTest.StartAsync(data: copy.Path);
        killed.Sandbox.Refunds.Single().Id.ShouldBe(refund);
        killed.Sandbox.Books.Select(book => book.RefundsPending).ShouldBe([700, 0]);
        killed.Sandbox.Books.Select(book => book.Withdrawn).ShouldBe([0, 2500]);
        (await killed.DeliveredTypesAsync()).Count.ShouldBe(running.Sandbox.Events.Count);
    }

    /// <summary>Wherever a kill cuts the last change off: what was answered before is there, and the sandbox goes on.</summary>
    [Fact]
    public async Task A_change_that_was_torn_in_the_middle_never_was()
    {
        using var data = new TemporaryDirectory();
        string paid;
        await using (var before = await SandboxUnderTest.StartAsync(data: data.Path)) paid = await before.PaidAsync();
        var log = Directory.GetFiles(data.Path, "*.log").ShouldHaveSingleItem();
        var answered = await File.ReadAllBytesAsync(log, TestContext.Current.CancellationToken);
        await using (var torn = await SandboxUnderTest.StartAsync(data: data.Path)) await torn.Sandbox.RefundAsync(paid, 700);
        var whole = await File.ReadAllBytesAsync(log, TestContext.Current.CancellationToken);

        foreach (var length in (int[])[answered.Length, answered.Length + 1, (answered.Length + whole.Length) / 2, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(log, whole[..length], TestContext.Current.CancellationToken);
            await using (var after = await SandboxUnderTest.StartAsync(data: data.Path))
            {
                after.Sandbox.Books.Single().PaymentIntentId.ShouldBe(paid);
                after.Sandbox.Refunds.ShouldBeEmpty();
                await after.Sandbox.RefundAsync(paid, 300);
            }

            await using var again = await SandboxUnderTest.StartAsync(data: data.Path);
            again.Sandbox.Refunds.Single().Amount.ShouldBe(300);
        }
    }

    /// <summary>Whatever is done to a payment, what is on disk is what the sandbox shows.</summary>
    [Fact]
    public async Task After_a_restart_everything_stands_as_it_stood()
    {
        using var data = new TemporaryDirectory();
        string books, sessions, refunds, disputes, events;
        await using (var before = await SandboxUnderTest.StartAsync(mode: SandboxMode.Automatic, data: data.Path))
        {
            await before.SessionAsync();
            await before.Sandbox.PayAsync(await before.SessionAsync(), PaymentOutcome.Declined);
            await before.Sandbox.PayAsync(await before.SessionAsync(), PaymentOutcome.SucceedsLater);
            await before.Sandbox.PayAsync(await before.SessionAsync(), PaymentOutcome.FailsLater);
            await before.Sandbox.RefundAsync(await before.PaidAsync(), 700);
            await before.Sandbox.OpenDisputeAsync(await before.PaidAsync());
            // Sessions expire, and what is pending settles.
            before.Clock.Advance(TimeSpan.FromDays(10));
            await before.Sandbox.AdvanceAsync();
            (books, sessions, refunds, disputes) = Told(before);
            events = string.Join('\n', before.Sandbox.Events.Select(raised => $"{raised.Id} {raised.Type} {raised.ObjectId}"));
        }

        await using var after = await SandboxUnderTest.StartAsync(data: data.Path);
        Told(after).ShouldBe((books, sessions, refunds, disputes));
        string.Join('\n', after.Sandbox.Events.Select(raised => $"{raised.Id} {raised.Type} {raised.ObjectId}")).ShouldBe(events);
    }

    private static (string Books, string Sessions, string Refunds, string Disputes) Told(SandboxUnderTest under) => (
        JsonSerializer.Serialize(under.Sandbox.Books), string.Join('\n', under.Sandbox.Sessions.Select(session => $"{session.Id} {session.Status} {session.PaymentStatus}")),
        JsonSerializer.Serialize(under.Sandbox.Refunds), JsonSerializer.Serialize(under.Sandbox.Disputes));

    [Fact]
    public async Task Whoever_deletes_the_state_begins_with_an_empty_sandbox_whatever_logs_are_left()
    {
        using var data = new TemporaryDirectory();
        await using (var before = await SandboxUnderTest.StartAsync(data: data.Path)) await before.PaidAsync();
        File.Delete(Path.Combine(data.Path, "stripe.json"));
        await File.WriteAllTextAsync(Path.Combine(data.Path, "stripe.7.log"), "{}\n", TestContext.Current.CancellationToken);

        string paid;
        await using (var empty = await SandboxUnderTest.StartAsync(data: data.Path))
        {
            empty.Sandbox.Books.ShouldBeEmpty();
            paid = await empty.PaidAsync();
        }

        Directory.GetFiles(data.Path, "*.log").ShouldHaveSingleItem();
        await using var after = await SandboxUnderTest.StartAsync(data: data.Path);
        after.Sandbox.Books.ShouldHaveSingleItem().PaymentIntentId.ShouldBe(paid);
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
