using System.Reflection;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Exports;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Tests.Orders;

namespace Shop.Functions.Tests.Privacy.Exports;

/// <summary>The pages of a copy are for people: no table dump, and all that Article 15(1) wants.</summary>
public sealed class ExportPageTests
{
    private static readonly RetentionPolicy Policy = new(new(), DataMap.OfShop);

    private static readonly ShopTime London = new(Policy.Zone);

    private static readonly ControllerOptions Controller = new() { Name = "Example Server Rooms Ltd", Address = "1 Example Street, London, N1 1AA", Email = "data@example.com" };

    private static readonly Order Paid = SampleOrders.Unpaid
        .With(SampleOrders.Capture()).With(SampleOrders.Refund(amount: 1_050)).With(SampleOrders.Request(amount: 1_050)).With(SampleOrders.Parcel(), new("fulfilment", "fred")) with
    { PurchaseOrderNumber = "PO-1843" };

    [Fact]
    public void An_order_reads_as_people_would_tell_it()
    {
        var page = string.Concat(new ExportOrderPage(RowOf(OrderEntity.Of(Paid)), London).Parts());
        foreach (var told in new[]
        {
            "Placed on 20 November 2026, 12:00", "£120.00", "£100.00", "20%", "Line-interactive UPS 1500 VA", "PO-1843", "Ada Lovelace<br>12 St James&#x27;s Square<br>London", "You placed the order",
            "We received your payment", "We refunded you", "£10.50", "Parcel 1: DPD, number 15501234567890", "by our staff (fulfilment)", "(reason: faulty). Our staff noted: “A dented rack”",
        }) page.ShouldContain(told);
        foreach (var jargon in new[] { "BasisPoints", "Partition", "RowKey", "12000", "unitNet", "fred", "grace", "capture_completed", "T12:00" }) page.ShouldNotContain(jargon);
    }

    [Fact]
    public void A_parcel_that_staff_took_back_has_not_left()
    {
        var parcel = SampleOrders.Parcel();
        var order = Paid.With(parcel, parcel with { VoidedAt = SampleOrders.Noon.AddMinutes(30) }, SampleOrders.Noon.AddMinutes(30), new("fulfilment", "fred"));
        var page = string.Concat(new ExportOrderPage(RowOf(OrderEntity.Of(order)), London).Parts());
        page.ShouldContain("number 15501234567890, noted on 20 November 2026, 12:10 and taken back on 20 November 2026, 12:30<");
        page.ShouldNotContain("left on");
    }

    [Fact]
    public void Every_kind_of_step_has_words()
    {
        var statuses = new Dictionary<FactKind, FactStatus[]>
        {
            [FactKind.Capture] = [FactStatus.Pending, FactStatus.Denied, FactStatus.Completed, FactStatus.Reversed],
            [FactKind.Refund] = [FactStatus.Pending, FactStatus.Succeeded, FactStatus.Failed],
            [FactKind.Reversal] = [FactStatus.Completed],
            [FactKind.Dispute] = [FactStatus.Inquiry, FactStatus.Open, FactStatus.Won, FactStatus.Lost],
        };
        statuses.Keys.ShouldBe(Enum.GetValues<FactKind>(), ignoreOrder: true);
        statuses.Values.SelectMany(known => known).Distinct().ShouldBe(Enum.GetValues<FactStatus>(), ignoreOrder: true);
        var kinds = typeof(JournalKinds).GetFields().Select(field => (string)field.GetValue(null)!)
            .Concat(statuses.SelectMany(of => of.Value.Select(status => JournalKinds.Of(of.Key, status)))).ToList();
        kinds.Count.ShouldBeGreaterThan(20);
        foreach (var kind in kinds) ExportOrderPage.HasWordsFor(kind).ShouldBeTrue(kind);
    }

    /// <summary>Each list of an order, in its second property as well, and whatever else is stored as JSON.</summary>
    [Fact]
    public void Every_list_of_an_order_is_on_its_page()
    {
        var row = EntityOf(OrderEntity.Of(Paid));
        var lists = typeof(OrderEntity).GetProperties()
            .Where(property => property.GetCustomAttribute<DataClassAttribute>() is { } known && (known.ListOf ?? known.JsonOf) is not null).Select(property => property.Name).ToList();
        lists.Count.ShouldBeGreaterThan(11);
        foreach (var (day, list) in lists.Index())
        {
            var item = $$"""{"at":"2020-01-{{day + 10}}T12:00:00Z","startedAt":"2020-01-{{day + 10}}T12:00:00Z","shippedAt":"2020-01-{{day + 10}}T12:00:00Z","taxPoint":"2020-01-{{day + 10}}T12:00:00Z","name":"{{day + 10}} January 2020, 12:00","number":1,"shipment":1}""";
            if (list == nameof(OrderEntity.NotSent))
            {
                // These have no time: how many there are tells them apart.
                row[list] = $$"""[{"line":0,"quantity":{{day + 4_000}}}]""";
                continue;
            }

            row[list] = list is nameof(OrderEntity.DeliveryAddress) or nameof(OrderEntity.BillingAddress) or nameof(OrderEntity.Unrecorded) ? item : $"[{item}]";
        }

        var page = string.Concat(new ExportOrderPage(PersonalRow.Of(DataMap.OfShop, StorageNames.Orders, row), London).Parts());
        foreach (var (day, list) in lists.Index())
            page.ShouldContain(list == nameof(OrderEntity.NotSent) ? $"{day + 4_000} × " : $"{day + 10} January 2020, 12:00", Case.Sensitive, list);
    }

