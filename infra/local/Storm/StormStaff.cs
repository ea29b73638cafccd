using System.Text.Json.Nodes;

namespace Shop.Local.Storm;

/// <summary>The shop's own people, at the shop's API and at the providers' dashboards, and the customers' banks.</summary>
/// <param name="finance">A token of somebody who may refund.</param>
/// <param name="operations">A token of somebody who may see how reconciliation stands.</param>
public sealed class StormStaff(StormShop shop, StormCalls calls, StormBooks books, string finance, string operations)
{
    /// <returns>How many events the shop found in the providers' lists that no webhook had brought.</returns>
    public async Task<long> FoundAsync(CancellationToken cancellation)
    {
        var answer = (await calls.GetAsync(new Uri(shop.Api, "api/operations/reconciliation"), operations, cancellation)).Must(System.Net.HttpStatusCode.OK);
        return answer.Body!["items"]!.AsArray().Sum(item => item!["found"]!.GetValue<long>());
    }

    public async Task<Deeds> DealWithAsync(Deeds deeds, PlannedOrder plan, CancellationToken cancellation)
    {
        switch (plan.Aftermath)
        {
            case Aftermath.RefundedInParts:
                deeds = await RefundAsync(deeds, $"{plan.Number}-1", deeds.Gross / 3, cancellation);
                return await RefundAsync(deeds, $"{plan.Number}-2", deeds.Gross / 3, cancellation);
            case Aftermath.RefundedInFull:
                return await RefundAsync(deeds, $"{plan.Number}", null, cancellation);
            case Aftermath.RefundedAtTheProvider:
                return await RefundAtTheProviderAsync(deeds, cancellation);
            case Aftermath.DisputeWon:
                return await DisputeAsync(deeds, "won", cancellation);
            case Aftermath.DisputeLost:
                return await DisputeAsync(deeds, "lost", cancellation);
            default:
                return deeds;
        }
    }

    /// <summary>At the shop's API; all that is left without an amount.</summary>
    private async Task<Deeds> RefundAsync(Deeds deeds, string key, long? amount, CancellationToken cancellation)
    {
        var body = new JsonObject { ["reason"] = "goodwill" };
        if (amount is not null) body["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = "GBP" };
        var answer = await calls.PostAsync(new Uri(shop.Api, $"api/orders/{deeds.OrderId}/refunds"), finance, body, $"storm-{key}", cancellation);
        return answer.IsSuccess ? deeds with { RefundsAccepted = deeds.RefundsAccepted + (amount ?? (deeds.Gross - deeds.RefundsAccepted)) } : deeds;
    }

    /// <summary>Behind the shop's back. When the answer is lost, the books say whether it happened.</summary>
    private async Task<Deeds> RefundAtTheProviderAsync(Deeds deeds, CancellationToken cancellation)
    {
        if (await books.KeptAsync(deeds.OrderId, cancellation) is not { } payment) return deeds;
        await ActAsync(payment, "refund", cancellation, ("amount", $"{deeds.Gross / 4}"));
        var after = (await books.ReadAsync(cancellation))[deeds.OrderId].Single(other => other.Tender == payment.Tender && other.Id == payment.Id);
        return deeds with { RefundedAtTheProvider = payment.Kept - after.Kept };
    }

    private async Task<Deeds> DisputeAsync(Deeds deeds, string outcome, CancellationToken cancellation)
    {
        if (await books.KeptAsync(deeds.OrderId, cancellation) is not { } payment) return deeds;
        await ActAsync(payment, "dispute", cancellation);
        var disputes = (await calls.GetAsync(new Uri(shop.Sandbox(payment.Tender), "sandbox/disputes"), null, cancellation)).Body!.AsArray();
        if (disputes.FirstOrDefault(dispute => dispute![payment.Tender.PaymentMember()]!.GetValue<string>() == payment.Id) is not { } opened) return deeds;

        // Closed once; asked again it is closed already.
        var close = new Uri(shop.Sandbox(payment.Tender), $"sandbox/disputes/{opened["id"]!.GetValue<string>()}/close");
        await calls.FormAsync(close, cancellation, ("outcome", outcome));
        return deeds with { DisputeLost = outcome == "lost" };
    }

    private Task<Answered?> ActAsync(BookedPayment payment, string what, CancellationToken cancellation, params (string Name, string Value)[] fields) =>
        calls.FormOnceAsync(new Uri(shop.Sandbox(payment.Tender), $"sandbox/payments/{payment.Id}/{what}"), cancellation, fields);
}
