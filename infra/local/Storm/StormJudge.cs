namespace Shop.Local.Storm;

/// <summary>Holds what the shop says against what was done and what the providers' books have: order by order, and what only all of them together show.</summary>
public sealed class StormJudge(StormBooks books, StormDelivery delivery, IReadOnlyList<StormCustomer> customers, StormClock clock)
{
    /// <summary>After so long whatever was to be done is done.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HashSet<string> _right = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _firstSeen = new(StringComparer.Ordinal);

    private int _settled;
    private int _late;

    /// <summary>Orders that were found as they should be.</summary>
    public int Settled => Volatile.Read(ref _settled);

    /// <summary>Orders that should be right by now and are not.</summary>
    public int Late => Volatile.Read(ref _late);

    /// <summary>Looks at orders that are done with and were not right yet, those first that have been so for longest.</summary>
    /// <returns>Whether all of them are right now.</returns>
    public async Task<bool> LookAsync(int most, CancellationToken cancellation)
    {
        var payments = await books.ReadAsync(cancellation);
        var waiting = customers.SelectMany(customer => customer.Deeds.Where(deeds => !_right.Contains(deeds.OrderId)).Select(deeds => (customer, deeds))).ToList();
        foreach (var (_, deeds) in waiting) _firstSeen.TryAdd(deeds.OrderId, TimeProvider.System.GetTimestamp());
        var late = 0;
        foreach (var (customer, deeds) in waiting.OrderBy(order => _firstSeen[order.deeds.OrderId]).Take(most))
        {
            if ((await OfAsync(customer, deeds, payments, cancellation)).Wrong.Count == 0) _right.Add(deeds.OrderId);
            else if (TimeProvider.System.GetElapsedTime(_firstSeen[deeds.OrderId]) > Patience) late++;
        }

        Volatile.Write(ref _settled, _right.Count);
        Volatile.Write(ref _late, late);
        return waiting.All(order => _right.Contains(order.deeds.OrderId));
    }

    /// <summary>Everything, from the beginning: what was right before as well.</summary>
    /// <returns>What is wrong, one line for each; none when all is right.</returns>
    public async Task<IReadOnlyList<string>> JudgeAsync(CancellationToken cancellation)
    {
        var payments = await books.ReadAsync(cancellation);
        var found = await Task.WhenAll(customers.Select(customer => OfAsync(customer, payments, cancellation)));
        var wrong = found.SelectMany(one => one.Wrong).ToList();
        var orders = found.SelectMany(one => one.Orders).ToList();
        _right.ExceptWith(found.SelectMany(one => one.WrongOrders));
        var known = orders.Select(order => order.Deeds.OrderId).Concat(customers.SelectMany(customer => customer.BrokenOff)).ToHashSet(StringComparer.Ordinal);
        wrong.AddRange(payments.Where(payment => !known.Contains(payment.Key)).Select(payment => $"somebody paid for '{payment.Key}', which nobody ordered"));
        // Of an order that was broken off nobody knows what it keeps and which numbers it has; that alone is a violation.
        if (customers.Any(customer => customer.BrokenOff.Count > 0)) return wrong;
        wrong.AddRange(StormLedgers.OfStock(delivery.Received, await delivery.StatedAsync(cancellation), orders));
        wrong.AddRange(StormLedgers.OfNumbers([.. found.SelectMany(one => one.Documents)]));
        return wrong;
    }

    private async Task<Found> OfAsync(StormCustomer customer, ILookup<string, BookedPayment> payments, CancellationToken cancellation)
    {
        var (wrong, wrongOrders, orders, documents) = (new List<string>(), new List<string>(), new List<(Deeds Deeds, Claimed Claimed)>(), new List<StatedDocument>());
        foreach (var deeds in customer.Deeds)
        {
            var one = await OfAsync(customer, deeds, payments, cancellation);
            wrong.AddRange(one.Wrong.Select(text => $"order {deeds.OrderId}: {text} ({deeds.Plan?.Tender}, {deeds.Plan?.Paying}, {deeds.Plan?.Aftermath})"));
            if (one.Wrong.Count > 0) wrongOrders.Add(deeds.OrderId);
            orders.Add((deeds, one.Claimed));
            documents.AddRange(one.Documents);
        }

        var listed = await books.ListAsync(customer.Person, cancellation);
        wrong.AddRange(StormLedgers.OfList(customer.Person.Name, listed, [.. customer.Deeds.Select(deeds => deeds.OrderId), .. customer.BrokenOff], customer.SoldOut));
        return new(wrong, wrongOrders, orders, documents);
    }

    private async Task<(List<string> Wrong, Claimed Claimed, List<StatedDocument> Documents)> OfAsync(
        StormCustomer customer, Deeds deeds, ILookup<string, BookedPayment> payments, CancellationToken cancellation)
    {
        var claimed = await books.ClaimAsync(deeds.OrderId, customer.Person, cancellation);
        var stated = await books.DocumentsAsync(deeds.OrderId, customer.Person, cancellation);
        var wrong = StormVerdict.Of(deeds, claimed, [.. payments[deeds.OrderId]], clock.Now).Concat(StormLedgers.OfDocuments(deeds, claimed, stated)).ToList();
        return (wrong, claimed, stated);
    }

    private sealed record Found(List<string> Wrong, List<string> WrongOrders, List<(Deeds Deeds, Claimed Claimed)> Orders, List<StatedDocument> Documents);
}
