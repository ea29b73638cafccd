using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.Tests.Pages;

/// <summary>
/// One page in a headless Chromium, driven over the DevTools protocol. Debian's package is enough: no driver and no
/// download belong to it.
/// </summary>
internal sealed partial class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0",
    ];

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly string _profile;
    private readonly List<string> _complaints = [];
    private Task _rest = Task.CompletedTask;
    private bool _isTab;

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

    /// <summary>Whether the README's pictures are to be made anew: <c>SHOP_PICTURES=1</c>.</summary>
    public static bool KeepsPictures => Environment.GetEnvironmentVariable("SHOP_PICTURES") == "1";

    /// <summary>For the README, where that is asked for: the page as it is shown now.</summary>
    /// <param name="path">From <c>infra/local/Pages</c> on.</param>
    public async Task KeepPictureAsync(string path)
    {
        if (!KeepsPictures) return;
        var answer = await SendAsync("Page.captureScreenshot", new() { ["format"] = "png" });
        var picture = Convert.FromBase64String(answer["result"]!["data"]!.GetValue<string>());
        await File.WriteAllBytesAsync(System.IO.Path.Combine(LocalSettings.RepositoryRoot, "infra/local/Pages", path), picture, TestContext.Current.CancellationToken);
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
        if (_isTab) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _rest;
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    /// <summary>A tab of its own, as a click with the middle button opens it: it knows what all tabs know, and nothing of this one.</summary>
    public async Task<Chromium> OpenTabAsync(string address)
    {
        var before = (await PagesAsync()).ToHashSet();
        await WaitAsync($"(window.open({Quote(address)}, '_blank', 'noopener'), true)");
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < LongestWait;)
        {
            if ((await PagesAsync()).FirstOrDefault(page => !before.Contains(page)) is { } opened)
            {
                var tab = new Chromium(_process, _profile) { _isTab = true };
                await tab.AttachAsync(opened);
                return tab;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"No tab was opened within {LongestWait.TotalSeconds:0} seconds: {address}");
    }

    private async Task<bool> IsTrueAsync(string script) => await EvaluateAsync($"Boolean({script})") is { } value && value.GetValue<bool>();

    /// <returns>Null while the page is on its way elsewhere.</returns>
    private async Task<JsonNode?> EvaluateAsync(string script)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = script, ["returnByValue"] = true, ["userGesture"] = true });
        return answer["result"]?["exceptionDetails"] is null ? answer["result"]?["result"]?["value"] : null;
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
