using System.Text.Json.Nodes;

namespace Shop.Local.PayPal;

/// <summary>What is answered: the whole resource, and the id of what was made, if anything was.</summary>
internal sealed record Result(int Status, JsonObject Json, string? MadeId = null);
