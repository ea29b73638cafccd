using System.Reflection;
using System.Text.Json;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Tests.Orders;

/// <summary>What is taken from an order when its account goes.</summary>
public sealed class RestrictionTests
{
    private static readonly Order Full = SampleOrders.Unpaid.With(SampleOrders.Capture()) with
    {
        PurchaseOrderNumber = "PO-1",
        DeliveryAddress = SampleOrders.Unpaid.DeliveryAddress! with { Line2 = "Second floor", Region = "Region" },
        Checkouts = [SampleOrders.Checkout() with { ReturnUrl = "https://shop.example/r", CancelUrl = "https://shop.example/c" }],
        Shipments = [new Shipment(1, "key", "DPD", "1Z", SampleOrders.Noon, SampleOrders.Noon)],
    };

    /// <summary>Every stored property that says something of the customer, by the data map: one that is added later is asked about here too.</summary>
    [Fact]
    public void Nothing_is_left_in_any_property_whose_class_is_about_a_person()
    {
        var personal = DataMap.OfShop.Find(StorageNames.Orders, OrderEntity.Row)!.Properties
            .Where(property => property.Class is DataClass.Identity or DataClass.Contact or DataClass.Delivery).Select(property => property.Name).ToList();
        personal.Count.ShouldBeGreaterThan(8);
        var before = ValuesOf(OrderEntity.Of(Full));
        var after = ValuesOf(OrderEntity.Of(Restriction.Restrict(Full)));
        // Who of the staff promised, took back or decided something is not about the customer.
        string[] ofStaff =
        [
            "RefundRequests[].by", "RefundRequests[].withdrawnBy", "Resolutions[].by",
            "MoreRefundRequests[].by", "MoreRefundRequests[].withdrawnBy", "MoreResolutions[].by",
        ];
        foreach (var name in personal.Except(ofStaff))
        {
            before[name].ShouldNotBeEmpty($"the sample has no {name}");
            after[name].ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void What_tax_law_wants_stays()
    {
        var kept = Restriction.Restrict(Full);
        (kept.DeliveryCountry, kept.Gross, kept.Number).ShouldBe(("GB", Full.Gross, Full.Number));
        kept.Lines.ShouldBe(Full.Lines);
        kept.Ledger.ShouldBe(Full.Ledger);
        Restriction.Restrict(kept).ShouldBeSameAs(kept);
    }

    [Fact]
    public void An_order_of_which_nothing_has_left_ends_and_its_money_goes_back()
    {
        var ended = Restriction.WithoutAccount(Full with { Shipments = [] }, SampleOrders.Noon.AddDays(1));
        ended.Closed.ShouldBe(new Closing(SampleOrders.Noon.AddDays(1), ClosingReason.Cancelled));
        Settlement.Of(ended).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(SampleOrders.Gross);
        Restriction.WithoutAccount(ended, SampleOrders.Noon.AddDays(2)).ShouldBeSameAs(ended);
    }

    [Fact]
    public void An_order_that_was_delivered_or_refunded_is_not_cancelled()
    {
        Restriction.WithoutAccount(Full, SampleOrders.Noon).Closed.ShouldBeNull();
        Restriction.WithoutAccount(Full.With(SampleOrders.Refund()) with { Shipments = [] }, SampleOrders.Noon).Closed.ShouldBeNull();
    }

    private static ILookup<string, string> ValuesOf(OrderEntity entity) => (
        from property in typeof(OrderEntity).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let value = property.GetValue(entity) as string
        where !string.IsNullOrEmpty(value)
        from leaf in value is ['{' or '[', ..] ? Leaves(property.Name, JsonDocument.Parse(value).RootElement) : [(property.Name, value)]
        select leaf).ToLookup(leaf => leaf.Item1, leaf => leaf.Item2);

    private static IEnumerable<(string, string)> Leaves(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Leaves($"{path}.{member.Name}", member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Leaves(path + "[]", item)),
        _ => [(path, element.ToString())],
    };
}
