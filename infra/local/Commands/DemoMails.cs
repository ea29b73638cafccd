using Shop.Local.Mail;

namespace Shop.Local.Commands;

/// <summary>What the shop has mailed to the customer of an order.</summary>
internal sealed class DemoMails(MailSink inbox, MovableClock clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Mails go out with the timer's next round, some minutes later; nobody waits here for that.</summary>
    /// <param name="number">The order's.</param>
    /// <exception cref="DemoFailedException">There are fewer.</exception>
    public async Task ShowAsync(string number, int count, DemoSteps steps, CancellationToken cancellationToken)
    {
        var mails = await WaitForAsync(number, count, cancellationToken);
        steps.Step($"Some minutes later {DemoWalk.Email} has {mails.Count} mails about the order, as text and as HTML:");
        foreach (var mail in mails) steps.Line($"   {mail.Subject}");
    }

    private async Task<IReadOnlyList<ReceivedMail>> WaitForAsync(string number, int count, CancellationToken cancellationToken)
    {
        clock.Advance(TimeSpan.FromMinutes(4));
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // A clock that is moved while a mail is handed over looks like a process that has ended: it is sent again, under the same id.
            var mails = inbox.Mails.Where(mail => mail.Subject.Contains(number, StringComparison.Ordinal)).DistinctBy(mail => mail.Message.MessageId).ToList();
            if (mails.Count >= count) return mails;
            DemoFailedException.Unless(TimeProvider.System.GetElapsedTime(began) < LongestWait, $"{mails.Count} mails about order {number} are in the inbox, not {count}.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }
}
