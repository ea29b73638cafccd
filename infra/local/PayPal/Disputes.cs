using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>Disputes, as buyers open them at PayPal and PayPal decides them.</summary>
internal sealed class Disputes(PayPalAccount account, Captures captures)
{
    public Dispute Open(string captureId, string reason, decimal? amount)
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
        };
        account.State.Disputes.Add(dispute.Id, dispute);
        account.Raise("CUSTOMER.DISPUTE.CREATED", Show(dispute));
        return dispute;
    }

    /// <summary>PayPal begins to look into it.</summary>
    public Dispute Review(string id)
    {
        var dispute = FindOpen(id);
        dispute.Status = "UNDER_REVIEW";
        dispute.Updated = account.Now;
        account.Raise("CUSTOMER.DISPUTE.UPDATED", Show(dispute));
        return dispute;
    }

    public Dispute Close(string id, DisputeOutcome outcome)
    {
        var dispute = FindOpen(id);
        dispute.Status = "RESOLVED";
        dispute.Outcome = outcome == DisputeOutcome.Won ? "RESOLVED_SELLER_FAVOUR" : "RESOLVED_BUYER_FAVOUR";
        dispute.Updated = account.Now;
        account.Raise("CUSTOMER.DISPUTE.RESOLVED", Show(dispute));
        return dispute;
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
                ["dispute_amount"] = Amounts.Json(dispute.Amount, dispute.Currency),
                ["links"] = new JsonArray(Links.Get($"/v1/customer/disputes/{dispute.Id}", "self")),
            })]),
            ["links"] = new JsonArray(Links.Get("/v1/customer/disputes", "self")),
        };
    }

    private Dispute FindOpen(string id)
    {
        var dispute = Find(id);
        return dispute.Status != "RESOLVED" ? dispute : throw ApiError.Unprocessable("DISPUTE_RESOLVED", "This dispute is resolved already.");
    }
}
