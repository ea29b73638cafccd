using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy;

/// <summary>Everything the shop has stored, read past the shop's own clients.</summary>
internal static class StoredValues
{
    /// <summary>Every row of every table, and every message that can be seen; what is in hidden ones, <see cref="SentMessages"/> tells.</summary>
    public static async Task<List<StoredText>> EverythingStoredAsync(this RunningShop shop)
    {
        var all = new List<StoredText>();
        foreach (var table in StorageNames.Tables)
        {
            foreach (var row in await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(table)))
                all.Add(new(table, row.RowKey, [.. row.Where(property => property.Key != "odata.etag").SelectMany(property => LeavesOf(property.Value))]));
        }

        foreach (var queue in StorageNames.Queues)
        {
            foreach (var message in (await shop.Queue(queue).PeekMessagesAsync(32, TestContext.Current.CancellationToken)).Value)
                all.Add(new(queue, message.MessageId, [message.Body.ToString()]));
        }

        return all;
    }

    /// <summary>The texts of the messages that were sent to a queue since the bodies of calls are kept.</summary>
    public static IEnumerable<string> SentMessages(this RunningShop shop, string queue) =>
        from body in shop.Calls.Bodies
        where body.Call.StartsWith("POST", StringComparison.Ordinal) && body.Call.EndsWith($"/{queue}/messages", StringComparison.Ordinal)
        select Encoding.UTF8.GetString(Convert.FromBase64String(XElement.Parse(body.Body).Element("MessageText")!.Value));

    /// <summary>The values in it: those inside of JSON one by one.</summary>
    private static IEnumerable<string> LeavesOf(object? value)
    {
        switch (value)
        {
            case null: return [];
            case string text when text is ['{' or '[', ..]: return LeavesOf(JsonDocument.Parse(text).RootElement);
            case DateTimeOffset time: return [time.ToString("O")];
            default: return [Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!];
        }
    }

    private static IEnumerable<string> LeavesOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => LeavesOf(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(LeavesOf),
        JsonValueKind.Null => [],
        _ => [element.ToString()],
    };
}

/// <param name="Place">The table or queue.</param>
internal sealed record StoredText(string Place, string Key, IReadOnlyList<string> Values)
{
    public bool Holds(string text) => Values.Any(value => value.Contains(text, StringComparison.OrdinalIgnoreCase));
}