    [Fact]
    public void A_refund_that_was_taken_back_is_told_as_such()
    {
        var order = Paid.Without(Paid.RefundPromises[0], "grace", SampleOrders.Noon.AddHours(1));
        var page = string.Concat(new ExportOrderPage(RowOf(OrderEntity.Of(order)), London).Parts());
        page.ShouldContain("a refund of £10.50, taken back on 20 November 2026, 13:00 (reason: faulty)");
        page.ShouldContain("We took back a refund that we had agreed to");
        var named = order with { RefundPromises = [order.RefundPromises[0] with { Lines = [new(0, 1, 1_050)] }] };
        string.Concat(new ExportOrderPage(RowOf(OrderEntity.Of(named)), London).Parts()).ShouldContain($"a refund of £10.50 for 1 × {named.Lines[0].Name}, taken back");
        page.ShouldNotContain("grace");
    }

    [Fact]
    public void An_order_that_is_damaged_or_has_lost_its_address_is_still_a_page()
    {
        var row = EntityOf(OrderEntity.Of(Restriction.Restrict(Paid)));
        foreach (var damage in new[] { "not JSON", "[null]", "[5]", "{}", """[{"at":"yesterday","amount":"much"}]""" })
        {
            foreach (var list in new[] { "Lines", "Ledger", "Journal", "Shipments", "RefundRequests", "Checkouts" }) row[list] = damage;
            var page = string.Concat(new ExportOrderPage(PersonalRow.Of(DataMap.OfShop, StorageNames.Orders, row), London).Parts());
            page.ShouldContain("The address is no longer held; the country (GB) is, for the tax office.");
            page.ShouldEndWith("</html>\n");
        }
    }

    [Fact]
    public void The_first_page_says_all_that_article_15_wants()
    {
        var page = string.Concat(new ExportPage(Contents()).Parts());
        foreach (var processor in Processors.OfShop) page.ShouldContain(ExportText.Html(processor.Name));
        foreach (var rule in Policy.Rules.Where(rule => rule.Subject is Subject.Account or Subject.Order)) page.ShouldContain(ExportText.Html(rule.Purpose[1..]));
        foreach (var told in new[] { "24 months from", "6 years from", Controller.Name, Controller.Email, Controller.Address, "Information Commissioner", "automated decisions", "to correct", "to erase", "to restrict", "withdraw a consent", "Microsoft Entra" })
            page.ShouldContain(told);
        page.ShouldContain("Ada Lovelace");
        page.ShouldContain("staff, finance, read your order 7K2Q-M9XD-4TFA");
        page.ShouldContain("staff, finance, searched for your order 7K2Q-M9XD-4TFA");
        page.ShouldContain("staff, finance, searched for your orders.");
        page.ShouldContain("staff, finance, looked at the refunds of order 7K2Q-M9XD-4TFA");
        page.ShouldContain("you agreed to marketing (wording 2026-1)");
        foreach (var jargon in new[] { "PartitionKey", "Partition key", "State0", "|", "P24M", "RowKey" }) page.ShouldNotContain(jargon);
    }

    [Fact]
    public void Who_of_the_staff_it_was_is_not_told_by_a_row_of_an_earlier_version_either()
    {
        var old = StaffAccessEntity.WithoutStaff(new("ada", "access-0639315356610000000-8cf676e7-5c4a") { ["StaffId"] = "8cf676e7-5c4a", ["What"] = "copy" });
        (old.RowKey, old.ContainsKey("StaffId"), old["What"]).ShouldBe(("access-0639315356610000000", false, "copy"));
        var key = StaffAccessEntity.RowKeyOf(SampleOrders.Noon, "0a1b");
        StaffAccessEntity.WithoutStaff(new("ada", key)).RowKey.ShouldBe(key);
    }

