using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Privacy.Breaches;

/// <summary>Breaches as tests enter them, through the front door or as values.</summary>
internal static class SampleBreaches
{
    public static readonly DateTimeOffset Aware = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static Breach New { get; } = new()
    {
        Id = "0123456789abcdef0123456789abcdef",
        Revision = 1,
        EnteredAt = Aware,
        ChangedAt = Aware,
        ChangedBy = "officer",
        NoticedAt = Aware,
        AwareAt = Aware,
        WhatHappened = "A laptop was stolen.",
    };

    public static Breach Complete { get; } = New with
    {
        Scope = new([DataClass.Contact], 12, 40),
        LikelyConsequences = "Unwanted mail.",
        Measures = "The laptop was wiped.",
        ContactPoint = "privacy@shop.example",
        ReportedToAuthority = new(Aware.AddHours(5), "ICO-1"),
        ToldPeople = new(null, null, "data_unintelligible"),
    };

    public static HttpClient Officer(this RunningShop shop) => shop.As("officer@shop.example", "Shop.Privacy");

    public static string Ago(this RunningShop shop, TimeSpan time) => (shop.Clock.GetUtcNow() - time).ToString("O");

    /// <summary>Everything that closing needs, said at once.</summary>
    public static JsonObject Everything(this RunningShop shop) => new()
    {
        ["scope"] = new JsonObject { ["dataClasses"] = new JsonArray("contact", "identity"), ["people"] = 12, ["records"] = 40 },
        ["likelyConsequences"] = "Unwanted mail.",
        ["measures"] = "The laptop was wiped.",
        ["contactPoint"] = "Privacy officer\n020 7946 0000",
        ["reportedToAuthority"] = new JsonObject { ["at"] = shop.Ago(TimeSpan.Zero), ["reference"] = "ICO-1" },
        ["toldPeople"] = new JsonObject { ["at"] = shop.Ago(TimeSpan.Zero), ["how"] = "by letter" },
    };

    /// <summary>Enters a breach of which somebody has been aware for so long.</summary>
    public static async Task<(string Id, string Tag)> OpenBreachAsync(this RunningShop shop, TimeSpan? aware = null, JsonObject? more = null)
    {
        var body = new JsonObject { ["noticedAt"] = shop.Ago(aware ?? TimeSpan.Zero), ["whatHappened"] = "A laptop was stolen." };
        foreach (var (name, value) in more ?? []) body[name] = value?.DeepClone();
        var response = await shop.Officer().CallAsync("POST", "api/privacy/breaches", JsonContent.Create(body));
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.TextAsync());
        return ((await response.JsonAsync())["id"]!.GetValue<string>(), response.Tag());
    }

    public static Task<HttpResponseMessage> ChangeBreachAsync(this RunningShop shop, string id, string tag, JsonObject change) =>
        shop.Officer().CallAsync("PATCH", $"api/privacy/breaches/{id}", JsonContent.Create(change), ("If-Match", tag));

    public static Task<JsonNode> BreachAsync(this RunningShop shop, string id) => shop.Officer().ReadAsync($"api/privacy/breaches/{id}");

    public static async Task<string[]> LinesAsync(this RunningShop shop, string id, string query = "")
    {
        var response = await shop.Officer().GetAsync($"api/privacy/breaches/{id}/accounts.csv{query}", TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.TextAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var lines = (await response.TextAsync()).Trim('\uFEFF').Split("\r\n");
        lines[0].ShouldBe("account id,e-mail,name");
        lines[^1].ShouldBeEmpty();
        return lines[1..^1];
    }
}
