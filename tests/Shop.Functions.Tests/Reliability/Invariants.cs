using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>What holds of every shop that has come to rest, whatever went wrong before and whoever was paid.</summary>
internal static class Invariants
{
    /// <param name="because">What went wrong before: it stands in the failure's message.</param>
    /// <param name="poisonedEvents">How many messages are expected on <c>payment-events-poison</c>.</param>
    /// <param name="poisonedChecks">How many messages are expected on <c>order-checks-poison</c>.</param>
    /// <param name="settled">Accounts that were found right before and are left alone; those found right now join them. Null looks at all.</param>
    public static async Task ShouldHoldAsync(
        this RunningShop shop, string because = "", int poisonedEvents = 0, int poisonedChecks = 0, HashSet<string>? settled = null)
    {
        var broken = new List<string>();
        var all = await shop.OrdersAsync();
        var open = (await AccountsAsync(shop)).Where(account => settled?.Contains(account) != true).ToHashSet();
        var accounts = open.Concat(all.Select(order => order.AccountId).Where(account => settled?.Contains(account) != true)).ToHashSet();
        var orders = all.Where(order => accounts.Contains(order.AccountId)).ToList();
        var books = ProviderBooks.Of(shop);
        foreach (var order in orders) broken.AddRange(BrokenOf(order, books).Select(text => $"order {order.Id}: {text}"));
        broken.AddRange(await BrokenListsAsync(shop, orders, accounts));
        broken.AddRange(await UnscheduledAsync(shop, orders, open));
        broken.AddRange(await BrokenWorklistsAsync(shop, orders));
        broken.AddRange(await StockBooks.BrokenAsync(shop, all));
        broken.AddRange(await InvoiceBook.BrokenAsync(shop, all, orders));

        await CountAsync(StorageNames.PaymentEvents + StorageNames.PoisonSuffix, poisonedEvents);
        await CountAsync(StorageNames.OrderChecks + StorageNames.PoisonSuffix, poisonedChecks);
        await CountAsync(StorageNames.PaymentEvents, 0);
        broken.ShouldBeEmpty(because);
        settled?.UnionWith(accounts);

        async Task CountAsync(string queue, int expected)
        {
            var count = await shop.CountAsync(queue);
            if (count != expected) broken.Add($"{queue} holds {count} messages, not {expected}");
        }
    }

    /// <summary>Charged once; what came is the total or goes back.</summary>
    private static IEnumerable<string> BrokenOf(Order order, ProviderBooks books)
    {
        var settlement = Settlement.Of(order);
        var payments = books.Payments.Where(payment => payment.OrderId == order.Id).ToList();
        var kept = payments.Sum(payment => payment.Kept);
        // A person may decide that it is right as it is.
        var isDecided = settlement.ReviewReason is not null || order.Resolutions.Any(resolution => resolution.Decision is ReviewChoice.Accept or ReviewChoice.WriteOff);
        if (order.Closed is null && !isDecided && kept > order.Gross) yield return $"{kept} is kept of a total of {order.Gross}";
        if (order.Closed is not null && kept != 0 && !isDecided) yield return $"{kept} is kept of an order that has ended";
        // It counts as refunded once it has arrived.
        var promised = order.Ledger.Where(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Pending } && order.RefundPromises.Any(request => request.Id == fact.Reference))
            .Sum(fact => fact.Amount);
        if (order.Closed is null && settlement.Payment == PaymentStatus.Paid && kept + promised != order.Gross && !isDecided)
            yield return $"it is paid, and {kept} of {order.Gross} is kept";
        if (!isDecided && payments.Count(payment => payment.Kept > 0) > 1) yield return "two payments are kept";
        if (payments.Any(payment => payment.Refunded + payment.RefundsPending > payment.Charged)) yield return "more went back than came";
        if (settlement.AwaitsPayment && kept != 0) yield return $"{kept} is charged, and it does not say so";

