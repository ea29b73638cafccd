using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Privacy.Policy;

/// <summary>Every stored property has a class, and every class has a rule: in the code, and in what the shop really stores.</summary>
public sealed class DataMapTests(StorageEmulator emulator)
{
    [Fact]
    public void Every_stored_property_states_its_class() => DataMap.OfShop.Gaps.ShouldBeEmpty();

    [Fact]
    public void A_property_without_a_class_and_an_entity_without_a_place_are_found()
    {
        DataMap.Of([typeof(Unclassified), typeof(Placeless)]).Gaps.ShouldBe(
            ["Placeless does not state where it is stored", "Unclassified.Forgotten states no data class"], ignoreOrder: true);
    }

    [Fact]
    public void Members_inside_json_hold_the_class_of_the_property_unless_they_state_another()
    {
        var order = DataMap.OfShop.Find(StorageNames.Orders, "order").ShouldNotBeNull();
        order.Named("DeliveryAddress").ShouldContain(new StoredProperty("DeliveryAddress.postcode", DataClass.Delivery));
        order.Named("DeliveryAddress").ShouldContain(new StoredProperty("DeliveryAddress.country", DataClass.OrderFiscal));
        order.Named("Lines").ShouldContain(new StoredProperty("Lines[].sku", DataClass.OrderFiscal));
        order.Named("Ledger").Select(property => property.Name).ShouldNotContain("Ledger[].key");
    }

    [Fact]
    public void Every_class_has_a_rule_for_what_it_is_about()
    {
        var policy = new RetentionPolicy(new(), DataMap.OfShop);
        var unruled = from row in DataMap.OfShop.Rows
                      from property in row.Properties
                      where !policy.RulesFor(row.Subject, property.Class).Any()
                      select $"{row.Place} {row.Row} {property.Name}: {property.Class}";
        unruled.ShouldBeEmpty();
    }

    [Fact]
    public void A_class_without_a_rule_would_be_noticed() =>
        new RetentionPolicy(new(), DataMap.OfShop).RulesFor(Subject.PurgeReport, DataClass.Contact).ShouldBeEmpty();

    [Fact]
    public void Every_table_and_queue_is_on_the_map()
    {
        var places = DataMap.OfShop.Rows.Select(row => row.Place).ToHashSet();
        StorageNames.Tables.Concat(StorageNames.Queues.Where(queue => !queue.EndsWith(StorageNames.PoisonSuffix, StringComparison.Ordinal)))
            .Where(place => !places.Contains(place)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_shop_stores_is_what_the_map_says()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        (await ada.CallAsync("POST", "api/account/addresses", System.Net.Http.Json.JsonContent.Create(Api.Address))).EnsureSuccessStatusCode();
        (await ada.CallAsync("POST", "api/account/consents", Call.Json("""{"purpose":"marketing","given":true,"wording":"2026-1","under16":false}"""))).EnsureSuccessStatusCode();
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        var scope = new JsonObject { ["scope"] = new JsonObject { ["accounts"] = new JsonArray("a-1", "a-2") } };
        await shop.OpenBreachAsync(TimeSpan.FromHours(60), scope);
        await shop.WatchAsync();

        var unknown = new List<string>();
        foreach (var table in StorageNames.Tables)
        {
            foreach (var row in await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(table))) unknown.AddRange(UnknownIn(table, row));
        }

        unknown.Distinct().ShouldBeEmpty();
    }

    private static IEnumerable<string> UnknownIn(string table, TableEntity row)
    {
        if (DataMap.OfShop.Find(table, row.RowKey) is not { } kind)
        {
            yield return $"{table} {row.RowKey}";
            yield break;
        }

        foreach (var (name, value) in row.Where(property => property.Key != "odata.etag"))
        {
            var known = kind.Named(name).ToList();
            if (known.Count == 0) yield return $"{table} {kind.Row} {name}";
            // JSON whose inside nobody has classified would be one big unknown.
            else if (value is string text && text is ['{' or '[', ..] && known is [{ Name: var only }] && only == name) yield return $"{table} {kind.Row} {name} holds JSON";
        }
    }

    [Stored("somewhere", "*", Subject.Account)]
    private sealed class Unclassified
    {
        [DataClass(DataClass.Identity)] public string Known { get; set; } = "";

        public string Forgotten { get; set; } = "";
    }

    private sealed class Placeless : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public Azure.ETag ETag { get; set; }
    }
}
