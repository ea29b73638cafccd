using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>What time alone brings about: pending captures and refunds settle, and old records go.</summary>
internal sealed class PayPalClockwork(PayPalAccount account, Captures captures, Refunds refunds) : Clockwork(account)
{
    private static readonly long EventsAreKept = (long)TimeSpan.FromDays(30).TotalSeconds;

    public override long? Next()
    {
        var times = account.State.Requests.Values.Select(request => request.Until).Concat(account.State.Tokens.Values);
        if (Settles)
        {
            times = times
                .Concat(account.State.Captures.Values.Where(capture => capture.Status == "PENDING").Select(capture => capture.SettlesAt ?? 0))
                .Concat(account.State.Refunds.Values.Where(refund => refund.Status == "PENDING").Select(refund => refund.SettlesAt ?? 0));
        }

        return times.Select(time => (long?)time).Min();
    }

    protected override void DoWhatIsDue()
    {
        if (Settles)
        {
            captures.SettleDue();
            refunds.SettleDue();
        }

        var state = account.State;
        state.Requests.Prune(request => request.Until <= account.Now);
        state.Tokens.Prune(until => until <= account.Now);
        state.Events.Prune(raised => raised.Created < account.Now - EventsAreKept);
    }
}
