using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Platform;

/// <content>How each call is made: with storage out of order, with its body spoilt, and then as it should be.</content>
internal sealed partial class EveryUseCase
{
    private async Task<HttpResponseMessage> CallAsync(HttpClient client, string method, string path, object? body = null, params (string, string)[] headers)
    {
        Fail();
        var failed = await client.CallAsync(method, path, Content(body), headers);
        Mend();
        if ((int)failed.StatusCode >= 400) _refusals.Add(failed);
        foreach (var spoilt in body is null ? [] : Spoilt(JsonSerializer.SerializeToNode(body)!)) await RefuseAsync(client, method, path, Call.Json(spoilt), headers);

        var response = await client.CallAsync(method, path, Content(body), headers);
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {response.StatusCode} {await response.TextAsync()}");
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        _answers.Add(response);
        return response;
    }

    private async Task RefuseAsync(HttpClient client, string method, string path, HttpContent content, params (string, string)[] headers)
    {
        var response = await client.CallAsync(method, path, content, headers);
        ((int)response.StatusCode).ShouldBeInRange(400, 499, $"{method} {path}");
        _refusals.Add(response);
    }

    private static HttpContent? Content(object? body) => body is null ? null : JsonContent.Create(body);

    /// <summary>The same values where they do not belong.</summary>
    private static IEnumerable<string> Spoilt(JsonNode body)
    {
        var text = body.ToJsonString();
        yield return text[..^2];
        yield return text + text;
        yield return $"[{text}]";
        yield return $$"""{"unknown":{{text}},{{text[1..]}}""";
        yield return With(value => new JsonArray(value));
        yield return With(value => value + "\a");
        yield return With(value => string.Concat(Enumerable.Repeat(value, 1 + (10_000 / value.Length))));

        string With(Func<string, JsonNode> change)
        {
            var changed = body.DeepClone();
            Change(changed, change);
            return changed.ToJsonString();
        }
    }

    private static void Change(JsonNode node, Func<string, JsonNode> change)
    {
        foreach (var name in node is JsonObject members ? members.Select(member => member.Key).ToList() : [])
        {
            if (node[name] is JsonValue value && value.TryGetValue<string>(out var text)) node[name] = change(text);
            else if (node[name] is { } inner) Change(inner, change);
        }

        foreach (var inner in node is JsonArray items ? items.OfType<JsonNode>().ToList() : []) Change(inner, change);
    }

    private async Task FailingAsync(Func<Task> run)
    {
        Fail();
        try
        {
            await run();
        }
        catch (Exception exception) when (exception.ToString().Contains(nameof(CrashException), StringComparison.Ordinal))
        {
            // As it should be; what of it was logged is what matters.
        }

        Mend();
    }

    /// <summary>The next call to storage or a provider fails.</summary>
    private void Fail() => shop.Calls.Plan = (shop.Calls.Calls.Count + 1, FaultMoment.Before);

    private void Mend()
    {
        shop.Calls.Plan = null;
        shop.Calls.Restart();
    }
}
