using System.Text.Json.Nodes;

namespace Shop.Local.PayPal;

/// <summary>Links as PayPal gives them. Those to its API name PayPal's own host, as the genuine sandbox does.</summary>
internal static class Links
{
    public const string Api = "https://api.sandbox.paypal.com";

    public static JsonObject Get(string path, string rel) => Of($"{Api}{path}", rel, "GET");

    public static JsonObject Post(string path, string rel) => Of($"{Api}{path}", rel, "POST");

    public static JsonObject Of(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };
}