    [Theory]
    [InlineData("2026-03-29T00:59:00Z", "29 March 2026, 00:59")]
    [InlineData("2026-03-29T01:00:00Z", "29 March 2026, 02:00")]
    [InlineData("2026-03-31T23:30:00Z", "1 April 2026, 00:30")]
    [InlineData("2026-10-25T00:59:00Z", "25 October 2026, 01:59")]
    [InlineData("2028-02-29T12:00:00Z", "29 February 2028, 12:00")]
    public void Times_are_those_of_the_shop(string time, string told) => London.Time(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(told);

    /// <summary>The setting is another shop's: its times are on both pages, and a day that is stored as one stays that day.</summary>
    [Fact]
    public void Another_zone_has_other_times()
    {
        var periods = new RetentionPeriods { TimeZone = "America/New_York" };
        var contents = Contents() with { Policy = new(periods, DataMap.OfShop), At = new(2026, 7, 1, 2, 0, 0, TimeSpan.Zero) };
        var page = string.Concat(new ExportPage(contents).Parts());
        page.ShouldContain("As of 30 June 2026, 22:00");
        var seen = (DateTimeOffset)contents.Rows.SelectMany(row => row.Values).First(value => value.Name == nameof(AccountEntity.LastSeenDay)).Stored!;
        page.ShouldContain($"Last here on</th><td>{seen.UtcDateTime.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)}");
        string.Concat(new ExportOrderPage(RowOf(OrderEntity.Of(Paid)), new(contents.Policy.Zone)).Parts())
            .ShouldContain(new ShopTime(periods.Zone()).Time(Paid.PlacedAt));
        new ShopTime(periods.Zone()).Time(Paid.PlacedAt).ShouldNotBe(London.Time(Paid.PlacedAt));
    }

    [Theory]
    [InlineData(123_450, "GBP", "£1,234.50")]
    [InlineData(-5, "GBP", "£-0.05")]
    [InlineData(500, "JPY", "500 JPY")]
    [InlineData(1_234, "KWD", "1.234 KWD")]
    [InlineData(1_234, "XXX", "1234 XXX")]
    public void Amounts_are_money(long minor, string currency, string told) => Currencies.ToText(new(minor, currency)).ShouldBe(told);

    [Theory]
    [InlineData("P24M", "24 months")]
    [InlineData("P30D", "30 days")]
    [InlineData("P1Y", "1 year")]
    public void Periods_are_words(string duration, string told) => PolicyWords.Period(duration).ShouldBe(told);

    private static ExportContents Contents()
    {
        var at = SampleOrders.Noon;
        ITableEntity[] rows =
        [
            new AccountEntity { PartitionKey = "ada", Name = "Ada Lovelace", Email = "ada@example.com", OpenedAt = at, LastSeenDay = at },
            new ConsentEntity { PartitionKey = "ada", RowKey = ConsentEntity.RowKeyOf("marketing", at), Purpose = "marketing", Given = true, At = at, Wording = "2026-1" },
            new StaffAccessEntity { PartitionKey = "ada", RowKey = StaffAccessEntity.RowKeyOf(at, "0a"), Role = "finance", What = "read_order", OrderNumber = "7K2Q-M9XD-4TFA", At = at },
            new StaffAccessEntity { PartitionKey = "ada", RowKey = StaffAccessEntity.RowKeyOf(at, "0b"), Role = "finance", What = "search_orders", OrderNumber = "7K2Q-M9XD-4TFA", At = at },
            new StaffAccessEntity { PartitionKey = "ada", RowKey = StaffAccessEntity.RowKeyOf(at, "0c"), Role = "finance", What = "search_orders", At = at },
            new StaffAccessEntity { PartitionKey = "ada", RowKey = StaffAccessEntity.RowKeyOf(at, "0d"), Role = "finance", What = "read_refunds", OrderNumber = "7K2Q-M9XD-4TFA", At = at },
        ];
        return new("ada", at, Policy, Controller, [.. rows.Select(row => PersonalRow.Of(DataMap.OfShop, StorageNames.Accounts, EntityOf(row)))]);
    }

    [Theory]
    [InlineData("""[{"kind":"placed","note":"mine","by":"grace-id"},{"kind":"shipped","by":"fred-id""", 2)]
    [InlineData("""[{"kind":"placed","note":"mine","by":"grace-id"} {"by":"fred-id"}]""", 2)]
    [InlineData("""{"kind":"placed","by":"grace-id","inner":[{"by":"fred-id","note":"mine"}]}""", null)]
    [InlineData("grace-id was here", 1)]
    [InlineData("\"grace-id\"", 1)]
    public void A_damaged_journal_shows_what_is_whole_of_it_and_nobody_of_the_staff(string journal, int? items)
    {
        var row = PersonalRow.Of(DataMap.OfShop, StorageNames.Orders, new("order-1", OrderEntity.Row) { ["Journal"] = journal, ["Lines"] = "[{\"sku\":" });
        var shown = row.Json("Journal").ShouldNotBeNull();
        shown.ToJsonString().ShouldNotContain("-id");
        (shown as JsonArray)?.Count.ShouldBe(items!.Value);
        if (journal.Contains("mine", StringComparison.Ordinal)) shown.ToJsonString().ShouldContain("mine");
        row.Json("Lines")!.GetValue<string>().ShouldBe("[{\"sku\":", "where no member of staff can be, it is shown as it is");
    }

    private static PersonalRow RowOf(OrderEntity order) => PersonalRow.Of(DataMap.OfShop, StorageNames.Orders, EntityOf(order));

    /// <summary>As storage gives it back.</summary>
    private static TableEntity EntityOf(ITableEntity entity)
    {
        var row = new TableEntity(entity.PartitionKey, entity.RowKey);
        foreach (var property in entity.GetType().GetProperties().Where(property => property.CanWrite && property.PropertyType != typeof(Azure.ETag) && property.GetValue(entity) is not null))
            row[property.Name] = property.GetValue(entity);
        return row;
    }
}
