namespace Shop.Local.Storm;

/// <summary>What happens behind the shop's back: in the providers' dashboards, at the customers' banks, by the providers themselves.</summary>
public sealed class StormProvider(StormShop shop, StormCalls calls, StormBooks books)
{
    /// <summary>When an answer is lost, the books say whether it happened.</summary>
    public async Task<Deeds> ActAsync(Deeds deeds, PlannedOrder plan, CancellationToken cancellation)
    {
        if (await books.KeptAsync(deeds.OrderId, cancellation) is not { } payment) return deeds;
        switch (plan.Aftermath)
        {
            case Aftermath.RefundedAtTheProvider:
                await DoAsync(payment, "refund", cancellation, Amount(deeds.Gross / 4));
                break;
            case Aftermath.DisputeWon:
                await CloseAsync(await DisputeAsync(payment, cancellation), cancellation, ("outcome", "won"));
                break;
            case Aftermath.DisputeLost:
                await CloseAsync(await DisputeAsync(payment, cancellation), cancellation, ("outcome", "lost"), Reverses(plan));
                break;
            case Aftermath.DisputeLostInPart:
                await LoseInPartAsync(payment, deeds.Gross / 3, Reverses(plan), cancellation);
                break;
            case Aftermath.RefundedInDispute:
                await RefundInDisputeAsync(payment, cancellation);
                break;
            case Aftermath.TakenInPart when payment.Tender == Tender.PayPal:
                await DoAsync(payment, "reverse", cancellation, Amount(deeds.Gross / 4));
                break;
            case Aftermath.TakenInPart:
                await DisputeAsync(payment, cancellation, ("kind", "resolution"), Amount(deeds.Gross / 4));
                break;
            case Aftermath.InquiryAnswered:
                await CloseAsync(await DisputeAsync(payment, cancellation, payment.Tender.Inquiry()), cancellation, ("outcome", "won"));
                break;
            case Aftermath.Prevented when payment.Tender == Tender.PayPal:
                await FollowAsync(await DisputeAsync(payment, cancellation, payment.Tender.Inquiry()), "offer", cancellation, Amount(deeds.Gross / 5));
                break;
            case Aftermath.Prevented:
                await DisputeAsync(payment, cancellation, ("kind", "block"));
                break;
        }

        return await TallyAsync(deeds, payment, plan.Aftermath, cancellation);
    }

    public async Task<Uri?> InquireAsync(Deeds deeds, CancellationToken cancellation) =>
        await books.KeptAsync(deeds.OrderId, cancellation) is { } payment ? await DisputeAsync(payment, cancellation, payment.Tender.Inquiry()) : null;

    /// <summary>Closed once; asked again it is closed already.</summary>
    public Task CloseAsync(Uri? dispute, CancellationToken cancellation, params (string Name, string Value)[] fields) => FollowAsync(dispute, "close", cancellation, fields);

    private async Task LoseInPartAsync(BookedPayment payment, long amount, (string Name, string Value) reverses, CancellationToken cancellation)
    {
        var dispute = await DisputeAsync(payment, cancellation, payment.Tender.Inquiry(), Amount(amount));
        await FollowAsync(dispute, payment.Tender == Tender.Stripe ? "escalate" : "review", cancellation);
        await CloseAsync(dispute, cancellation, ("outcome", "lost"), reverses);
    }

    /// <summary>Stripe refuses refunds of what a bank has taken: there it is in time only while the bank asks.</summary>
    private async Task RefundInDisputeAsync(BookedPayment payment, CancellationToken cancellation)
    {
        var isStripe = payment.Tender == Tender.Stripe;
        var dispute = isStripe ? await DisputeAsync(payment, cancellation, payment.Tender.Inquiry()) : await DisputeAsync(payment, cancellation);
        await DoAsync(payment, "refund", cancellation);
        await CloseAsync(dispute, cancellation, ("outcome", isStripe ? "won" : "lost"));
    }

    private async Task<Deeds> TallyAsync(Deeds deeds, BookedPayment before, Aftermath aftermath, CancellationToken cancellation)
    {
        var after = (await books.ReadAsync(cancellation))[deeds.OrderId].Single(other => other.Tender == before.Tender && other.Id == before.Id);
        var refunded = after.Refunded + after.RefundsPending - before.Refunded - before.RefundsPending;
        var lost = after.Withdrawn + (aftermath == Aftermath.Prevented ? refunded : 0);
        return deeds with { RefundedAtTheProvider = refunded, Withdrawn = after.Withdrawn, NeedsPerson = lost > 0 && after.Kept > 0 };
    }

    /// <returns>Where the sandbox is told what becomes of it; null when none was opened.</returns>
    private async Task<Uri?> DisputeAsync(BookedPayment payment, CancellationToken cancellation, params (string Name, string Value)[] fields)
    {
        await DoAsync(payment, "dispute", cancellation, fields);
        var disputes = (await calls.GetAsync(new Uri(shop.Sandbox(payment.Tender), "sandbox/disputes"), null, cancellation)).Body!.AsArray();
        return disputes.FirstOrDefault(dispute => dispute![payment.Tender.PaymentMember()]!.GetValue<string>() == payment.Id) is { } opened
            ? new Uri(shop.Sandbox(payment.Tender), $"sandbox/disputes/{opened["id"]!.GetValue<string>()}/")
            : null;
    }

    private async Task FollowAsync(Uri? dispute, string what, CancellationToken cancellation, params (string Name, string Value)[] fields)
    {
        if (dispute is not null) await calls.FormAsync(new Uri(dispute, what), cancellation, fields);
    }

    private Task<Answered?> DoAsync(BookedPayment payment, string what, CancellationToken cancellation, params (string Name, string Value)[] fields) =>
        calls.FormOnceAsync(new Uri(shop.Sandbox(payment.Tender), $"sandbox/payments/{payment.Id}/{what}"), cancellation, fields);

    private static (string Name, string Value) Amount(long amount) => ("amount", $"{amount}");

    /// <summary>Every other time PayPal tells of what it takes by a reversal as well.</summary>
    private static (string Name, string Value) Reverses(PlannedOrder plan) => ("reverses", plan.Number % 2 == 0 ? "true" : "false");
}
