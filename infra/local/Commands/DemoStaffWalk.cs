using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Shop.Local.Commands.DemoCalls;

namespace Shop.Local.Commands;

/// <summary>What staff do about somebody's data: a note beside a refund, a legal hold, the register of erasures, the review of the policy.</summary>
/// <param name="mark">Stands in whatever staff write of the customer.</param>
internal sealed class DemoStaffWalk(HttpClient officer, HttpClient finance, string mark, Action<string> step)
{
    /// <summary>A part of an order goes back, and staff write down why, with the customer's name in it.</summary>
    public async Task Refund(HttpClient customer, JsonNode order, CancellationToken cancellation)
    {
        var path = $"api/orders/{order["id"]}/refunds";
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(new { reason = "goodwill", note = $"Ada Lovelace {mark} rang: the box was dented.", amount = new { amount = 100, currency = "GBP" } }),
        };
        request.Headers.Add("Idempotency-Key", "goodwill");
        await Done(finance.SendAsync(request, cancellation), HttpStatusCode.Accepted, $"POST /{path}");
        await Until(
            async () => (await Get(customer, $"api/orders/{order["id"]}", cancellation))["payment"]!["status"]!.GetValue<string>() == "partly_refunded",
            "a part of the order has gone back",
            cancellation);
        step($"POST /{path} → 202: a part goes back, and staff have noted why, with Ada's name.");
    }

    /// <summary>While it stands, nothing is erased; then it is lifted.</summary>
    public async Task Hold(HttpClient customer, string account, CancellationToken cancellation)
    {
        var path = $"api/privacy/holds/{account}";
        await Done(officer.PutAsJsonAsync(path, new { reason = "legal_claim", note = $"A claim by Ada Lovelace {mark}." }, cancellation), HttpStatusCode.OK, $"PUT /{path}");
        var blocked = await Done(customer.PostAsync("api/account/erasure", null, cancellation), HttpStatusCode.Conflict, "POST /api/account/erasure");
        await Done(officer.DeleteAsync(path, cancellation), HttpStatusCode.NoContent, $"DELETE /{path}");
        step($"PUT /{path} → 200; POST /api/account/erasure → 409: {blocked["errors"]!["account"]![0]} The hold is lifted.");
    }

    /// <param name="reference">Of the erasure; others may be from runs before.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public async Task ListErasures(string reference, CancellationToken cancellation)
    {
        var listed = (await Get(officer, "api/privacy/erasures", cancellation))["items"]!.AsArray();
        var erasure = listed.FirstOrDefault(item => item!["reference"]!.GetValue<string>() == reference);
        DemoFailedException.Unless(erasure is not null && !listed.ToJsonString().Contains(mark, StringComparison.OrdinalIgnoreCase), "The register of erasures lacks one, or names somebody.");
        step($"GET /api/privacy/erasures → 200: {reference}, by the {erasure!["by"]}; told: {string.Join(", ", erasure["told"]!.AsArray().Select(told => $"{told!["recipient"]} ({told["outcome"]})"))}. It names nobody.");
    }

    public async Task ReviewPolicy(CancellationToken cancellation)
    {
        const string Path = "api/privacy/policy/reviews";
        var reviewed = await Done(officer.PostAsJsonAsync(Path, new { outcome = "unchanged" }, cancellation), HttpStatusCode.Created, $"POST /{Path}");
        step($"POST /{Path} → 201: the policy has been reviewed; the next review is due on {reviewed["nextDueAt"]!.GetValue<DateTimeOffset>():d MMMM yyyy}.");
    }
}
