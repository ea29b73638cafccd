using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Payments.Reconciliation;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Notifications;

/// <summary>Which mails an order's customer is due, from its facts alone.</summary>
public sealed class OrderNotificationTests
{
    private static readonly DateTimeOffset Now = Noon.AddHours(2);

    private static readonly Order Paid = Unpaid.With(Capture());

    /// <summary>Fact by fact; of keys that are made of a provider's id the beginning.</summary>
    public static TheoryData<string, Order, string[]> Facts => new()
    {
        { "placed", Unpaid, ["received"] },
        { "payment on its way", Unpaid.With(Capture(status: FactStatus.Pending)), ["received"] },
        { "payment declined", Unpaid.With(Capture(status: FactStatus.Denied)), ["received"] },
        { "paid", Paid, ["received", "paid"] },
        { "paid twice", Paid.With(Capture("pi_2", minute: 2)), ["received", "paid"] },
        { "paid too little", Unpaid.With(Capture(amount: 1)), ["received"] },
        { "paid too little, and accepted", Unpaid.With(Capture(amount: 1)).Resolved(ReviewChoice.Accept), ["received", "paid"] },
        { "disputed before anybody was told", Paid.With(Dispute(FactStatus.Open)), ["received"] },
        { "refund on its way", Paid.With(Refund(status: FactStatus.Pending)), ["received", "paid"] },
        { "refund failed", Paid.With(Refund(status: FactStatus.Failed)), ["received", "paid"] },
        { "refunded in parts", Paid.With(Refund(amount: 5), Refund("re_2", amount: 7)), ["received", "paid", "refunded-", "refunded-"] },
        { "a parcel", Paid.With(Parcel()), ["received", "paid", "shipped-1"] },
        { "two parcels, one arrived", Arrived(Paid.With(Parcel()).With(Parcel(2))), ["received", "paid", "shipped-1", "shipped-2", "delivered-1"] },
        { "a parcel that was taken back", Paid with { Shipments = [Parcel() with { VoidedAt = Noon }] }, ["received", "paid"] },
        { "told of the money before there was an invoice", Told(Paid, "paid", ""), ["received", "invoice-2026-000001"] },
        { "told of the money before it was noted which invoice a mail names", Told(Paid, "paid", null), ["received"] },
        { "told of the money with the invoice", Told(Paid, "paid", "2026-000001"), ["received"] },
        { "the mail about the money waits", Invoiced(Paid), ["received", "paid"] },
        { "cancelled", Unpaid.Cancel(Noon.AddHours(1)), ["cancelled"] },
        { "cancelled once paid", Paid.Cancel(Noon.AddHours(1)), ["cancelled"] },
        { "cancelled, and sent back", Paid.Cancel(Noon.AddHours(1)).With(Refund(minute: 70)), ["cancelled", "refunded-"] },
        { "given up", Unpaid with { Closed = new(Noon.AddHours(1), ClosingReason.Expired) }, ["cancelled"] },
        { "paid after its end", Cancelled.With(Capture(minute: 90)), ["cancelled"] },
        { "of somebody who has gone", Restriction.Restrict(Paid.With(Parcel())), [] },
    };

    private static Order Invoiced(Order order) => order with { Documents = [new SalesDocument(DocumentKind.Invoice, [order.Ledger[0].Key], "2026", Noon, [], "2026-000001", Noon.AddMinutes(5))] };

    private static Order Told(Order order, string key, string? document) => Invoiced(order).With(new NotificationMark(key, Noon.AddMinutes(4), NotificationState.Sent, Document: document));

    [Theory]
    [MemberData(nameof(Facts))]
    public void What_a_customer_is_told_follows_from_the_facts(string what, Order order, string[] due)
    {
        var keys = OrderNotification.Due(order, Now).Select(notification => notification.Key).ToList();
        keys.Count.ShouldBe(due.Length, what);
        keys.Zip(due).ShouldAllBe(pair => pair.First.StartsWith(pair.Second), what);
        keys.Distinct().Count().ShouldBe(keys.Count);
        // Whatever the order is stored and read as.
        OrderNotification.Due(OrderEntity.Of(order).ToOrder(), Now).Select(notification => notification.Key).ShouldBe(keys);
    }