        foreach (var text in BrokenActions(order, settlement, books)) yield return text;
        foreach (var text in BrokenLedger(order, books)) yield return text;
        foreach (var text in BrokenJournal(order)) yield return text;
        foreach (var (_, provider, id) in books.Finished.Where(page => page.OrderId == order.Id))
        {
            if (order.Checkouts.Count(checkout => checkout.Provider == provider && checkout.Id == id && checkout.State == CheckoutState.Completed) != 1)
                yield return $"{provider}'s page {id} is complete, and it does not say so";
        }
    }

    /// <summary>Nothing is owed any more, and what was owed was done once.</summary>
    private static IEnumerable<string> BrokenActions(Order order, Settlement settlement, ProviderBooks books)
    {
        if (settlement.Refunds.Length > 0) yield return "a refund is still owed";
        var declined = order.Checkouts.Where(checkout => checkout.Declined is not null).Select(checkout => checkout.Id).ToHashSet();
        if (settlement.Captures.Any(checkout => !declined.Contains(checkout.Id))) yield return "an approved payment is still to be taken";
        if (settlement.AwaitsPayment && books.Approved.Any(page => page.OrderId == order.Id && !declined.Contains(page.CheckoutId)))
            yield return "the customer has approved, and nobody has taken the money";

        var made = order.Ledger.Where(fact => fact is { Kind: FactKind.Refund, Reference: not null, Status: FactStatus.Succeeded or FactStatus.Pending }).ToList();
        foreach (var request in order.RefundPromises.Where(promise => promise.WithdrawnAt is null))
        {
            var sent = made.Where(refund => refund.Reference == request.Id).Sum(refund => refund.Amount);
            if (sent > request.Amount) yield return $"{sent} was sent back for a promise of {request.Amount}";
            if (sent < request.Amount && order.Closed is null && settlement.ReviewReason is null && settlement.Refundable.GetValueOrDefault(request.Currency) > 0)
                yield return $"only {sent} was sent back for a promise of {request.Amount}, and there is more";
        }

        foreach (var twice in made.Where(refund => refund.Reference == OwedRefund.Surplus).GroupBy(refund => refund.Parent)
            .Where(refunds => refunds.Sum(refund => refund.Amount) > order.Ledger.Where(fact => fact.Key == refunds.Key).Sum(fact => fact.Amount)))
            yield return $"{twice.Key} was sent back more than once";
    }

    /// <summary>The ledger, against the providers' own books.</summary>
    private static IEnumerable<string> BrokenLedger(Order order, ProviderBooks books)
    {
        var told = order.Ledger.Select(fact => $"{fact.Provider}'s {fact.Kind} {fact.ObjectId} {fact.Amount} {Settled(fact.Status)}").Order().ToList();
        var real = books.Facts.Where(fact => fact.OrderId == order.Id)
            .Select(fact => $"{fact.Provider}'s {fact.Kind} {fact.Id} {fact.Amount} {fact.Status}").Order().ToList();
        foreach (var fact in real.Except(told)) yield return $"{fact} is not in the ledger";

        // Payments under way, and those that came to nothing, have no amount in the books; a refund that was refused is not in them.
        string[] unbooked = ["pending", "denied", "failed"];
        foreach (var fact in told.Except(real).Where(fact => !unbooked.Any(fact.EndsWith))) yield return $"{fact} is in the ledger, and not in the books";
        if (order.Ledger.DistinctBy(fact => fact.Key).Count() != order.Ledger.Length) yield return "a fact is in the ledger twice";
    }

    private static string Settled(FactStatus status) => status is FactStatus.Completed or FactStatus.Succeeded ? "done" : status.ToString().ToLowerInvariant();

    /// <summary>The journal, against the ledger. A dispute can be opened again, and so be decided more than once.</summary>
    private static IEnumerable<string> BrokenJournal(Order order)
    {
        foreach (var fact in order.Ledger)
        {
            string[] kinds = fact.Status == FactStatus.Open ? ["dispute_open", JournalKinds.DisputeReopened] : [$"{fact.Kind}_{fact.Status}".ToLowerInvariant()];
            var times = order.Journal.Count(entry => kinds.Contains(entry.Kind) && entry.Key == fact.Key);
            if (times == 0 || (times > 1 && fact.Kind != FactKind.Dispute)) yield return $"the journal does not say {kinds[0]} of {fact.Key} once";
        }

        foreach (var again in order.Journal.Where(entry => entry.Key?.StartsWith("dispute:", StringComparison.Ordinal) != true)
            .GroupBy(entry => (entry.Kind, entry.Key)).Where(group => group.Count() > 1))
            yield return $"the journal says {again.Key} {again.Count()} times";
        if (order.Journal.Count(entry => entry.Kind == JournalKinds.Placed) != 1) yield return "the journal does not say placed";
        if (order.Journal.Count(entry => entry.Kind is JournalKinds.Expired or JournalKinds.Cancelled) != (order.Closed is null ? 0 : 1))
            yield return "journal and order do not agree on whether it has ended";
    }

    /// <summary>The lists of orders that customers see, against the orders themselves.</summary>
    private static async Task<IEnumerable<string>> BrokenListsAsync(RunningShop shop, List<Order> orders, IEnumerable<string> accounts)
    {
        var history = new OrderIndex(shop.Tables());
        var listed = new List<OrderSummary>();
        foreach (var account in accounts)
        {
            var next = default(string);
            do
            {
                (var page, next) = await history.PageAsync(account, OrderFilter.Everything, 100, next, TestContext.Current.CancellationToken);
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
    private static async Task<IEnumerable<string>> UnscheduledAsync(RunningShop shop, List<Order> orders, IEnumerable<string> accounts)
    {
        var scheduled = (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Retention))).Select(row => row.RowKey).ToHashSet();
        return orders.Select(order => $"unpaid-order~{order.Id}").Concat(accounts.Select(account => $"account~{account}"))
            .Where(key => !scheduled.Contains(key)).Select(key => $"no retention row for {key}");
    }

    /// <summary>What is in flight is where the timer finds it, and what needs a person is where people look.</summary>
    private static async Task<IEnumerable<string>> BrokenWorklistsAsync(RunningShop shop, List<Order> orders)
    {
        var open = await KeysAsync(shop, StorageNames.OpenOrders);
        var reviews = await KeysAsync(shop, StorageNames.Reviews);
        var toSend = await KeysAsync(shop, StorageNames.Fulfilment);
        return orders.Where(order => (ReconciliationPolicy.Next(order, new OrderOptions(), shop.Clock.GetUtcNow()) ?? ReconciliationPolicy.NextNotification(order, new OrderOptions(), shop.Clock.GetUtcNow())) is not null || order.Checkouts.Any(checkout => !checkout.IsOver))
            .Where(order => !open.Contains(order.Id)).Select(order => $"no row for {order.Id}, which is in flight")
            .Concat(orders.Where(order => Settlement.Of(order).ReviewReason is not null && !reviews.Contains(order.Id)).Select(order => $"{order.Id} is not on the list of reviews"))
            .Concat(orders.Where(order => !GoodsConcerns.AllOf(order).IsEmpty && !reviews.Contains(order.Id) && !open.Contains(order.Id)).Select(order => $"nobody will see what became of the parcels of {order.Id}"))
            .Concat(orders.Where(order => FulfilmentList.IsDue(order) != toSend.Contains(order.Id)).Select(order => $"{order.Id} is wrongly on or off the list of what is to be sent"));
    }

    private static async Task<HashSet<string>> KeysAsync(RunningShop shop, string table) =>
        [.. (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(table))).Select(row => row.RowKey)];

    private static async Task<IEnumerable<string>> AccountsAsync(RunningShop shop) =>
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Accounts)))
        .Where(row => row.RowKey == AccountEntity.Row).Select(row => row.PartitionKey);
}
