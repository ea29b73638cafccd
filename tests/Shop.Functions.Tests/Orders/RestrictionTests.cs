using System.Reflection;
using System.Text.Json;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
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
        BillingAddress = new() { Name = "Engines Ltd", Line1 = "1 Mill Lane", Line2 = "Unit 3", City = "Leeds", Region = "Yorkshire", Postcode = "LS1 1AA", Country = "GB" },
        Checkouts = [SampleOrders.Checkout() with { ReturnUrl = "https://shop.example/r", CancelUrl = "https://shop.example/c" }],
        Shipments = [new Shipment(1, "key", "DPD", "1Z", SampleOrders.Noon, SampleOrders.Noon) { RequestHash = "hash" }],
        ShipmentEvents = [new(1, "id", ShipmentStatus.Delivered, SampleOrders.Noon, "Leeds")],
        RefundPromises = [SampleOrders.Request()],
        Resolutions = [new(ReviewChoice.Accept, ReviewReasons.Other, "grace", SampleOrders.Noon, [], "Ada called")],
        Journal = [new(SampleOrders.Noon, JournalKinds.Cancelled, Role: "finance", By: "grace", Reason: "out_of_stock", Note: "Ada called")],
    };

    /// <summary>The same with lists that are too long for one property each.</summary>
    private static readonly Order Long = Full with
    {
        Checkouts = Many(Full.Checkouts[0] with { ReturnUrl = "https://shop.example/" + new string('r', 1_000), CancelUrl = "https://shop.example/" + new string('c', 1_000) }, 20),
        Shipments = Many(Full.Shipments[0] with { Carrier = new string('c', 2_000) }, 20),
        ShipmentEvents = Many(Full.ShipmentEvents[0] with { Place = new string('p', 2_000) }, 20),
        RefundPromises = Many(Full.RefundPromises[0] with { Note = new string('n', 2_000), WithdrawnAt = SampleOrders.Noon, WithdrawnBy = "grace" }, 20),
        Resolutions = Many(Full.Resolutions[0] with { Note = new string('n', 2_000) }, 20),
        Journal = Many(Full.Journal[0] with { Note = new string('n', 200) }, 150),
    };

    private static System.Collections.Immutable.ImmutableArray<T> Many<T>(T one, int count) => [.. Enumerable.Repeat(one, count)];

    /// <summary>Every stored property that says something of the customer, by the data map: one that is added later is asked about here too.</summary>
    [Fact]
    public void Nothing_is_left_in_any_property_whose_class_is_about_a_person()
    {
        var personal = DataMap.OfShop.Find(StorageNames.Orders, OrderEntity.Row)!.Properties
            .Where(property => property.Class is DataClass.Identity or DataClass.Contact or DataClass.Delivery or DataClass.Note or DataClass.Staff).Select(property => property.Name).ToList();
        personal.Count.ShouldBeGreaterThan(8);
        var before = ValuesOf(OrderEntity.Of(Long));
        var after = ValuesOf(OrderEntity.Of(Restriction.Restrict(Long)));
        foreach (var name in personal)
        {
            before[name].ShouldNotBeEmpty($"the sample has no {name}");
            after[name].ShouldBeEmpty(name);
        }
    }

    /// <summary>Whatever is about a person in an item of a list counts by itself: an order that has only that left is not restricted yet.</summary>
    [Fact]
    public void Each_of_them_by_itself_keeps_an_order_from_being_restricted()
    {
        var bare = Restriction.Restrict(Full);
        Restriction.IsRestricted(bare).ShouldBeTrue();
        string[] asked =
        [
            .. LeftIn(bare.Checkouts, list => bare with { Checkouts = list }),
            .. LeftIn(bare.Shipments, list => bare with { Shipments = list }),
            .. LeftIn(bare.ShipmentEvents, list => bare with { ShipmentEvents = list }),
            .. LeftIn(bare.Journal, list => bare with { Journal = list }),
            .. LeftIn(bare.RefundPromises, list => bare with { RefundPromises = list }),
            .. LeftIn(bare.Resolutions, list => bare with { Resolutions = list }),
        ];
        asked.ShouldBe(["Carrier", "TrackingNumber", "RequestHash", "Place", "By", "Note", "By", "Note", "WithdrawnBy", "By", "Note"], ignoreOrder: true);

        static IEnumerable<string> LeftIn<T>(System.Collections.Immutable.ImmutableArray<T> list, Func<System.Collections.Immutable.ImmutableArray<T>, Order> with)
            where T : class
        {
            foreach (var property in typeof(T).GetProperties().Where(property => property.GetCustomAttribute<DataClassAttribute>() is { DataClass: DataClass.Staff or DataClass.Note or DataClass.Delivery or DataClass.Identity or DataClass.Contact }))
            {
                var left = (T)typeof(T).GetMethod("<Clone>$")!.Invoke(list[0], null)!;
                property.SetValue(left, "grace");
                Restriction.IsRestricted(with([left])).ShouldBeFalse(property.Name);
                Restriction.IsRestricted(Restriction.Restrict(with([left]))).ShouldBeTrue(property.Name);
                yield return property.Name;
            }
        }
    }

    [Fact]
    public void Of_the_staff_who_acted_the_role_and_the_code_of_the_reason_stay()
    {
        var kept = Restriction.Restrict(Full);
        kept.Journal.ShouldHaveSingleItem().ShouldBe(new(SampleOrders.Noon, JournalKinds.Cancelled, Role: "finance", Reason: "out_of_stock"));
        kept.RefundPromises.ShouldHaveSingleItem().Reason.ShouldBe(RefundReasons.Faulty);
        // What is added later leads to nobody either.
        var later = kept.With(SampleOrders.Request("r2")).With(SampleOrders.Parcel(2), new("fulfilment", "fred"));
        (later.RefundPromises[^1].By, later.RefundPromises[^1].Note, later.Journal[^1].By, later.Journal[^1].Role).ShouldBe((null, null, null, "fulfilment"));
        Restriction.IsRestricted(later with { Shipments = kept.Shipments }).ShouldBeTrue();
    }

    [Fact]
    public void Nothing_is_noted_about_a_person_on_an_order_that_nobodys_account_leads_to()
    {
        var kept = Restriction.Restrict(Full with { RefundPromises = [] });
        RefundDecision.Of(kept, new("other", null, "Ada called"), "r9", "grace", SampleOrders.Noon, []).ShouldBeOfType<RefundDecision.Refuse>().Problem.ShouldBe(Restriction.NoteNotKept);
        var promised = RefundDecision.Of(kept, new("other"), "r9", "grace", SampleOrders.Noon, []).ShouldBeOfType<RefundDecision.Promise>();
        promised.Order.RefundPromises[^1].By.ShouldBeNull();
        RefundDecision.Of(promised.Order, new("other"), "r9", "grace", SampleOrders.Noon, []).ShouldBeOfType<RefundDecision.Replay>();
    }

    [Fact]
    public void A_reason_that_was_a_sentence_once_is_a_note_and_goes_like_one()
    {
        var stored = OrderEntity.Of(Full);
        stored.RefundRequests = """[{"id":"r1","amount":100,"currency":"GBP","all":false,"reason":"for Ada Lovelace","by":"grace","at":"2026-11-20T12:00:00+00:00"}]""";
        stored.Resolutions = """[{"decision":"Accept","reason":"Ada called","by":"grace","at":"2026-11-20T12:00:00+00:00","concerns":[]}]""";
        stored.Journal = """[{"at":"2026-11-20T12:00:00+00:00","kind":"placed"}]""";
        var read = stored.ToOrder();
        (read.RefundPromises[0].Reason, read.RefundPromises[0].Note, read.RefundPromises[0].By).ShouldBe(("other", "for Ada Lovelace", "grace"));
        (read.Resolutions[0].Reason, read.Resolutions[0].Note).ShouldBe(("other", "Ada called"));
        var left = OrderEntity.Of(Restriction.Restrict(read));
        (left.RefundRequests + left.Resolutions).ShouldNotContain("Ada");
        (left.RefundRequests + left.Resolutions).ShouldNotContain("grace");
        // One that cannot be read whole loses them by the data map.
        var kind = DataMap.OfShop.Find(StorageNames.Orders, OrderEntity.Row)!;
        kind.Named("RefundRequests").ShouldContain(new StoredProperty("RefundRequests[].reason", DataClass.Note));
        kind.Named("Resolutions").ShouldContain(new StoredProperty("Resolutions[].by", DataClass.Staff));
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
    public void An_order_of_which_something_has_left_is_not_cancelled() =>
        Restriction.WithoutAccount(Full, SampleOrders.Noon).Closed.ShouldBeNull();

    [Fact]
    public void An_order_whose_money_is_gone_ends_as_well_so_that_what_comes_again_goes_back()
    {
        var unsent = Full with { Shipments = [], RefundPromises = [] };
        var refunded = Restriction.WithoutAccount(unsent.With(SampleOrders.Refund()), SampleOrders.Noon.AddDays(1));
        Settlement.Of(refunded).Refunds.ShouldBeEmpty();
        Settlement.Of(refunded.With(SampleOrders.Refund(status: FactStatus.Failed))).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(SampleOrders.Gross);
        var lost = Restriction.WithoutAccount(unsent.With(SampleOrders.Dispute(FactStatus.Lost)), SampleOrders.Noon.AddDays(1));
        Settlement.Of(lost).Refunds.ShouldBeEmpty();
        Settlement.Of(lost.With(SampleOrders.Dispute(FactStatus.Won, minute: 90))).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(SampleOrders.Gross);
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
