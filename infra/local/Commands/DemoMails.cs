using Shop.Local.Mail;

namespace Shop.Local.Commands;

/// <summary>What the shop has mailed to the customer of an order.</summary>
internal sealed class DemoMails(MailSink inbox, MovableClock clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Mails go out with the timer's next round, some minutes later; nobody waits here for that.</summary>
    /// <param name="number">The order's.</param>
    /// <exception cref="DemoFailedException">There are fewer.</exception>
    public async Task<IReadOnlyList<ReceivedMail>> WaitForAsync(string number, int count, CancellationToken cancellationToken)
    {
        clock.Advance(TimeSpan.FromMinutes(4));
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var mails = inbox.Mails.Where(mail => mail.Subject.Contains(number, StringComparison.Ordinal)).ToList();
            if (mails.Count >= count) return mails;
            DemoFailedException.Unless(TimeProvider.System.GetElapsedTime(began) < LongestWait, $"{mails.Count} mails about order {number} are in the inbox, not {count}.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }
}
