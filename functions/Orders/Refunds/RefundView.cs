using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Refunds;

/// <summary>A refund and how far it is.</summary>
/// <param name="Id">Absent for one that nobody promised: the shop sends surplus money back by itself, and people refund at the provider.</param>
/// <param name="Refunded">What has arrived of it.</param>
/// <param name="Reason">For staff only, one of <see cref="RefundReasons"/>.</param>
/// <param name="Note">For staff only.</param>
/// <param name="Lines">What of the order it is for; absent where it names none.</param>
public sealed record RefundView(string? Id, Money Amount, RefundProgress Status, Money Refunded, DateTimeOffset At, string? Reason, string? Note, ImmutableArray<ShipmentItem>? Lines)
{
    /// <returns>What was promised, and what went back without a promise; in the order in which it came up.</returns>
    public static ImmutableArray<RefundView> AllOf(Order order, Settlement settlement, bool forStaff)
    {
        var promised = order.RefundPromises.Select(request => Of(order, settlement, request, forStaff));
        var others = order.Ledger.Where(fact => fact.Kind == FactKind.Refund && order.RefundPromises.All(request => request.Id != fact.Reference)).Select(Of);
        return [.. promised.Concat(others).OrderBy(refund => refund.At)];
    }

    /// <returns>The promise's progress; null when there is no such promise.</returns>
    public static RefundView? Find(Order order, string refundId) =>
        order.RefundPromises.FirstOrDefault(request => request.Id == refundId) is { } request ? Of(order, Settlement.Of(order), request, forStaff: true) : null;

    public static JsonResult<RefundView> Answer(Order order, string refundId) =>
        new(Find(order, refundId)!, RefundWeb.Json.Type<RefundView>()) { ETag = ETags.OfText(order.Tag) };

    public static JsonResult<RefundView> Accepted(Order order, string refundId, bool replayed) =>
        new(Find(order, refundId)!, RefundWeb.Json.Type<RefundView>(), StatusCodes.Status202Accepted)
        {
            Location = $"/api/orders/{order.Id}/refunds/{refundId}",
            Replayed = replayed,
        };

    private static RefundView Of(Order order, Settlement settlement, RefundPromise request, bool forStaff)
    {
        var answers = order.Ledger.Where(fact => fact.Kind == FactKind.Refund && fact.Reference == request.Id).ToList();
        var arrived = Sum(answers, FactStatus.Succeeded);
        return new(
            request.Id,
            new(request.Amount, request.Currency),
            StatusOf(request, arrived, Sum(answers, FactStatus.Pending), order, settlement, answers),
            new(arrived, request.Currency),
            request.At,
            forStaff ? request.Reason : null,
            forStaff ? request.Note : null,
            request.Lines is { } lines ? RefundLines.ItemsOf(order, lines) : null);
    }

    private static RefundView Of(LedgerEntry fact) => new(
        null,
        new(fact.Amount, fact.Currency),
        fact.Status switch { FactStatus.Succeeded => RefundProgress.Succeeded, FactStatus.Failed => RefundProgress.Failed, _ => RefundProgress.Pending },
        new(fact.Status == FactStatus.Succeeded ? fact.Amount : 0, fact.Currency),
        fact.At,
        null,
        null,
        null);

    private static RefundProgress StatusOf(RefundPromise request, long arrived, long onItsWay, Order order, Settlement settlement, List<LedgerEntry> answers)
    {
        if (request.WithdrawnAt is not null) return RefundProgress.Withdrawn;
        if (arrived >= request.Amount) return RefundProgress.Succeeded;
        if (settlement.Refunds.Any(owed => owed.Reference == request.Id)) return RefundProgress.Requested;
        if (arrived + onItsWay >= request.Amount || onItsWay > 0) return RefundProgress.Pending;
        // It is put off, not done with.
        if (order.Ledger.Any(fact => fact.IsUndecidedDispute)) return RefundProgress.Requested;
        if (settlement.Concerns.Any(concern => concern.Case == MoneyCase.LedgerFull && concern.Reference == request.Id)) return RefundProgress.Requested;
        return answers.Exists(fact => fact.Status == FactStatus.Failed) ? RefundProgress.Failed : RefundProgress.NotNeeded;
    }

    private static long Sum(List<LedgerEntry> facts, FactStatus status) => facts.Where(fact => fact.Status == status).Sum(fact => fact.Amount);
}
