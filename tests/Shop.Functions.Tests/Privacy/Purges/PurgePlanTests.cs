using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Privacy.Purges;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Privacy.Purges;

/// <summary>What becomes of what is due. The sample orders are placed on 2026-11-20; its financial year ends on 2027-03-31.</summary>
public sealed class PurgePlanTests
{
    private static readonly RetentionPolicy Policy = new(new(), DataMap.OfShop);

    private static readonly Order Paid = (Unpaid with { DeliveryAddress = Unpaid.DeliveryAddress! with { Line2 = "Flat 2", Region = "Kent" }, BillingAddress = new() { Name = "Engines Ltd", Line1 = "1 Mill Lane", Line2 = "Unit 3", City = "Leeds", Region = "Yorkshire", Postcode = "LS1 1AA", Country = "GB" } }).With(Capture());

    [Fact]
    public void An_order_that_came_to_nothing_is_deleted_on_its_day_and_not_before()
    {
        Plan("2026-12-20").For(Row("unpaid-order"), Of(Cancelled)).ShouldBeStep(PurgeAction.Delete, "unpaid-order");
        Plan("2026-12-19").For(Row("unpaid-order"), Of(Cancelled)).ShouldBeStep(PurgeAction.Reschedule, "unpaid-order", "unpaid-order", "2026-12-20");
        // A payment that was denied is no sale.
        Plan("2026-12-20").For(Row("unpaid-order"), Of(Cancelled.With(Capture(status: FactStatus.Denied)))).Action.ShouldBe(PurgeAction.Delete);
    }

    [Fact]
    public void An_order_that_may_still_be_paid_is_kept_and_looked_at_again()
    {
        foreach (var open in new[] { Unpaid, Unpaid.With(Capture(status: FactStatus.Pending)), Cancelled.With(Capture(status: FactStatus.Pending)) })
        {
            var step = Plan("2026-12-20").For(Row("unpaid-order"), Of(open));
            step.ShouldBeStep(PurgeAction.Hold, "unpaid-order", "unpaid-order", "2027-01-19");
            step.HeldBy.ShouldBe(RetentionHold.OpenOrder);
        }
    }

    [Fact]
    public void A_paid_order_moves_to_the_day_of_its_address() =>
        Plan("2026-12-20").For(Row("unpaid-order"), Of(Paid)).ShouldBeStep(PurgeAction.Reschedule, "unpaid-order", "order-delivery", "2027-11-20");

    [Fact]
    public void The_address_goes_and_the_sale_stays_until_its_own_day()
    {
        Plan("2027-11-20").For(Row("order-delivery"), Of(Paid)).ShouldBeStep(PurgeAction.Delete, "order-delivery", "order-fiscal", "2033-04-01");
        var stripped = OrderRetention.WithoutDelivery(Paid);
        Plan("2027-11-20").For(Row("order-delivery"), Of(stripped)).ShouldBeStep(PurgeAction.Reschedule, "order-delivery", "order-fiscal", "2033-04-01");
        Plan("2033-04-01").For(Row("order-fiscal"), Of(stripped)).ShouldBeStep(PurgeAction.Delete, "order-fiscal");
        // After years without a run the whole of it is due at once.
        Plan("2033-04-01").For(Row("unpaid-order"), Of(Paid)).ShouldBeStep(PurgeAction.Delete, "order-fiscal");
    }

    [Fact]
    public void A_sale_to_the_union_stays_longer_and_where_it_went_outlives_the_address()
    {
        var french = Paid with { DeliveryAddress = Paid.DeliveryAddress! with { Country = "FR" } };
        Plan("2027-11-20").For(Row("order-delivery"), Of(french)).ShouldBeStep(PurgeAction.Delete, "order-delivery", "order-fiscal-oss", "2037-04-01");
        var stripped = OrderRetention.WithoutDelivery(french);
        stripped.DeliveryAddress.ShouldBeNull();
        stripped.RequestHash.ShouldBeEmpty();
        stripped.DeliveryCountry.ShouldBe("FR");
        Plan("2037-03-31").For(Row("order-fiscal-oss"), Of(stripped)).Action.ShouldBe(PurgeAction.Reschedule);
        Plan("2037-04-01").For(Row("order-fiscal-oss"), Of(stripped)).ShouldBeStep(PurgeAction.Delete, "order-fiscal-oss");
    }