    /// <summary>As it was stored by the version before: its mail named the invoice, and it did not say so.</summary>
    [Fact]
    public void A_mark_as_it_was_stored_before_is_of_a_mail_that_named_the_invoice()
    {
        var stored = OrderEntity.Of(Told(Paid, "paid", ""));
        stored.Notifications.ShouldNotBeNull().ShouldContain(",\"document\":\"\"");
        stored.Notifications = stored.Notifications.Replace(",\"document\":\"\"", "", StringComparison.Ordinal);
        OrderNotification.Due(stored.ToOrder(), Now).Select(notification => notification.Key).ShouldBe(["received"]);
    }

    [Fact]
    public void What_happened_more_than_five_days_ago_is_told_to_nobody()
    {
        var old = Arrived(Paid.With(Parcel()));
        OrderNotification.Due(old, Noon.AddDays(5)).Select(notification => notification.Key).ShouldBe(["paid", "shipped-1", "delivered-1"]);
        OrderNotification.Due(old, Noon.AddDays(6)).ShouldBeEmpty();
        OrderNotification.Due(old.With(Refund(minute: 6 * 24 * 60)), Noon.AddDays(6)).ShouldHaveSingleItem().Kind.ShouldBe(NotificationKind.Refunded);
    }

    [Fact]
    public void What_was_begun_in_time_and_not_sent_is_given_up_once_and_sent_only_to_whoever_asks_for_it()
    {
        var (late, end) = (Noon.AddDays(6), Noon.AddDays(30));
        OrderNotification.Expired(Paid, late).ShouldBeEmpty("nobody had begun to send it: it may be from before there were mails");
        OrderNotification.Expired(Paid.With(new NotificationMark("received", Noon, NotificationState.Deferred, 9)), late).Select(notification => notification.Key)
            .ShouldBe(["received", "paid"], "the later one has waited for the earlier one");
        var deferred = Paid.With(new NotificationMark("paid", Noon, NotificationState.Deferred, 9));
        OrderNotification.Expired(deferred, Now).ShouldBeEmpty();
        OrderNotification.Expired(deferred, late).ShouldHaveSingleItem().Key.ShouldBe("paid");
        OrderNotification.GiveUp(deferred.With(new NotificationMark("paid", late, NotificationState.Sending)), "paid", late).Notifications.ShouldHaveSingleItem().State.ShouldBe(NotificationState.Sending);

        var given = OrderNotification.GiveUp(deferred, "paid", late);
        given.Notifications.ShouldHaveSingleItem().ShouldBe(new("paid", late, NotificationState.GivenUp, 9));
        OrderNotification.Expired(given, end).ShouldBeEmpty();
        OrderNotification.Due(given, end).ShouldBeEmpty();
        OrderNotification.Claim(given, "received", end).Claimed.ShouldBeNull();
        OrderNotification.Claim(given, "paid", end).Claimed.ShouldNotBeNull().Key.ShouldBe("paid");
        OrderEntity.Of(given).ToOrder().Notifications.ShouldBe(given.Notifications);
    }

    [Fact]
    public void A_sale_that_staff_decide_about_long_after_it_was_paid_is_not_paid_once_more()
    {
        var reversed = Paid.With(Reversal()).Resolved(ReviewChoice.Accept, minute: 30 * 24 * 60);
        OrderNotification.Due(reversed, Noon.AddDays(30)).ShouldBeEmpty();
    }

    [Fact]
    public void Of_two_messages_about_one_only_the_first_sends_until_it_has_ended_without_a_word()
    {
        var told = Paid.With(new NotificationMark("received", Noon, NotificationState.Sent));
        var (claimed, first) = OrderNotification.Claim(told, "paid", Now);
        first!.Money.ShouldHaveSingleItem().Amount.ShouldBe(Gross);
        OrderNotification.Claim(claimed, "paid", Now.AddMinutes(1)).ShouldBe((claimed, null));
        var (again, second) = OrderNotification.Claim(claimed, "paid", Now + NotificationMark.Lease);
        second.ShouldNotBeNull();
        again.Notifications[^1].ShouldBe(new("paid", Now + NotificationMark.Lease, NotificationState.Sending, 2));
        OrderNotification.Claim(Paid, "shipped-1", Now).ShouldBe((Paid, null), "there is no such parcel");
    }

