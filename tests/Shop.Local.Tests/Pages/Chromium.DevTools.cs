using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.Tests.Pages;

/// <summary>The wire to the browser: a command, its answer, and what it tells in between.</summary>
internal sealed partial class Chromium
{
    private static readonly TimeSpan LongestCommand = TimeSpan.FromMinutes(2);

    private readonly ClientWebSocket _socket = new();
    private int _lastCommand;
    private string _devTools = "";
    private string _page = "about:blank";

    private async Task ConnectAsync()
    {
        Uri? devTools = null;
        while (devTools is null)
        {
            var line = await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("Chromium ended at once.");
            const string Listening = "DevTools listening on ";
            if (line.StartsWith(Listening, StringComparison.Ordinal)) devTools = new Uri(line[Listening.Length..]);
        }

        // A full pipe would stop it.
        _rest = Task.WhenAll(_process.StandardError.ReadToEndAsync(), _process.StandardOutput.ReadToEndAsync());
        _devTools = devTools.Authority;
        await AttachAsync((await PagesAsync())[0]);
    }

    /// <returns>Where each page listens.</returns>
    private async Task<string[]> PagesAsync()
    {
        using var http = new HttpClient();
        var targets = await http.GetFromJsonAsync<JsonArray>($"http://{_devTools}/json/list", TestContext.Current.CancellationToken);
        return [.. targets!.Where(target => target!["type"]!.GetValue<string>() == "page").Select(page => page!["webSocketDebuggerUrl"]!.GetValue<string>())];
    }

    private async Task AttachAsync(string page)
    {
        await _socket.ConnectAsync(new Uri(page), TestContext.Current.CancellationToken);
        foreach (var domain in (string[])["Page", "Runtime", "Log", "Inspector"]) await SendAsync($"{domain}.enable");
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        try
        {
            return await AskAsync(method, parameters).WaitAsync(LongestCommand, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The browser has not answered {method} within {LongestCommand.TotalSeconds:0} seconds at {_page}\n{string.Join('\n', _complaints)}");
        }
    }

    private async Task<JsonNode> AskAsync(string method, JsonObject? parameters)
    {
        var id = ++_lastCommand;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        while (true)
        {
            var message = await ReceiveAsync();
            if (message["id"]?.GetValue<int>() == id) return message;
            Note(message);
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            text.Write(buffer.AsSpan(0, part.Count));
        }
        while (!part.EndOfMessage);
        text.Position = 0;
        return JsonNode.Parse(text)!;
    }

    private void Note(JsonNode message)
    {
        var about = message["params"];
        switch (message["method"]?.GetValue<string>())
        {
            case "Runtime.exceptionThrown":
                _complaints.Add(about!["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded" when about!["entry"]!["level"]!.GetValue<string>() == "error":
                _complaints.Add($"{about["entry"]!["text"]} {about["entry"]!["url"]}");
                break;
            case "Page.frameNavigated" when about!["frame"]!["parentId"] is null:
                _page = about["frame"]!["url"]!.GetValue<string>();
                break;
            case "Inspector.targetCrashed":
                throw new InvalidOperationException($"The page's process in the browser has crashed at {_page}");
        }
    }
}
