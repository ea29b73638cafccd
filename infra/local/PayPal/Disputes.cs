using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>Disputes, as buyers open them at PayPal and PayPal decides them.</summary>
internal sealed class Disputes(PayPalAccount account, Captures captures, Refunds refunds)
{
    public Dispute Open(string captureId, string reason, decimal? amount, bool isInquiry)
    {
        var capture = captures.Find(captureId);
        if (capture.Status is "PENDING" or "DECLINED")
            throw ApiError.Unprocessable("NOT_DISPUTABLE", "Only a completed payment can be disputed.");
        if (account.State.Disputes.Values.Any(known => known.CaptureId == captureId && known.Status != "RESOLVED"))
            throw ApiError.Unprocessable("ALREADY_DISPUTED", "This payment is disputed already.");
        if (amount <= 0 || amount > capture.Amount)
            throw ApiError.Unprocessable("DISPUTE_AMOUNT", "A dispute is about the payment or a part of it.");
        var dispute = new Dispute
        {
            Id = account.NextId("PP-R-", 3, radix: 36) + "-" + account.NextId("1", 8, radix: 10),
            Created = account.Now,
            Updated = account.Now,
            CaptureId = capture.Id,
            Currency = capture.Currency,
            Amount = amount ?? captures.Left(capture),
            Reason = reason,
            Status = "WAITING_FOR_SELLER_RESPONSE",
            Stage = isInquiry ? "INQUIRY" : "CHARGEBACK",
        };
        account.State.Disputes.Add(dispute.Id, dispute);
        account.Raise("CUSTOMER.DISPUTE.CREATED", Show(dispute));
        return dispute;
    }

    /// <summary>PayPal begins to look into it; an inquiry becomes a claim by that.</summary>
    public Dispute Review(string id)
    {
        var dispute = FindOpen(id);
        dispute.Status = "UNDER_REVIEW";
        dispute.Stage = "CHARGEBACK";
        dispute.Updated = account.Now;
        account.Raise("CUSTOMER.DISPUTE.UPDATED", Show(dispute));
        return dispute;
    }

    /// <param name="given">What the buyer gets when the shop loses; all that was asked for when it is null.</param>
    /// <param name="reverses">Whether PayPal tells of what it takes by a reversal.</param>
    public Dispute Close(string id, DisputeOutcome outcome, decimal? given, bool reverses)
    {
        var dispute = FindOpen(id);
        if (outcome == DisputeOutcome.Won)
            return Resolve(dispute, dispute.Stage == "INQUIRY" ? "CANCELED_BY_BUYER" : "RESOLVED_SELLER_FAVOUR", 0);
        if (given <= 0 || given > dispute.Amount)
            throw ApiError.Unprocessable("DISPUTE_AMOUNT", "The buyer gets what was asked for, or a part of it.");
        var capture = captures.Find(dispute.CaptureId);
        // What was refunded in the case, the buyer has already.
        var refunded = account.State.Refunds.Values
            .Where(refund => refund.CaptureId == capture.Id && refund.Status != "FAILED" && refund.Created >= dispute.Created).Sum(refund => refund.Amount);
        var taken = Math.Clamp((given ?? dispute.Amount) - refunded, 0, captures.Left(capture));
        if (reverses && taken > 0)
            captures.Reverse(capture.Id, taken);
        else
            dispute.Taken = taken;
        captures.Restate(capture);
        return Resolve(dispute, "RESOLVED_BUYER_FAVOUR", given ?? dispute.Amount);
    }

    /// <summary>The buyer accepts a part: it is refunded, and the case is over.</summary>
    public Dispute Offer(string id, decimal amount)
    {
        var dispute = FindOpen(id);
        var capture = captures.Find(dispute.CaptureId);
        if (amount <= 0 || amount > Math.Min(dispute.Amount, captures.Left(capture)))
            throw ApiError.Unprocessable("DISPUTE_AMOUNT", "An offer is about what is left of the payment, or a part of it.");
        refunds.Offer(capture, amount);
        return Resolve(dispute, "RESOLVED_BUYER_FAVOUR", amount);
    }

    public Dispute Find(string id) => account.State.Disputes.GetValueOrDefault(id) ?? throw ApiError.Missing();

    public JsonObject Show(Dispute dispute) => RenderPayment.Dispute(dispute, captures.Find(dispute.CaptureId), account.State);

    /// <summary>Newest first, with little more than ids; of one payment when <c>disputed_transaction_id</c> names it.</summary>
    public JsonObject List(IQueryCollection query)
    {
        var transaction = query["disputed_transaction_id"].ToString();
        var found = account.State.Disputes.Values.Where(dispute => transaction.Length == 0 || dispute.CaptureId == transaction).Reverse();
        return new JsonObject
        {
            ["items"] = new JsonArray([.. found.Select(dispute => new JsonObject
            {
                ["dispute_id"] = dispute.Id,
                ["create_time"] = RenderOrder.Time(dispute.Created),
                ["update_time"] = RenderOrder.Time(dispute.Updated),
                ["reason"] = dispute.Reason,
                ["status"] = dispute.Status,
                ["dispute_life_cycle_stage"] = dispute.Stage,
                ["dispute_amount"] = Amounts.Json(dispute.Amount, dispute.Currency),
                ["links"] = new JsonArray(Links.Get($"/v1/customer/disputes/{dispute.Id}", "self")),
            })]),
            ["links"] = new JsonArray(Links.Get("/v1/customer/disputes", "self")),
        };
    }

    private Dispute Resolve(Dispute dispute, string outcome, decimal given)
    {
        (dispute.Status, dispute.Outcome, dispute.Given, dispute.Updated) = ("RESOLVED", outcome, given, account.Now);
        account.Raise("CUSTOMER.DISPUTE.RESOLVED", Show(dispute));
        return dispute;
    }

    private Dispute FindOpen(string id)
    {
        var dispute = Find(id);
        return dispute.Status != "RESOLVED" ? dispute : throw ApiError.Unprocessable("DISPUTE_RESOLVED", "This dispute is resolved already.");
    }
}