    [Theory]
    [InlineData("FR", true, true)]
    [InlineData("FR", false, false)]
    [InlineData("GB", true, false)]
    [InlineData("US", false, false)]
    public void Ten_years_are_for_what_bore_the_vat_of_a_member_state_and_an_export_there_is_kept_for_six(string country, bool isTaxed, bool isOneStopShop)
    {
        var sale = Paid with { DeliveryAddress = Paid.DeliveryAddress! with { Country = country }, Lines = isTaxed ? Paid.Lines : [.. Paid.Lines.Select(line => line with { VatBasisPoints = 0, Vat = 0 })] };
        var (rule, due) = isOneStopShop ? ("order-fiscal-oss", "2037-04-01") : ("order-fiscal", "2033-04-01");
        Plan("2027-11-20").For(Row("order-delivery"), Of(sale)).ShouldBeStep(PurgeAction.Delete, "order-delivery", rule, due);
        Plan(due).For(Row(rule), Of(Restriction.Restrict(sale))).ShouldBeStep(PurgeAction.Delete, rule);
        ErasureDecision.KeptOf(Restriction.Restrict(sale), Policy).ShouldBe(new(sale.Id, sale.Number, rule, Day(due)));
    }

    [Fact]
    public void A_refund_moves_both_clocks()
    {
        var refunded = Paid.With(Refund() with { At = new(2027, 6, 1, 0, 0, 0, TimeSpan.Zero) });
        Plan("2027-11-20").For(Row("order-delivery"), Of(refunded)).ShouldBeStep(PurgeAction.Reschedule, "order-delivery", "order-delivery", "2028-06-01");
        Plan("2028-06-01").For(Row("order-delivery"), Of(refunded)).ShouldBeStep(PurgeAction.Delete, "order-delivery", "order-fiscal", "2034-04-01");
    }

    [Fact]
    public void An_open_dispute_a_refund_under_way_and_a_legal_hold_keep_everything()
    {
        Held(Paid.With(Dispute(FactStatus.Open)), RetentionHold.OpenDispute);
        Held(Paid.With(Dispute(FactStatus.Inquiry)), RetentionHold.OpenDispute);
        Held(Paid.With(Dispute(FactStatus.Lost, amount: 500)), RetentionHold.OpenOrder);
        Held(Paid.With(Reversal(amount: 500)), RetentionHold.OpenOrder);
        Held(Paid.With(Refund(status: FactStatus.Pending)), RetentionHold.OpenOrder);
        Held(Paid.With(Refund(amount: Gross + 1)), RetentionHold.OpenOrder);
        Held(Paid, RetentionHold.LegalHold, "ada");
        Plan("2033-04-01").For(Row("order-fiscal"), Of(Paid.With(Dispute(FactStatus.Lost)))).Action.ShouldBe(PurgeAction.Delete);

        static void Held(Order order, RetentionHold by, params string[] held)
        {
            var step = Plan("2033-04-01", held).For(Row("order-fiscal"), Of(order));
            step.Action.ShouldBe(PurgeAction.Hold);
            step.HeldBy.ShouldBe(by);
            step.NextDue.ShouldBe(Day("2033-05-01"));
        }
    }

    [Fact]
    public void An_account_goes_two_years_after_its_last_use_or_order()
    {
        Plan("2026-11-20").For(Row("account"), Account("2024-11-20")).ShouldBeStep(PurgeAction.Delete, "account");
        Plan("2026-11-19").For(Row("account"), Account("2024-11-20")).ShouldBeStep(PurgeAction.Reschedule, "account", "account", "2026-11-20");
        // Stored before days were noted: the order shows the use.
        Plan("2026-11-20").For(Row("account"), Account("2024-11-20", Paid)).ShouldBeStep(PurgeAction.Reschedule, "account", "account", "2028-11-20");
        Plan("2028-11-20").For(Row("account"), Account("2024-11-20", Paid)).Restricts.ShouldBe([Paid]);
    }

