using System.Net.Http.Json;
using System.Reflection;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Payments.Checkouts;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders;

/// <summary>The limits of an order never stand in money's way (issue 10, E 12).</summary>
public sealed class OrderLimitTests(StorageEmulator emulator)
{
    /// <summary>Longer than any id that a provider has.</summary>
    private static readonly string LongId = new('x', 60);

    private static readonly StartPayment.Request Pay = new("stripe", "https://shop.example/a", "https://shop.example/b");

    private static readonly Order Full = Enumerable.Range(0, Order.MostLedgerEntries)
        .Aggregate(Unpaid.With(Checkout()), (order, i) => order.With(Capture($"pi_x{i:D3}", FactStatus.Denied)));

    [Fact]
    public void Issue_10_12_every_list_fits_into_the_entity_at_its_stated_limit()
    {
        var (long200, staff) = (new string('é', 200), new string('o', 36));
        var order = Unpaid;
        for (var i = 0; i < Order.MostLedgerEntries; i++)
            order = order.With(new LedgerEntry(FactKind.Refund, "stripe", $"refused_{LongId}{i:D3}", $"capture:stripe:{LongId}", long.MaxValue, "GBP", FactStatus.Succeeded, Noon.AddTicks(1), new string('r', 26)));
        for (var i = 1; i <= Order.MostCheckouts; i++) order = order.With(PageOf(i));
        for (var i = order.Journal.Length; i < Order.MostJournalEntries; i++)
            order = order.With(new JournalEntry(Noon.AddTicks(i), JournalKinds.RefundWithdrawn, $"refund:stripe:refused_{LongId}{i:D3}", long.MaxValue, "GBP"));
        for (var i = 1; i <= Order.MostShipments; i++)
        {
            var parcel = new Shipment(i, new string('k', 16), new string('é', 50), new string('9', 50), Noon.AddTicks(1), Noon.AddTicks(1))
            {
                Lines = [.. Enumerable.Repeat(new ShipmentLine(99, 10_000), Order.MostShipmentLines / Order.MostShipments)],
                RequestHash = new string('h', 16),
                VoidedAt = Noon.AddTicks(1),
            };
            order = order with { Shipments = order.Shipments.Add(parcel) };
        }

        Should.Throw<OrderLimitException>(() => order.With(Parcel(51)));
        order = order with
        {
            ShipmentEvents =
            [
                .. from number in Enumerable.Range(1, Order.MostShipments)
                   from kind in Enum.GetValues<ShipmentStatus>().Skip(1)
                   select new ShipmentEvent(number, new string('e', 16), kind, Noon.AddTicks(1), new string('é', ShipmentEvent.LongestPlace), Noon.AddTicks(1)),
            ],
        };
        for (var i = 1; i <= Order.MostRefundPromises; i++)
            order = order.With(new RefundPromise($"{new string('r', 24)}{i:D2}", long.MaxValue, "GBP", false, long200, staff, Noon.AddTicks(1))
            {
                Lines = [.. Enumerable.Repeat(new RefundLine(99, 10_000, 999_999_999_999), Order.MostRefundLines / Order.MostRefundPromises)],
                SentAt = Noon.AddTicks(1),
                WithdrawnAt = Noon.AddTicks(1),
                WithdrawnBy = staff,
            });
        var concern = new ReviewConcern(MoneyCase.RefundKeepsFailing, $"capture:stripe:{LongId}", $"{new string('r', 26)} 3", new string('r', 26));
        for (var i = 1; i <= Order.MostResolutions; i++)
            order = order.With(new ReviewResolution(ReviewChoice.WriteOff, long200, staff, Noon, [.. Enumerable.Repeat(concern, 5)]));

        var entity = OrderEntity.Of(order);
        foreach (var property in typeof(OrderEntity).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.PropertyType == typeof(string)))
            ((string?)property.GetValue(entity) ?? "").Length.ShouldBeLessThanOrEqualTo(32 * 1024, property.Name);
        var read = entity.ToOrder();
        read.Ledger.ShouldBe(order.Ledger);
        read.Checkouts.ShouldBe(order.Checkouts);
        read.Journal.ShouldBe(order.Journal);
        OrderEntity.Of(read).Shipments.ShouldBe(entity.Shipments);
        OrderEntity.Of(read).MoreShipments.ShouldBe(entity.MoreShipments);
        read.ShipmentEvents.ShouldBe(order.ShipmentEvents);
        OrderEntity.Of(read).RefundRequests.ShouldBe(entity.RefundRequests);
        OrderEntity.Of(read).MoreRefundRequests.ShouldBe(entity.MoreRefundRequests);
        read.Resolutions.SelectMany(resolution => resolution.Concerns).ShouldBe(order.Resolutions.SelectMany(resolution => resolution.Concerns));
    }

    [Fact]
    public void Issue_10_12_a_full_journal_tells_steps_that_repeat_together_and_drops_none()
    {
        var order = Unpaid.With(new JournalEntry(Noon, JournalKinds.Cancelled));
        for (var i = 1; i <= 500; i++) order = order.With(new JournalEntry(Noon.AddMinutes(i), i % 3 == 0 ? JournalKinds.CheckoutExpired : JournalKinds.PaymentStarted, $"checkout:stripe:{i}"));
        order.Journal.Length.ShouldBe(Order.MostJournalEntries);
        order.Journal.Sum(entry => entry.Times ?? 1).ShouldBe(502);
        order.Journal[0].Kind.ShouldBe(JournalKinds.Placed);
        order.Journal[^1].Key.ShouldBe("checkout:stripe:500");
        order.Journal.Where(entry => entry.Kind == JournalKinds.CheckoutExpired).Sum(entry => entry.Times ?? 1).ShouldBe(166);
        order.Journal.Select(entry => entry.At).ShouldBeInOrder();
        OrderEntity.Of(order).ToOrder().Journal.ShouldBe(order.Journal);
    }

    [Fact]
    public void Issue_10_12_a_customer_opens_no_page_without_room_for_what_comes_of_it()
    {
        var order = Enumerable.Range(0, 61).Aggregate(Unpaid, (current, i) => current.With(Capture($"pi_{i}", FactStatus.Denied)));
        CheckoutDecision.Of(order, Pay, StripePayments.Terms, Noon.AddMinutes(5)).ShouldBeOfType<CheckoutDecision.Refuse>().Problem.Type.ShouldBe("too-many-attempts");
        (Order.MostLedgerEntries - order.Ledger.Length).ShouldBeGreaterThanOrEqualTo(39);
    }

    [Fact]
    public void Issue_10_12_pages_whose_end_nobody_knows_do_not_add_up_while_a_provider_fails()
    {
        var order = Unpaid;
        var now = Noon;
        while (CheckoutDecision.Of(order, Pay, StripePayments.Terms, now) is CheckoutDecision.Open open) (order, now) = (open.Order, now.AddMinutes(2));
        order.Checkouts.Length.ShouldBe(Order.MostOpenCheckouts);
        CheckoutDecision.Of(order, Pay, StripePayments.Terms, now).ShouldBeOfType<CheckoutDecision.Refuse>().Problem.Status.ShouldBe(503);
        order = order.With(order.Checkouts[0] with { State = CheckoutState.Expired });
        CheckoutDecision.Of(order, Pay, StripePayments.Terms, now).ShouldBeOfType<CheckoutDecision.Open>();
    }

    [Fact]
    public void Issue_10_12_no_money_is_taken_that_could_not_be_recorded()
    {
        var approved = Checkout(2) with { Provider = "paypal", Id = "PP1", State = CheckoutState.Approved };
        Settlement.Of(Unpaid.With(approved)).Captures.ShouldHaveSingleItem();
        Settlement.Of(Full.With(approved)).Captures.ShouldBeEmpty();
    }

    [Fact]
    public void Issue_10_12_a_fact_without_room_holds_the_order_until_a_person_has_seen_to_it()
    {
        var order = Full.With(Capture());
        order.Ledger.ShouldBe(Full.Ledger);
        order.With(Capture("pi_2")).ShouldBeSameAs(order);
        Full.With(Capture("pi_x007", FactStatus.Denied)).ShouldBeSameAs(Full, "what is known needs no room");
        var settlement = Settlement.Of(OrderEntity.Of(order).ToOrder());
        (settlement.Payment, settlement.ReviewReason, settlement.MayShip).ShouldBe((PaymentStatus.NeedsReview, "ledger_full", false));
        ReviewView.Of(order, null, Noon)!.Decisions.ShouldBe([ReviewChoice.Accept, ReviewChoice.WriteOff]);
        ReviewView.Of(order, null, Noon)!.Concerns.ShouldHaveSingleItem().ShouldBe(new("ledger_full", "capture:stripe:pi_1", $"{Gross} completed"));

        var decided = ReviewDecision.Of(order, new("accept", "sent back at the provider"), "grace", Noon).ShouldBeOfType<ReviewDecision.Settle>().Order;
        Settlement.Of(decided).NeedsPerson.ShouldBeFalse();
        ReviewView.Of(decided, null, Noon).ShouldBeNull();
        decided.With(Capture()).ShouldBeSameAs(decided, "somebody has seen to it");
        decided.With(Capture(status: FactStatus.Pending)).ShouldBeSameAs(decided, "so it had been before");
        decided.Lacks(Capture()).ShouldBeFalse();
        Settlement.Of(decided.With(Capture(status: FactStatus.Reversed))).NeedsPerson.ShouldBeTrue("it has moved on");
        Settlement.Of(decided.With(Capture("pi_3"))).NeedsPerson.ShouldBeTrue("another one");
    }

    [Theory]
    [InlineData("capture:stripe:pi_1", "0 pending", "12000 completed")]
    [InlineData("dispute:stripe:dp_1", "0 pending", "12000 inquiry")]
    public void Issue_10_12_a_fact_without_room_that_an_earlier_version_has_noted_by_its_key_holds_the_order_as_well(string key, string noted, string told)
    {
        var entity = OrderEntity.Of(Full);
        entity.Unrecorded = key;
        var order = entity.ToOrder();
        ReviewView.Of(order, null, Noon)!.Concerns.ShouldHaveSingleItem().ShouldBe(new("ledger_full", key, noted));
        OrderEntity.Of(order).ToOrder().Unrecorded.ShouldBe(order.Unrecorded);
        var again = order.With(key.StartsWith("capture", StringComparison.Ordinal) ? Capture() : Dispute(FactStatus.Inquiry));
        ReviewView.Of(again, null, Noon)!.Concerns.ShouldHaveSingleItem().ShouldBe(new("ledger_full", key, told), "the fact itself counts");
    }

    [Fact]
    public void Issue_10_12_a_fact_without_room_is_told_beside_whatever_else_a_person_must_decide()
    {
        var order = Filled(Unpaid.With(Checkout()).With(Capture(amount: 1))).With(Capture("pi_2"));
        ReviewView.Of(order, null, Noon)!.Concerns.Select(concern => concern.Reason).ShouldBe(["paid_too_little", "ledger_full"]);
        ReviewView.Of(order, null, Noon)!.Decisions.ShouldBe([ReviewChoice.Accept], "what suits both");
        ReviewDecision.Of(order, new("refund", "other"), "grace", Noon).ShouldBeOfType<ReviewDecision.Refuse>();
        // A decision that was about the one only does not answer the other.
        var decided = order.With(new ReviewResolution(ReviewChoice.Accept, ReviewReasons.Other, "grace", Noon, [Settlement.Of(order).Concerns[0]]));
        Settlement.Of(decided).ReviewReason.ShouldBe("ledger_full");
    }

    [Fact]
    public void Issue_10_12_a_refund_that_could_not_be_recorded_is_left_to_a_person_and_not_owed_once_that_is_done()
    {
        var promised = Unpaid.With(Checkout()).With(Capture()).With(Request());
        Settlement.Of(promised).Refunds.ShouldHaveSingleItem();
        var order = Filled(promised);
        var settlement = Settlement.Of(order);
        (settlement.ReviewReason, settlement.OwesSomething, RefundView.Find(order, "r1")!.Status).ShouldBe(("ledger_full", false, RefundProgress.Requested));

        // The person sends it back at the provider; its webhook, and whoever asks the provider, changes nothing any more.
        var decided = ReviewDecision.Of(order, new("accept", "other"), "grace", Noon).ShouldBeOfType<ReviewDecision.Settle>().Order;
        (Settlement.Of(decided).NeedsPerson, Settlement.Of(decided).OwesSomething, RefundView.Find(decided, "r1")!.Status).ShouldBe((false, false, RefundProgress.NotNeeded));
        var told = decided.With(Refund());
        var seen = ReviewDecision.Of(told, new("accept", "other"), "grace", Noon).ShouldBeOfType<ReviewDecision.Settle>().Order;
        seen.With(Refund()).ShouldBeSameAs(seen);
        RefundDecision.Of(Filled(Unpaid.With(Checkout()).With(Capture())), new("other"), "r2", "grace", Noon, []).ShouldBeOfType<RefundDecision.Refuse>().Problem.Type.ShouldBe("ledger-full");
    }

    [Fact]
    public void Issue_10_12_a_reversal_and_the_refund_that_it_was_taken_for_need_room_once()
    {
        var order = Filled(Unpaid.With(Checkout()).With(Capture(), Refund("x1", amount: 5)));
        var reversed = order.With(Reversal("x1", amount: 5));
        (reversed.Unrecorded, reversed.Ledger.Length, reversed.Lacks(Refund("x1", amount: 5))).ShouldBe((null, Order.MostLedgerEntries, false));
        reversed.Ledger.ShouldContain(Reversal("x1", amount: 5));
        reversed.With(Refund("x1", amount: 5)).ShouldBeSameAs(reversed);
    }

    [Fact]
    public async Task Issue_10_12_money_that_cannot_be_recorded_is_in_the_reviews_and_its_event_is_kept()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await new OrderStore(shop.Tables()).ChangeAsync(stage.OrderId, order => order with { Ledger = Full.Ledger }, TestContext.Current.CancellationToken);
        await shop.Stripe.PayAsync(stage.SessionId, Local.Stripe.PaymentOutcome.Succeeds);
        await shop.SettleAsync();

        var grace = shop.As("grace@example.com", "Shop.Finance");
        var review = (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        review["reason"]!.GetValue<string>().ShouldBe("ledger_full");
        (await shop.CountAsync($"{StorageNames.PaymentEvents}-poison")).ShouldBeGreaterThan(0);
        await stage.ShouldBeAsync("needs_review");
        await shop.LookAtAsync(stage.OrderId);
        (await shop.CountAsync($"{StorageNames.OrderChecks}-poison")).ShouldBe(0, "a look copes");

        // Once somebody has seen to it, its event can be sent again and is done with.
        (await grace.PostAsync($"api/reviews/{stage.OrderId}/resolve", JsonContent.Create(new { decision = "accept", reason = "other" }), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await shop.LookAtAsync(stage.OrderId);
        (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().ShouldBeEmpty();
    }

    private static Order Filled(Order order) =>
        Enumerable.Range(0, Order.MostLedgerEntries - order.Ledger.Length).Aggregate(order, (filled, i) => filled.With(Capture($"pi_x{i:D3}", FactStatus.Denied)));

    /// <summary>The last three are open, with addresses as long as they may be and full of what JSON writes in six characters.</summary>
    private static Checkout PageOf(int attempt) => Checkout(attempt, attempt > Order.MostCheckouts - Order.MostOpenCheckouts ? CheckoutState.Open : CheckoutState.Expired) with
    {
        Id = $"cs_test_{LongId}{attempt:D2}",
        Url = attempt > Order.MostCheckouts - Order.MostOpenCheckouts ? $"https://checkout.example/{new string('u', 900)}" : null,
        ReturnUrl = attempt > Order.MostCheckouts - Order.MostOpenCheckouts ? new string('&', 1_000) : null,
        CancelUrl = attempt > Order.MostCheckouts - Order.MostOpenCheckouts ? new string('&', 1_000) : null,
        Declined = new(12, Noon.AddTicks(1), Remedy.OtherPage, Noon.AddTicks(1)),
    };
}
