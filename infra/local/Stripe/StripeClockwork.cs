using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>What time alone brings about: sessions expire, delayed payments and refunds settle, old records go.</summary>
internal sealed class StripeClockwork(StripeAccount account, Checkout checkout, Payments payments, Refunds refunds) : Clockwork(account)
{
    private static readonly long AnswersAreKept = (long)TimeSpan.FromHours(24).TotalSeconds;
    private static readonly long EventsAreKept = (long)TimeSpan.FromDays(30).TotalSeconds;

    protected override void DoWhatIsDue()
    {
        checkout.ExpireDue();
        if (Settles)
        {
            payments.SettleDue();
            refunds.SettleDue();
        }

        Prune(account.State);
    }

    public override long? Next()
    {
        var times = account.State.Sessions.Values.Where(session => session.Status == "open").Select(session => session.ExpiresAt);
        if (Settles)
        {
            var intents = account.State.PaymentIntents.Values.Where(intent => intent.Status == "processing");
            var pending = account.State.Refunds.Values.Where(refund => refund.Status == "pending");
            times = times.Concat(intents.Select(intent => intent.SettlesAt ?? 0)).Concat(pending.Select(refund => refund.SettlesAt ?? 0));
        }

        return times.Select(time => (long?)time).Min();
    }

    private void Prune(StripeState state)
    {
        var oldest = account.Now - AnswersAreKept;
        state.Answers.Prune(answer => answer.At <= oldest);
        state.Events.Prune(raised => raised.Created < account.Now - EventsAreKept);
    }
}