    [Fact]
    public void What_others_tell_of_is_told_after_the_order_and_the_parcel_that_it_is_about()
    {
        var early = (Unpaid with { PlacedAt = Noon.AddMinutes(1).AddMilliseconds(400) }).With(Capture(minute: 1)).With(Parcel());
        var order = early.With(new ShipmentEvent(1, "day", ShipmentStatus.Delivered, Parcel().ShippedAt.AddHours(-5)));
        OrderNotification.Due(order, Now).Select(notification => notification.Key).ShouldBe(["received", "paid", "shipped-1", "delivered-1"]);
    }

    [Fact]
    public void The_mails_of_an_order_go_one_after_another_and_what_has_failed_holds_none_up()
    {
        var (claimed, first) = OrderNotification.Claim(Paid, "paid", Now);
        first!.Key.ShouldBe("received", "nobody has begun the older one");
        OrderNotification.Claim(claimed, "paid", Now).ShouldBe((claimed, null), "whoever sends the older one goes on with it");
        var failed = claimed.With(new NotificationMark("received", Now, NotificationState.Deferred));
        OrderNotification.Claim(failed, "paid", Now).Claimed!.Key.ShouldBe("paid");
    }

    [Theory]
    [InlineData(NotificationState.Sent, true)]
    [InlineData(NotificationState.Refused, true)]
    [InlineData(NotificationState.Deferred, false)]
    public void What_the_server_has_said_is_final_or_is_tried_again(NotificationState said, bool isFinal)
    {
        var order = Paid.With(new NotificationMark("paid", Now, said));
        OrderNotification.Due(order, Now).Any(notification => notification.Key == "paid").ShouldBe(!isFinal);
        (OrderNotification.Claim(order, "paid", Now).Claimed is null).ShouldBe(isFinal);
        order.With(new NotificationMark("paid", Now, NotificationState.Sending)).Notifications.ShouldHaveSingleItem().State.ShouldBe(isFinal ? said : NotificationState.Sending);
        OrderEntity.Of(order).ToOrder().Notifications.ShouldBe(order.Notifications);
    }

    [Fact]
    public void There_is_room_for_all_marks_that_an_order_can_have()
    {
        var full = Enumerable.Range(1, Order.MostShipments).Aggregate(Unpaid, (order, i) => order.With(Parcel(i)));
        full = Enumerable.Range(1, Order.MostShipments).Aggregate(full, (order, i) => order.With(new ShipmentEvent(i, $"d{i}", ShipmentStatus.Delivered, Noon)));
        full = full with { Ledger = [.. Enumerable.Range(0, Order.MostLedgerEntries).Select(i => Refund(new string('r', 200) + i))], Closed = new(Noon, ClosingReason.Cancelled) };
        var due = OrderNotification.Due(full, Now);
        due.Length.ShouldBe((2 * Order.MostShipments) + Order.MostLedgerEntries + 1);
        var marked = due.Aggregate(full, (order, each) => order.With(new NotificationMark(each.Key, Now.AddTicks(1), NotificationState.Deferred, int.MaxValue, "2026-000001")));
        OrderEntity.Of(marked).Notifications!.Length.ShouldBeInRange(1, 32 * 1024);
    }

    [Fact]
    public void The_next_try_comes_later_each_time()
    {
        ReconciliationPolicy.NextNotification(Unpaid, new(), Noon.AddMinutes(1)).ShouldBe(TimeSpan.FromMinutes(5));
        ReconciliationPolicy.NextNotification(Unpaid, new(), Now).ShouldBe(TimeSpan.FromHours(2), "while nobody sends, a message more each five minutes would help nobody");
        ReconciliationPolicy.NextNotification(Unpaid, new(), Noon.AddDays(4)).ShouldBe(TimeSpan.FromMinutes(320));
        int[] minutes = [10, 20, 40, 80, 160, 320, 320];
        foreach (var (tries, wait) in minutes.Index())
            ReconciliationPolicy.NextNotification(Unpaid.With(new NotificationMark("received", Now, NotificationState.Deferred, tries + 1)), new(), Now).ShouldBe(TimeSpan.FromMinutes(wait));
        ReconciliationPolicy.NextNotification(Unpaid.With(new NotificationMark("received", Now, NotificationState.Sent)), new(), Now).ShouldBeNull();
    }

    private static Order Arrived(Order order) => order.With(new ShipmentEvent(1, "event", ShipmentStatus.Delivered, Noon.AddMinutes(20)));
}
