using System.Net;
using System.Text.Json.Nodes;

namespace Shop.Local.Commands;

/// <summary>Calls whose answers a demo takes for granted, and waiting for what comes of them.</summary>
internal static class DemoCalls
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <exception cref="DemoFailedException">It does not become so.</exception>
    public static async Task Until(Func<Task<bool>> holds, string what, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            DemoFailedException.Unless(TimeProvider.System.GetElapsedTime(began) < LongestWait, $"After {LongestWait.TotalSeconds:0} seconds it is not so that {what}.");
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
        }
    }

    public static Task<JsonNode> Get(HttpClient client, string path, CancellationToken cancellation) => Done(client.GetAsync(path, cancellation), HttpStatusCode.OK, $"GET /{path}");

    /// <returns>The answer's body; an empty object for none.</returns>
    /// <exception cref="DemoFailedException">The answer is another one.</exception>
    public static async Task<JsonNode> Done(Task<HttpResponseMessage> call, HttpStatusCode expected, string what)
    {
        var response = await call;
        var text = await response.Content.ReadAsStringAsync();
        DemoFailedException.Unless(response.StatusCode == expected, $"{what} answered {(int)response.StatusCode}, not {(int)expected}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
