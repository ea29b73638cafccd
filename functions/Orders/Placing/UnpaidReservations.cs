using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
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
public sealed class UnpaidReservations(TableServiceClient tables, OrderStore orders, IOptions<OrderOptions> options, RaceBackoff backoff, TimeProvider clock)
{
    /// <summary>Races are between one person's own requests.</summary>
    private const int Attempts = 12;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Accounts);

    /// <summary>Two storage calls; where there is no room, one more for each order that was unpaid when it was placed.</summary>
    /// <returns>False when the account has as many unpaid ones as it may.</returns>
    /// <exception cref="UnavailableException">Too many requests of the account at once.</exception>
    public async Task<bool> TryTakeAsync(string accountId, string orderId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var isTaken = false;
        await ChangeAsync(accountId, async held =>
        {
            var others = held.RemoveAll(other => other.OrderId == orderId);
            if (others.Length >= options.Value.MostUnpaidReservations) others = await UnpaidAsync(others, now, cancellation);
            isTaken = others.Length < options.Value.MostUnpaidReservations;
            return isTaken ? others.Add(new(orderId, now)) : held;
        }, cancellation);
        return isTaken;
    }

    /// <summary>Of an order that was not placed. Two storage calls.</summary>
    /// <exception cref="UnavailableException">Too many requests of the account at once.</exception>
    public Task GiveBackAsync(string accountId, string orderId, CancellationToken cancellation) =>
        ChangeAsync(accountId, held => ValueTask.FromResult(held.RemoveAll(other => other.OrderId == orderId)), cancellation);

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

    private async Task<ImmutableArray<UnpaidReservation>> UnpaidAsync(ImmutableArray<UnpaidReservation> held, DateTimeOffset now, CancellationToken cancellation)
    {
        var unpaid = ImmutableArray.CreateBuilder<UnpaidReservation>();
        foreach (var one in held)
            if (await IsUnpaidAsync(one, now, cancellation)) unpaid.Add(one);
        return unpaid.ToImmutable();
    }

    /// <summary>An order that is not there may be about to be placed; one that cannot be read is for staff, not for its customer.</summary>
    private async Task<bool> IsUnpaidAsync(UnpaidReservation one, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            if (await orders.FindAsync(one.OrderId, cancellation) is not { } order) return one.At + ReconciliationSchedule.LongestRun > now;
            return order.Closed is null && Settlement.Of(order).Payment is PaymentStatus.Awaiting or PaymentStatus.Failed;
        }
        catch (UnreadableOrderException)
        {
            return false;
        }
    }
}

/// <param name="At">When it was about to be placed.</param>
public readonly record struct UnpaidReservation(string OrderId, DateTimeOffset At);
