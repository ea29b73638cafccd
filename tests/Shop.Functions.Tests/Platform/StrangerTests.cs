using System.Net;
using System.Text.RegularExpressions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Tests.Description;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Platform;

/// <summary>Whoever tries every function with somebody else's id, or without the role that it wants, gets nowhere: by the list of all functions, so that a new one is tried too.</summary>
public sealed partial class StrangerTests(OneShop one) : IClassFixture<OneShop>
{
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["StartPayment"] = """{"provider":"stripe","returnUrl":"https://shop.example/a","cancelUrl":"https://shop.example/b"}""",
        ["ConfirmPayment"] = """{"provider":"stripe"}""",
        ["ChangeAddress"] = """{"name":"Eve","line1":"1 Street","city":"London","postcode":"N1","country":"GB"}""",
    };

    private static IEnumerable<FunctionContract> Tried<T>()
        where T : Access => FunctionContract.All.Where(function => function.Access is T);

    [Fact]
    public async Task Somebody_elses_orders_and_addresses_are_as_good_as_none_whatever_is_tried()
    {
        var ada = await one.Shop.Customer("stranger-ada@example.com");
        var order = await ada.OrderAsync();
        var address = (await (await ada.CallAsync("POST", "api/account/addresses", System.Net.Http.Json.JsonContent.Create(Api.Address))).JsonAsync())["id"]!.GetValue<string>();
        var before = (await ada.ReadAsync($"api/orders/{order}")).ToJsonString() + (await ada.ReadAsync("api/account/addresses")).ToJsonString();
        var eve = await one.Shop.Customer("stranger-eve@example.com");
        var tried = Tried<Access.SignedIn>().Where(function => function.Route.Contains('{')).ToList();
        tried.Count.ShouldBeGreaterThan(10);
        foreach (var function in tried)
        {
            var path = "api/" + Placeholder().Replace(function.Route.Replace("addresses/{id}", $"addresses/{address}", StringComparison.Ordinal).Replace("{id}", order, StringComparison.Ordinal), "1");
            var body = Bodies.TryGetValue(function.Name, out var json) ? Call.Json(json) : null;
            var answer = await eve.CallAsync(function.Verbs[0].ToUpperInvariant(), path, body, ("If-Match", "*"), ("Idempotency-Key", "eve"));
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{function.Name}: {await answer.TextAsync()}");
            (await answer.TextAsync()).ShouldNotContain("Lovelace");
        }

        ((await ada.ReadAsync($"api/orders/{order}")).ToJsonString() + (await ada.ReadAsync("api/account/addresses")).ToJsonString()).ShouldBe(before);
    }

    [Fact]
    public async Task What_wants_a_role_is_shut_to_customers_to_all_other_roles_and_to_who_does_not_sign_in()
    {
        var everyRole = Tried<Access.Role>().Select(function => ((Access.Role)function.Access).Name).Distinct().ToList();
        everyRole.Count.ShouldBe(4);
        var clients = everyRole.ToDictionary(role => role, role => one.Shop.As("stranger-staff@example.com", [.. everyRole.Where(other => other != role)]));
        var customer = await one.Shop.Customer("stranger-mallory@example.com");
        one.Shop.Calls.Reset();
        foreach (var function in Tried<Access.Role>())
        {
            var (verb, path) = (function.Verbs[0].ToUpperInvariant(), "api/" + Placeholder().Replace(function.Route, "1"));
            foreach (var client in new[] { customer, clients[((Access.Role)function.Access).Name] })
                await (await client.CallAsync(verb, path)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
            await (await one.Shop.Anonymous().CallAsync(verb, path)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        }

        one.Shop.Calls.Calls.ShouldBeEmpty("who is turned away costs nothing");
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
