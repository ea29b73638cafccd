using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Payments;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>What holds of every shop that has come to rest, whatever went wrong before.</summary>
internal static class Invariants
{
    /// <param name="because">What went wrong before: it stands in the failure's message.</param>
    /// <param name="poisonedEvents">How many messages are expected on <c>payment-events-poison</c>.</param>
    /// <param name="poisonedChecks">How many messages are expected on <c>order-checks-poison</c>.</param>
    public static async Task ShouldHoldAsync(this RunningShop shop, string because = "", int poisonedEvents = 0, int poisonedChecks = 0)
    {
        var broken = new List<string>();
        var orders = await shop.OrdersAsync();
        foreach (var order in orders) broken.AddRange(BrokenOf(order, shop).Select(text => $"order {order.Id}: {text}"));
        broken.AddRange(await BrokenListsAsync(shop, orders));
        broken.AddRange(await BrokenDiaryAsync(shop, orders));

        await CountAsync(StorageNames.PaymentEvents + StorageNames.PoisonSuffix, poisonedEvents);
        await CountAsync(StorageNames.OrderChecks + StorageNames.PoisonSuffix, poisonedChecks);
        await CountAsync(StorageNames.PaymentEvents, 0);
        var waiting = orders.Count(order => Looks.Next(order, new OrderOptions(), shop.Clock.GetUtcNow()) is not null);
        if (await shop.CountAsync(StorageNames.OrderChecks) is var looks && looks < waiting) broken.Add($"{waiting} orders wait for a look, and there are {looks} looks");
        broken.ShouldBeEmpty(because);

        async Task CountAsync(string queue, int expected)
        {
            var count = await shop.CountAsync(queue);
            if (count != expected) broken.Add($"{queue} holds {count} messages, not {expected}");
        }
    }

    private static IEnumerable<string> BrokenOf(Order order, RunningShop shop)
    {
        var settlement = Settlement.Of(order);
        var books = Books.Of(order, shop);
        var kept = books.Sum(book => book.Kept);
        if (order.Closed is null && kept > order.Gross) yield return $"{kept} is kept of a total of {order.Gross}";
        if (order.Closed is not null && kept != 0 && settlement.ReviewReason is null) yield return $"{kept} is kept of an order that is given up";
        if (order.Closed is null && settlement.Payment == PaymentStatus.Paid && kept != order.Gross) yield return $"it is paid, and {kept} of {order.Gross} is kept";
        if (settlement.Refunds.Length > 0) yield return "a refund is still owed";
        if (settlement.AwaitsPayment && kept != 0) yield return $"{kept} is charged, and it does not say so";

        foreach (var text in BrokenLedger(order, shop, books)) yield return text;
        foreach (var text in BrokenJournal(order)) yield return text;
        if (settlement.Captures.Length > 0) yield return "an approved payment is still to be taken";
        foreach (var id in Books.Completed(order, shop))
        {
            if (order.Checkouts.Count(checkout => checkout.Id == id && checkout.State == CheckoutState.Completed) != 1)
                yield return $"checkout {id} is complete, and it does not say so";
        }
    }

    private static IEnumerable<string> BrokenLedger(Order order, RunningShop shop, List<Book> books)
    {
        var told = order.Ledger.Select(Books.Line).ToList();
        var real = Books.FactsOf(books, shop);
        foreach (var fact in real.Except(told)) yield return $"the provider's {fact} is not in the ledger";

        // Payments under way, and those that came to nothing, have no amount in the books; a refund that was refused is not in them.
        string[] unbooked = ["pending", "denied", "failed"];
        foreach (var fact in told.Except(real).Where(fact => !unbooked.Any(fact.EndsWith)))
            yield return $"the ledger's {fact} is not the provider's";
        if (order.Ledger.DistinctBy(fact => fact.Key).Count() != order.Ledger.Length) yield return "a fact is in the ledger twice";
    }

    private static IEnumerable<string> BrokenJournal(Order order)
    {
        foreach (var fact in order.Ledger)
        {
            var kind = $"{fact.Kind}_{fact.Status}".ToLowerInvariant();
            if (order.Journal.Count(entry => entry.Kind == kind && entry.Key == fact.Key) != 1) yield return $"the journal does not say {kind} of {fact.Key} once";
        }

        foreach (var again in order.Journal.GroupBy(entry => (entry.Kind, entry.Key)).Where(group => group.Count() > 1))
            yield return $"the journal says {again.Key} {again.Count()} times";
        if (order.Journal.Count(entry => entry.Kind == JournalKinds.Placed) != 1) yield return "the journal does not say placed";
        if (order.Journal.Any(entry => entry.Kind == JournalKinds.Expired) != (order.Closed is not null)) yield return "journal and order do not agree on whether it is given up";
    }

    /// <summary>The lists of orders that customers see, against the orders themselves.</summary>
    private static async Task<IEnumerable<string>> BrokenListsAsync(RunningShop shop, List<Order> orders)
    {
        var history = new OrderHistory(shop.Tables());
        var listed = new List<OrderSummary>();
        foreach (var account in orders.Select(order => order.AccountId).Concat(await AccountsAsync(shop)).Distinct())
        {
            var next = default(string);
            do
            {
                (var page, next) = await history.PageAsync(account, 100, next, TestContext.Current.CancellationToken);
                listed.AddRange(page);
            }
            while (next is not null);
        }

        var shown = listed.Select(order => $"{order.Id} listed as {order.Payment}, {order.Fulfilment}, {order.Gross.Amount}").Order().ToList();
        var real = orders.Select(order => (order, Settlement.Of(order)))
            .Select(both => $"{both.order.Id} listed as {both.Item2.Payment}, {both.Item2.Fulfilment}, {both.order.Gross}").Order().ToList();
        return real.Except(shown).Select(line => $"missing: {line}").Concat(shown.Except(real).Select(line => $"wrong: {line}"));
    }

    /// <summary>Whatever is held has a day on which it may go.</summary>
    private static async Task<IEnumerable<string>> BrokenDiaryAsync(RunningShop shop, List<Order> orders)
    {
        var filed = (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Retention))).Select(row => row.RowKey).ToHashSet();
        return orders.Select(order => $"unpaid-order~{order.Id}").Concat((await AccountsAsync(shop)).Select(account => $"account~{account}"))
            .Where(key => !filed.Contains(key)).Select(key => $"no retention row for {key}");
    }

    private static async Task<IEnumerable<string>> AccountsAsync(RunningShop shop) =>
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Accounts)))
        .Where(row => row.RowKey == AccountEntity.Row).Select(row => row.PartitionKey);
}
