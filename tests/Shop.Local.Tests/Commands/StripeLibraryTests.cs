using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Shop.Local.Tests.Commands;

/// <summary>Stripe's own library for Node signs, so that our verification does not only agree with our own sandbox.</summary>
public sealed class StripeLibraryTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly ShopPorts _ports = ShopPorts.Free();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_signed_by_Stripes_own_library_is_accepted_and_with_one_byte_changed_is_not()
    {
        var folder = await NodeFolder.InstalledAsync();
        await using var shop = ShopProcess.Start(["--port-base", _ports.Option, "--data", _data.Path, "--settings", SampleSettings.File]);
        await shop.ReadyAsync();
        using var buyer = await Buyer.OpenAsync(_ports, "ada");
        var order = await buyer.PlaceAsync();
        var secret = LocalSettings.Read(SampleSettings.File).Values["Stripe:WebhookSecrets:0"]!;
        var amount = buyer.Accepted[order].ToString(CultureInfo.InvariantCulture);

        var output = await RunAsync("node", folder, "sign-webhook.js", new Uri(_ports.Api, "api/webhooks/stripe").ToString(), secret, order, amount, "gbp", global::Stripe.StripeConfiguration.ApiVersion);

        JsonNode.Parse(output)!.ToJsonString().ShouldBe("""{"changed":400,"unchanged":200}""");
        var began = TimeProvider.System.GetTimestamp();
        while ((await buyer.ReadAsync(order))["payment"]!["status"]!.GetValue<string>() != "paid")
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(60), shop.Said);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        }

        await shop.SignalAsync("TERM");
        await shop.EndAsync();
    }

    public void Dispose() => _data.Dispose();

    private static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(Stop);
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {output}{await errors}");
        return output;
    }
}