    [Fact]
    public void An_account_under_hold_or_with_an_open_order_or_dispute_stays()
    {
        Plan("2028-11-20", "ada").For(Row("account"), Account("2024-11-20")).HeldBy.ShouldBe(RetentionHold.LegalHold);
        Plan("2028-11-20").For(Row("account"), Account("2024-11-20", Paid.With(Dispute(FactStatus.Open)))).HeldBy.ShouldBe(RetentionHold.OpenDispute);
        Plan("2028-11-20").For(Row("account"), Account("2024-11-20", Unpaid)).HeldBy.ShouldBe(RetentionHold.OpenOrder);
    }

    [Fact]
    public void What_a_purge_left_of_an_account_goes_and_what_is_gone_needs_nothing()
    {
        Plan("2026-11-20").For(Row("account"), new DueItem.OfAccount(null, ["address-1"], [], [])).Action.ShouldBe(PurgeAction.Delete);
        Plan("2026-11-20").For(Row("account"), new DueItem.OfAccount(null, [], [], [])).Action.ShouldBe(PurgeAction.Gone);
        Plan("2026-11-20").For(Row("order-fiscal"), new DueItem.OfOrder(null)).Action.ShouldBe(PurgeAction.Gone);
    }

    [Fact]
    public void A_breach_goes_six_years_after_it_was_closed_and_never_while_it_is_open()
    {
        var open = new Breach
        {
            Id = "1",
            Revision = 1,
            EnteredAt = Noon,
            ChangedAt = Noon,
            ChangedBy = "staff",
            NoticedAt = Noon,
            AwareAt = Noon,
            WhatHappened = "A laptop was lost",
        };
        Plan("2032-11-20").For(Row("breach"), new DueItem.OfBreach(open)).ShouldBeStep(PurgeAction.Reschedule, "breach", "breach", "2038-11-20");
        Plan("2032-11-20").For(Row("breach"), new DueItem.OfBreach(open with { ClosedAt = Noon })).ShouldBeStep(PurgeAction.Delete, "breach");
        Plan("2032-11-19").For(Row("breach"), new DueItem.OfBreach(open with { ClosedAt = Noon })).Action.ShouldBe(PurgeAction.Reschedule);
    }

    [Fact]
    public void Counts_go_two_days_after_their_day()
    {
        Plan("2026-11-21").For(Row("rate-count"), new DueItem.OfRateCounts("20261120", true)).ShouldBeStep(PurgeAction.Reschedule, "rate-count", "rate-count", "2026-11-22");
        Plan("2026-11-22").For(Row("rate-count"), new DueItem.OfRateCounts("20261120", true)).ShouldBeStep(PurgeAction.Delete, "rate-count");
        Plan("2026-11-22").For(Row("rate-count"), new DueItem.OfRateCounts("20261120", false)).Action.ShouldBe(PurgeAction.Gone);
    }

    [Fact]
    public void Every_rule_with_a_period_is_one_that_the_purge_or_the_platform_carries_out()
    {
        string[] byPurge = ["unpaid-order", "order-delivery", "order-fiscal", "order-fiscal-oss", "account", "account-consent", "breach", "erasure-record", "purge-report", "dead-letter", "staff-action", "rate-count"];
        // Azure Monitor deletes logs; tests/Shop.Infra.Tests holds its days against the policy's.
        Policy.Rules.Where(rule => rule.Period is not null).Select(rule => rule.Id).ShouldBe([.. byPurge, "log"], ignoreOrder: true);
    }

