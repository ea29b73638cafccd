using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.Tests.Pages;

/// <summary>
/// One page in a headless Chromium, driven over the DevTools protocol. Debian's package is enough: no driver and no
/// download belong to it.
/// </summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0",
    ];

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LongestCommand = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _complaints = [];
    private Task _rest = Task.CompletedTask;
    private int _lastCommand;
    private string _page = "about:blank";

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Where it is on this machine, or null.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>What scripts threw, what the browser refused to do, for instance because of the security policy, and answers that are errors.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Chromium> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("shop-chromium-").FullName;
        var process = Process.Start(new ProcessStartInfo(Path!, [.. Arguments, $"--user-data-dir={profile}", "about:blank"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var chromium = new Chromium(process, profile);
        try
        {
            await chromium.ConnectAsync();
            return chromium;
        }
        catch
        {
            await chromium.DisposeAsync();
            throw;
        }
    }

    public Task GoToAsync(Uri address) => SendAsync("Page.navigate", new() { ["url"] = address.ToString() });

    public Task ReloadAsync() => SendAsync("Page.reload");

    public async Task BackAsync()
    {
        var history = (await SendAsync("Page.getNavigationHistory"))["result"]!;
        var before = history["entries"]![history["currentIndex"]!.GetValue<int>() - 1]!["id"]!.GetValue<int>();
        await SendAsync("Page.navigateToHistoryEntry", new() { ["entryId"] = before });
    }

    /// <summary>From now on its window is so wide, and its owner likes it dark or light.</summary>
    public async Task SizeAsync(int width, bool isDark = false)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        var scheme = new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" };
        // A colour that is still on its way to another one is neither.
        var motion = new JsonObject { ["name"] = "prefers-reduced-motion", ["value"] = "reduce" };
        await SendAsync("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(scheme, motion) });
    }

    /// <summary>Waits for the element and clicks it.</summary>
    public Task ClickAsync(string selector) => WaitAsync($"(e => e && !e.disabled && (e.click(), true))(document.querySelector({Quote(selector)}))");

    /// <summary>Waits for the field, types into it and leaves it.</summary>
    public Task TypeAsync(string selector, string text) => WaitAsync(
        $"(e => e && (e.value = {Quote(text)}, ['input', 'change'].forEach(n => e.dispatchEvent(new Event(n, {{ bubbles: true }}))), true))(document.querySelector({Quote(selector)}))");

    public async Task PressTabAsync()
    {
        foreach (var type in (string[])["rawKeyDown", "keyUp"])
            await SendAsync("Input.dispatchKeyEvent", new() { ["type"] = type, ["key"] = "Tab", ["code"] = "Tab", ["windowsVirtualKeyCode"] = 9 });
    }

    /// <summary>Waits until the script's value is true.</summary>
    public async Task WaitAsync(string script)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await IsTrueAsync(script))
        {
            if (TimeProvider.System.GetElapsedTime(began) > LongestWait)
            {
                var page = await TextAsync("location.href + '\\n' + document.body.innerText");
                throw new TimeoutException($"Not true within {LongestWait.TotalSeconds:0} seconds: {script}\n{page}\n{string.Join('\n', _complaints)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What has been complained of so far was to be expected.</summary>
    public void Forgive(string reason)
    {
        _complaints.ShouldNotBeEmpty(reason);
        _complaints.Clear();
    }

    /// <summary>The whole page as a picture.</summary>
    public async Task<byte[]> PictureAsync()
    {
        var answer = await SendAsync("Page.captureScreenshot", new() { ["format"] = "png" });
        return Convert.FromBase64String(answer["result"]!["data"]!.GetValue<string>());
    }

    /// <summary>Runs a script that the page's own policy would refuse, and waits for what it promises.</summary>
    public async Task<string> RunAsync(string script)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = script, ["returnByValue"] = true, ["awaitPromise"] = true });
        return answer["result"]?["result"]?["value"]?.ToString() ?? answer.ToJsonString();
    }

    public async Task<string> TextAsync(string script) => (await EvaluateAsync(script))?.GetValue<string>() ?? "";

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _rest;
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

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
        using var http = new HttpClient();
        var targets = await http.GetFromJsonAsync<JsonArray>($"http://{devTools.Authority}/json/list", TestContext.Current.CancellationToken);
        var page = targets!.First(target => target!["type"]!.GetValue<string>() == "page")!["webSocketDebuggerUrl"]!.GetValue<string>();
        await _socket.ConnectAsync(new Uri(page), TestContext.Current.CancellationToken);
        foreach (var domain in (string[])["Page", "Runtime", "Log", "Inspector"]) await SendAsync($"{domain}.enable");
    }

    private async Task<bool> IsTrueAsync(string script) => await EvaluateAsync($"Boolean({script})") is { } value && value.GetValue<bool>();

    /// <returns>Null while the page is on its way elsewhere.</returns>
    private async Task<JsonNode?> EvaluateAsync(string script)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = script, ["returnByValue"] = true, ["userGesture"] = true });
        return answer["result"]?["exceptionDetails"] is null ? answer["result"]?["result"]?["value"] : null;
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

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
