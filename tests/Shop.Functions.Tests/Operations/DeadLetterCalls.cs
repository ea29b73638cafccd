using System.Text.Json.Nodes;
using Shop.Functions.Platform.Access;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Operations;

/// <summary>What an operator asks of the dead letters.</summary>
internal static class DeadLetterCalls
{
    public const string List = "api/operations/dead-letters";

    public static HttpClient Operator(RunningShop shop) => shop.As("olga@shop.example", StaffRoles.Operator);

    public static Task<HttpResponseMessage> RedriveAsync(RunningShop shop, string id) => Operator(shop).CallAsync("POST", $"{List}/{id}/redrive");

    /// <returns>All of them, page by page.</returns>
    public static async Task<List<JsonNode?>> ListAsync(RunningShop shop, string query = "limit=15")
    {
        var letters = new List<JsonNode?>();
        for (string? next = ""; next is not null;)
        {
            var page = await Operator(shop).ReadAsync($"{List}?{query}{next}");
            letters.AddRange(page["items"]!.AsArray());
            next = page["continuation"] is { } continuation ? $"&continuation={continuation.GetValue<string>()}" : null;
        }

        return letters;
    }

    public static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