    [Fact]
    public void What_cannot_be_read_comes_back_tomorrow() =>
        Plan("2026-11-20").For(Row("later-version"), new DueItem.Unreadable()).ShouldBeStep(PurgeAction.Unreadable, "later-version", "later-version", "2026-11-21");

    [Fact]
    public void The_clock_of_the_address_is_the_last_delivery_where_all_is_delivered()
    {
        var shipped = Paid with { Shipments = [Parcel(1, "2026-12-01"), Parcel(2, null)] };
        Plan("2026-12-20").For(Row("unpaid-order"), Of(shipped)).NextDue.ShouldBe(Day("2027-12-05"));
        var delivered = Paid with { Shipments = [Parcel(1, "2026-12-01"), Parcel(2, "2027-01-10")] };
        Plan("2026-12-20").For(Row("unpaid-order"), Of(delivered)).NextDue.ShouldBe(Day("2028-01-10"));
        Plan("2026-12-20").For(Row("unpaid-order"), Of(delivered.With(Refund() with { At = new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero) }))).NextDue.ShouldBe(Day("2028-01-10"));
    }

    [Fact]
    public void Nothing_of_the_delivery_outlives_its_time_whatever_the_order_comes_to_hold()
    {
        var whole = OrderEntity.Of(Paid with
        {
            Shipments = [Parcel(1, "2026-12-01") with { RequestHash = "hash" }],
            ShipmentEvents = [new(1, "id", ShipmentStatus.Delivered, Noon, "Leeds")],
        });
        (whole.MoreShipments, whole.MoreShipmentEvents) = (whole.Shipments, whole.ShipmentEvents);
        var left = OrderEntity.Of(OrderRetention.WithoutDelivery(whole.ToOrder()));
        foreach (var property in DataMap.OfShop.Find(StorageNames.Orders, OrderEntity.Row)!.Properties.Where(property => property.Class is DataClass.Delivery or DataClass.Contact))
        {
            ValueOf(whole, property.Name).ShouldNotBeNullOrEmpty($"the sample lacks {property.Name}, so that this proves nothing");
            ValueOf(left, property.Name).ShouldBeNullOrEmpty(property.Name);
        }
    }

    private static Shipment Parcel(int number, string? delivered) => new(
        number, $"key-{number}", "DPD", $"track-{number}", new(2026, 12, 5, 0, 0, 0, TimeSpan.Zero),
        delivered is null ? null : new(Day(delivered), TimeOnly.MinValue, TimeSpan.Zero));

    /// <summary>What stands under <c>RequestHash</c>, <c>DeliveryAddress.city</c>, <c>Shipments[].trackingNumber</c>.</summary>
    private static string? ValueOf(OrderEntity entity, string name)
    {
        var steps = name.Split('.', 2);
        var stored = (string?)typeof(OrderEntity).GetProperty(steps[0].TrimEnd('[', ']'))!.GetValue(entity);
        if (steps.Length == 1 || stored is null) return stored;
        var json = JsonNode.Parse(stored)!;
        return (json is JsonArray list ? list[0]! : json)[steps[1]]?.ToString();
    }

    private static PurgePlan Plan(string today, params string[] held) => new(Policy, Day(today)) { Held = new(held.ToFrozenSet(), held.ToFrozenSet()) };

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static RetentionRow Row(string rule) => new() { PartitionKey = "20261120-00", RowKey = $"{rule}~key" };

    private static DueItem Of(Order order) => new DueItem.OfOrder(order);

    private static DueItem Account(string seen, params Order[] orders) => new DueItem.OfAccount(
        new AccountEntity { PartitionKey = "ada", LastSeenDay = new(Day(seen), TimeOnly.MinValue, TimeSpan.Zero) }, [], [.. orders], []);
}

internal static class PurgeStepAssertions
{
    public static void ShouldBeStep(this PurgeStep step, PurgeAction action, string rule, string? nextRule = null, string? nextDue = null) =>
        (step.Action, step.Rule, step.NextRule, step.NextDue?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ShouldBe((action, rule, nextRule, nextDue));
}
