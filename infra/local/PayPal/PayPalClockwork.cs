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
        foreach (var key in state.Requests.Where(request => request.Value.Until <= account.Now).Select(request => request.Key).ToList())
            state.Requests.Remove(key);
        foreach (var token in state.Tokens.Where(token => token.Value <= account.Now).Select(token => token.Key).ToList())
            state.Tokens.Remove(token);
        foreach (var id in state.Events.Values.Where(e => e.Created < account.Now - EventsAreKept).Select(e => e.Id).ToList())
            state.Events.Remove(id);
    }
}
