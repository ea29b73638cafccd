using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Accounts;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Placing;

/// <summary>
/// How many orders of counted items an account has that nobody has paid: what is kept for them nobody else can buy. An order joins
/// them before anything is kept for it, by a compare-and-set, so that no number of requests at once gets past the limit. Those that
/// are paid or have ended are found out only when there is no room left.
/// </summary>
public sealed partial class UnpaidReservations(
    TableServiceClient tables, OrderStore orders, IOptions<OrderOptions> options, RaceBackoff backoff, TimeProvider clock, ILogger<UnpaidReservations> logger)
{
    /// <summary>Races are between one person's own requests.</summary>
    private const int Attempts = 12;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Accounts);

    /// <summary>Two storage calls; where there is no room, one more for each order that was unpaid when it was placed.</summary>
    /// <exception cref="UnavailableException">Too many requests of the account at once.</exception>
    public async Task<TakenReservation> TryTakeAsync(string accountId, string orderId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var answer = default(TakenReservation);
        await ChangeAsync(accountId, async held =>
        {
            var (own, others) = (held.RemoveAll(one => one.OrderId != orderId || IsLapsed(one, now)), held.RemoveAll(one => one.OrderId == orderId));
            if (CountOf(others) >= options.Value.MostUnpaidReservations)
            {
                var (unpaid, unknown) = await StandingAsync(others, now, cancellation);
                others = [.. unpaid, .. unknown];
                answer = new(null, MayBeRoomSoon: CountOf(unpaid) < options.Value.MostUnpaidReservations);
                if (CountOf(others) >= options.Value.MostUnpaidReservations) return held;
            }

            // Several requests may place the order at once: each has a line of its own, so that one who fails gives back none of another's.
            var line = new UnpaidReservation(orderId, own.Select(one => one.At.AddTicks(1)).Append(now).Max());
            answer = new(line, MayBeRoomSoon: false);
            return [.. others, .. own, line];
        }, cancellation);
        return answer;
    }

    /// <summary>Of an order that this request has not placed. Two storage calls; when they fail it lapses by itself.</summary>
    public async Task GiveBackAsync(string accountId, UnpaidReservation taken, CancellationToken cancellation)
    {
        try
        {
            await ChangeAsync(accountId, held => ValueTask.FromResult(held.Remove(taken)), cancellation);
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            // Why the order was not placed is what the customer needs to know.
            LogKept(failed, taken.OrderId);
        }
    }

    private static int CountOf(ImmutableArray<UnpaidReservation> held) => held.Select(one => one.OrderId).Distinct().Count();

    /// <summary>Nobody is about to place it any more.</summary>
    private static bool IsLapsed(UnpaidReservation one, DateTimeOffset now) => one.At + ReconciliationSchedule.LongestRun <= now;

    private async Task ChangeAsync(
        string accountId, Func<ImmutableArray<UnpaidReservation>, ValueTask<ImmutableArray<UnpaidReservation>>> decide, CancellationToken cancellation)
    {
        for (var lost = 0; lost < Attempts; lost++)
        {
            if (lost > 0) await backoff.WaitAsync(lost, cancellation);
            var row = await _table.FindAsync<UnpaidReservationsRow>(accountId, UnpaidReservationsRow.Row, cancellation);
            var held = row?.Held() ?? [];
            var changed = await decide(held);
            if (changed.SequenceEqual(held)) return;
            var next = UnpaidReservationsRow.Of(accountId, changed, row?.ETag ?? default);
            if (await WriteAsync(new(row is null ? TableTransactionActionType.Add : TableTransactionActionType.UpdateReplace, next, next.ETag), accountId, cancellation)) return;
        }

        throw new UnavailableException("The account, which too many are ordering from at once,");
    }

    /// <summary>Only while the account is open: what an erasure has deleted does not come back. Whoever places an order for one that is gone finds out.</summary>
    /// <returns>False when somebody else was faster.</returns>
    private async Task<bool> WriteAsync(TableTransactionAction write, string accountId, CancellationToken cancellation)
    {
        try
        {
            await _table.SubmitTransactionAsync([AccountStore.WhileOpen(accountId), write], cancellation);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status is 404 or 409 or 412)
        {
            return failed.Status == 404;
        }
    }

    /// <returns>Those of orders that nobody has paid, and those of orders that are not there: they may be about to be placed, or have failed.</returns>
    private async Task<(ImmutableArray<UnpaidReservation> Unpaid, ImmutableArray<UnpaidReservation> Unknown)> StandingAsync(
        ImmutableArray<UnpaidReservation> held, DateTimeOffset now, CancellationToken cancellation)
    {
        var (unpaid, unknown) = (ImmutableArray.CreateBuilder<UnpaidReservation>(), ImmutableArray.CreateBuilder<UnpaidReservation>());
        foreach (var lines in held.GroupBy(one => one.OrderId))
        {
            var isUnpaid = await IsUnpaidAsync(lines.Key, cancellation);
            if (isUnpaid is null) unknown.AddRange(lines.Where(one => !IsLapsed(one, now)));
            else if (isUnpaid == true) unpaid.Add(lines.Last());
        }

        return (unpaid.ToImmutable(), unknown.ToImmutable());
    }

    /// <summary>One that cannot be read is for staff, not for its customer. What is on its way, as by bank debit, can still fail.</summary>
    /// <returns>Null when there is no such order.</returns>
    private async Task<bool?> IsUnpaidAsync(string orderId, CancellationToken cancellation)
    {
        try
        {
            if (await orders.FindAsync(orderId, cancellation) is not { } order) return null;
            return order.Closed is null && Settlement.Of(order).Payment is PaymentStatus.Awaiting or PaymentStatus.Pending or PaymentStatus.Failed;
        }
        catch (UnreadableOrderException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {OrderId} is not placed, and counts as unpaid until that lapses")]
    private partial void LogKept(Exception exception, string orderId);
}

/// <param name="Taken">What to give back should the order not be placed; null when there is no room.</param>
/// <param name="MayBeRoomSoon">Some of what fills the room is of orders that are not there yet, or never will be: it lapses within minutes.</param>
public readonly record struct TakenReservation(UnpaidReservation? Taken, bool MayBeRoomSoon);
