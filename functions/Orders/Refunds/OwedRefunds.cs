using System.Collections.Immutable;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Orders.Refunds;

/// <summary>Which refunds an order owes: what staff have promised, and what does not belong here.</summary>
/// <param name="Owed">To be made now.</param>
/// <param name="Waiting">To be made once the question about their capture is answered.</param>
/// <param name="Failing">Tried as often as is sensible, or without room in the ledger: a person must look.</param>
/// <param name="Left">What could still be promised, by currency.</param>
public sealed record OwedRefunds(
    ImmutableArray<OwedRefund> Owed, ImmutableArray<OwedRefund> Waiting, ImmutableArray<ReviewConcern> Failing, IReadOnlyDictionary<string, long> Left)
{
    /// <summary>A refund that has failed this often needs a person.</summary>
    public const int Attempts = 3;

    /// <param name="captures">All of them.</param>
    /// <param name="refundable">The captures that promises are kept from, earliest first.</param>
    /// <param name="surplus">The captures that go back whole; a promise is not kept by what would go back anyway.</param>
    public static OwedRefunds Of(
        Order order, ImmutableArray<CaptureAccount> captures, ImmutableArray<CaptureAccount> refundable, ImmutableArray<CaptureAccount> surplus)
    {
        var owed = ImmutableArray.CreateBuilder<OwedRefund>();
        var waiting = ImmutableArray.CreateBuilder<OwedRefund>();
        var failing = ImmutableArray.CreateBuilder<ReviewConcern>();
        var left = refundable.ToDictionary(capture => capture.Key, capture => capture.Outstanding);
        foreach (var request in order.RefundPromises.Where(request => request.WithdrawnAt is null).OrderBy(request => request.At).ThenBy(request => request.Id, StringComparer.Ordinal))
        {
            var open = request.Amount - captures.Except(surplus).Sum(capture => capture.SentBackFor(request.Id));
            foreach (var capture in refundable.Where(capture => capture.Fact.Currency == request.Currency))
            {
                var amount = Math.Min(open, left[capture.Key]);
                if (amount <= 0) continue;
                // Of a capture that takes no part, a part waits until the question is answered; promised it is all the same.
                if (capture.TakesOnlyWholeRefund && amount < capture.Outstanding) waiting.Add(new(capture.Fact, new(amount, request.Currency), request.Id, 1));
                else if (!Try(order, capture, request.Id, amount, owed, failing)) continue;
                left[capture.Key] -= amount;
                open -= amount;
            }
        }

        foreach (var capture in surplus.Where(capture => capture.Outstanding > 0)) Try(order, capture, OwedRefund.Surplus, capture.Outstanding, owed, failing);
        return new(
            owed.ToImmutable(),
            waiting.ToImmutable(),
            failing.ToImmutable(),
            refundable.GroupBy(capture => capture.Fact.Currency).ToDictionary(
                group => group.Key, group => group.Sum(capture => Math.Max(0, left[capture.Key]))));
    }

    /// <returns>False when it has been tried too often, or could not be recorded and so would be sent again.</returns>
    private static bool Try(
        Order order,
        CaptureAccount capture,
        string reference,
        long amount,
        ImmutableArray<OwedRefund>.Builder owed,
        ImmutableArray<ReviewConcern>.Builder failing)
    {
        if (order.Ledger.Length == Order.MostLedgerEntries)
        {
            failing.Add(new(MoneyCase.LedgerFull, capture.Key, $"{reference} {amount}", reference));
            return false;
        }

        var failed = capture.FailedFor(reference, order.RefundPromises);
        var about = order.Resolutions.Where(resolution => resolution.Concerns.Any(concern =>
            concern.Case == MoneyCase.RefundKeepsFailing && concern.Fact == capture.Key && concern.Reference == reference)).ToList();
        if (failed < Attempts * (1 + about.Count(resolution => resolution.Decision == ReviewChoice.Refund)))
        {
            owed.Add(new OwedRefund(capture.Fact, new(amount, capture.Fact.Currency), reference, capture.KnownFor(reference) + 1, failed > 0));
            return true;
        }

        failing.Add(new(MoneyCase.RefundKeepsFailing, capture.Key, $"{reference} {failed}", reference));
        return false;
    }
}
