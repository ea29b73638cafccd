using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Erasures;

/// <summary>Erasures as people ask for them.</summary>
internal static class Eraser
{
    public const string Path = "api/account/erasure";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <returns>The confirmation.</returns>
    public static async Task<string> AskAsync(this HttpClient client, string path = Path)
    {
        var response = await client.PostAsync(path, null, Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.TextAsync());
        return (await response.JsonAsync())["confirmation"]!.GetValue<string>();
    }

    public static Task<HttpResponseMessage> ConfirmAsync(this HttpClient client, string confirmation, string path = Path) =>
        client.PostAsJsonAsync(path, new { confirmation }, Stop);

    /// <summary>Asks and confirms.</summary>
    public static async Task<JsonNode> EraseAsync(this HttpClient client)
    {
        var response = await client.ConfirmAsync(await client.AskAsync());
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.TextAsync());
        return await response.JsonAsync();
    }

    /// <summary>Nothing that is stored, and nothing that was sent to a queue and is still there, says anything of the person.</summary>
    public static async Task ShouldKnowNothingOfAsync(this RunningShop shop, Person person)
    {
        var stored = await shop.EverythingStoredAsync();
        var found = from row in stored from value in person.Values where row.Holds(value) select $"{row.Place} {row.Key} holds {value}";
        found.ShouldBeEmpty();
        (await shop.CountAsync(StorageNames.ErasureRuns)).ShouldBe(0);
        foreach (var queue in StorageNames.Queues.Where(queue => queue != StorageNames.ErasureRuns))
            shop.SentMessages(queue).ShouldNotContain(text => person.Values.Any(value => text.Contains(value, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A parcel of a paid order has left and arrived.</summary>
    public static Task DeliverAsync(this RunningShop shop, string orderId)
    {
        var now = shop.Clock.GetUtcNow();
        return new OrderStore(shop.Tables()).ChangeAsync(
            orderId, order => order with { Shipments = [new Shipment(1, "key", "DPD", "1Z-TRACKING", now, now)] }, Stop);
    }

    public static async Task<List<string>> AccountRowsAsync(this RunningShop shop) =>
        [.. (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Accounts))).Select(row => row.RowKey)];
}
