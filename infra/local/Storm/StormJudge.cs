namespace Shop.Local.Storm;

/// <summary>Holds what the shop says against what was done and what the providers' books have: order by order, and what only all of them together show.</summary>
/// <param name="stock">How many of the item that is counted there were at the beginning.</param>
public sealed class StormJudge(StormBooks books, StormDelivery delivery, IReadOnlyList<StormCustomer> customers, int stock)
{
    /// <returns>What is wrong, one line for each; none when all is right.</returns>
    public async Task<IReadOnlyList<string>> JudgeAsync(CancellationToken cancellation)
    {
        var (wrong, orders, documents) = (new List<string>(), new List<(Deeds Deeds, Claimed Claimed)>(), new List<StatedDocument>());
        var payments = await books.ReadAsync(cancellation);
        foreach (var customer in customers)
        {
            foreach (var deeds in customer.Deeds)
            {
                var claimed = await books.ClaimAsync(deeds.OrderId, customer.Token, cancellation);
                var stated = await books.DocumentsAsync(deeds.OrderId, customer.Token, cancellation);
                wrong.AddRange(StormVerdict.Of(deeds, claimed, [.. payments[deeds.OrderId]]).Concat(StormLedgers.OfDocuments(deeds, claimed, stated)).Select(text => $"order {deeds.OrderId}: {text}"));
                orders.Add((deeds, claimed));
                documents.AddRange(stated);
            }

            var listed = await books.ListAsync(customer.Token, cancellation);
            if (!listed.Order(StringComparer.Ordinal).SequenceEqual(customer.Deeds.Select(deeds => deeds.OrderId).Order(StringComparer.Ordinal)))
                wrong.Add($"{customer.Name}'s list has {listed.Count} orders, and {customer.Deeds.Count} were placed");
        }

        var known = orders.Select(order => order.Deeds.OrderId).ToHashSet(StringComparer.Ordinal);
        wrong.AddRange(payments.Where(payment => !known.Contains(payment.Key)).Select(payment => $"somebody paid for '{payment.Key}', which nobody ordered"));
        wrong.AddRange(StormLedgers.OfStock(stock, await delivery.StatedAsync(cancellation), orders));
        wrong.AddRange(StormLedgers.OfNumbers(documents));
        return wrong;
    }
}
