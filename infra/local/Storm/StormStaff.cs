using System.Text.Json.Nodes;

namespace Shop.Local.Storm;

/// <summary>The shop's own people, at the shop's API.</summary>
/// <param name="provider">For what is done behind the shop's back.</param>
/// <param name="delivery">For what is sent.</param>
/// <param name="finance">Who may refund.</param>
public sealed class StormStaff(StormShop shop, StormCalls calls, StormProvider provider, StormDelivery delivery, StormPerson finance)
{
    public async Task<Deeds> DealWithAsync(Deeds deeds, PlannedOrder plan, CancellationToken cancellation)
    {
        switch (plan.Aftermath)
        {
            case Aftermath.RefundedInParts:
                deeds = await RefundAsync(deeds, $"{plan.Number}-1", deeds.Gross / 3, cancellation);
                return await RefundAsync(deeds, $"{plan.Number}-2", deeds.Gross / 3, cancellation);
            case Aftermath.RefundedInFull:
                return await RefundAsync(deeds, $"{plan.Number}", null, cancellation);
            case Aftermath.InquiryRefunded:
                var inquiry = await provider.InquireAsync(deeds, cancellation);
                deeds = await RefundAsync(deeds, $"{plan.Number}", null, cancellation);
                await provider.CloseAsync(inquiry, cancellation, ("outcome", "won"));
                return deeds;
            case Aftermath.Sent or Aftermath.SentInPart or Aftermath.TakenBack:
                return await delivery.DealWithAsync(deeds, plan, cancellation);
            case Aftermath.CameBack:
                return await RefundAsync(await delivery.DealWithAsync(deeds, plan, cancellation), $"{plan.Number}", null, cancellation);
            default:
                return await provider.ActAsync(deeds, plan, cancellation);
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
}
