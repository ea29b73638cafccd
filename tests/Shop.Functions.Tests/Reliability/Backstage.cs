using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>What tests do behind the shop's back: they read and write its storage past its own clients, where nothing is counted or fails.</summary>
internal static class Backstage
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TableServiceClient Tables(this RunningShop shop) => new(shop.StorageConnectionString);

    public static QueueClient Queue(this RunningShop shop, string name) =>
        new(shop.StorageConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    public static async Task<List<Order>> OrdersAsync(this RunningShop shop) =>
        [.. (await RowsAsync<OrderEntity>(shop.Tables().GetTableClient(StorageNames.Orders))).Select(row => row.ToOrder())];

    public static async Task<Order> OrderAsync(this RunningShop shop, string orderId) =>
        (await new OrderStore(shop.Tables()).FindAsync(orderId, Stop)).ShouldNotBeNull();

    /// <summary>The day on which the only account was last seen.</summary>
    public static async Task<DateTimeOffset> SeenAsync(this RunningShop shop) =>
        (await RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Accounts)))
        .Single(row => row.RowKey == AccountEntity.Row).GetDateTimeOffset(nameof(AccountEntity.LastSeenDay))!.Value;

    public static async Task<List<T>> RowsAsync<T>(TableClient table)
        where T : class, ITableEntity
    {
        var rows = new List<T>();
        await foreach (var row in table.QueryAsync<T>(cancellationToken: Stop)) rows.Add(row);
        return rows;
    }

    /// <summary>How many messages are in a queue, hidden ones included.</summary>
    public static async Task<int> CountAsync(this RunningShop shop, string queue) =>
        (await shop.Queue(queue).GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount;

    public static Task<int> PoisonedAsync(this RunningShop shop, string queue) => shop.CountAsync(queue + StorageNames.PoisonSuffix);

    /// <summary>The timer finds the looks that are due by now, and they happen.</summary>
    public static async Task LookAtDueAsync(this RunningShop shop)
    {
        await shop.Host.InvokeAsync(ReconcileDueOrders.FunctionName, "", Stop);
        await shop.SettleAsync();
    }

    /// <summary>A minute passes, and the timer comes round; where a crash is planned in it, the next one does.</summary>
    public static async Task PassAsync(this RunningShop shop, int minutes = 1)
    {
        shop.Clock.Advance(TimeSpan.FromMinutes(minutes));
        try
        {
            await shop.LookAtDueAsync();
        }
        catch (Exception exception) when (exception.ToString().Contains(nameof(CrashException), StringComparison.Ordinal))
        {
            shop.Calls.Restart();
            await shop.LookAtDueAsync();
        }
    }

    /// <summary>Money comes that no sandbox knows of; as much as the order costs, if nothing else is said.</summary>
    /// <returns>The order with it.</returns>
    public static async Task<Order> ReceiveAsync(this RunningShop shop, string orderId, Func<Order, long>? amount = null) => (await new OrderStore(shop.Tables()).ChangeAsync(
        orderId,
        order => order.With(new LedgerEntry(FactKind.Capture, "stripe", $"pi_{orderId}", null, amount?.Invoke(order) ?? order.Gross, order.Currency, FactStatus.Completed, order.PlacedAt)),
        Stop))!;

    /// <summary>A look that is due now: a real message, delivered again when it fails.</summary>
    public static Task SendLookAsync(this RunningShop shop, string orderId) =>
        shop.Queue(StorageNames.OrderChecks).SendMessageAsync(new JsonObject { ["orderId"] = orderId, ["why"] = "test" }.ToJsonString(), Stop);

    /// <summary>Lets the webhooks in and takes their messages out of the queue before the shop has seen them.</summary>
    public static async Task<List<string>> TakeEventsAsync(this RunningShop shop)
    {
        await shop.Stripe.DeliverAsync(Stop);
        var queue = shop.Queue(StorageNames.PaymentEvents);
        var taken = new List<string>();
        while ((await queue.ReceiveMessagesAsync(32, cancellationToken: Stop)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                taken.Add(message.Body.ToString());
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Stop);
            }
        }

        return taken;
    }

    public static Task ApplyAsync(this RunningShop shop, string paymentEvent) => shop.Host.InvokeAsync("ApplyPaymentEvent", paymentEvent, Stop);

    /// <summary>A page that is open at Stripe and that the order knows nothing of yet, as after a crash or from an older version.</summary>
    /// <returns>The session's id.</returns>
    public static async Task<string> OpenUnnotedPageAsync(this RunningShop shop, string orderId, int attempt)
    {
        var now = shop.Clock.GetUtcNow();
        var checkout = new Checkout
        {
            Provider = "stripe",
            Attempt = attempt,
            StartedAt = now,
            ExpiresAt = now.AddHours(1),
            State = CheckoutState.Starting,
            ReturnUrl = "https://shop.example/thanks",
            CancelUrl = "https://shop.example/basket",
        };
        var stripe = shop.Host.Services.GetRequiredService<PaymentProviders>()[Providers.Stripe];
        return (await stripe.OpenCheckoutAsync(await shop.OrderAsync(orderId), checkout, Stop)).Single().Checkout!.Id!;
    }

    /// <summary>Everything that Stripe and PayPal have to say just now is never heard.</summary>
    public static async Task LoseWebhooksAsync(this RunningShop shop)
    {
        shop.Stripe.Faults.Add(new WebhookFault(WebhookFaultKind.Drop) { Times = 50 });
        (await shop.Stripe.DeliverAsync(Stop)).ShouldBeEmpty();
        shop.Stripe.Faults.Clear();
        shop.PayPal.Faults.Add(new WebhookFault(WebhookFaultKind.Drop) { Times = 50 });
        (await shop.PayPal.DeliverAsync(Stop)).ShouldBeEmpty();
        shop.PayPal.Faults.Clear();
    }

    /// <summary>Stripe's pending refunds come to their end.</summary>
    public static async Task SettleRefundsAsync(this RunningShop shop, bool succeed = true)
    {
        foreach (var refund in shop.Stripe.Refunds.Where(refund => refund.Status == "pending")) await shop.Stripe.SettleRefundAsync(refund.Id, succeed);
        await shop.SettleAsync();
    }
}
