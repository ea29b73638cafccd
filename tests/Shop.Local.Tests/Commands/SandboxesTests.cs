using Shop.Local.Commands;
using Shop.Local.Tests.Host;

namespace Shop.Local.Tests.Commands;

/// <summary>Everything but the app, for a Functions host that somebody else starts.</summary>
public sealed class SandboxesTests(StorageFixture storage)
{
    [Fact]
    public async Task They_run_without_the_app_and_call_it_where_it_will_be()
    {
        using var clock = new MovableClock();
        var options = new LocalShopOptions
        {
            Ports = LocalPorts.Free with { Api = 7971 },
            Clock = clock,
            SettingsFile = LocalSettings.Sample,
            StorageConnectionString = storage.ConnectionString,
            WithoutApp = true,
        };
        await using var shop = await LocalShop.StartAsync(options, TestContext.Current.CancellationToken);

        shop.Stripe!.WebhookUrl.ShouldBe(new Uri("http://127.0.0.1:7971/api/webhooks/stripe"));
        shop.PayPal!.WebhookUrl.ShouldBe(new Uri("http://127.0.0.1:7971/api/webhooks/paypal"));
        shop.Carrier!.WebhookUrl.ShouldBe(new Uri("http://127.0.0.1:7971/api/webhooks/carriers/parcelco"));
        var told = AppEnvironment.Text(shop.Settings.Values, shop.Values).Split('\n');
        told.ShouldContain($"export Stripe__ApiBase='{shop.Stripe.Address.ToString().TrimEnd('/')}'");
        told.ShouldContain($"export AzureWebJobsStorage='{storage.ConnectionString}'");
        // Else the app would live today, and refuse what sandboxes sign whose clock was moved.
        told.ShouldContain($"export LocalClock__File='{clock.Share()}'");
        told.ShouldContain("export Links__Address='http://127.0.0.1:7971'");
        told.ShouldContain($"export Carriers__parcelco__TrackingUrl='{shop.Carrier.Address}track/{{number}}'");
        told.ShouldContain($"export Newsletter__ApiBase='{shop.Newsletter!.Address.ToString().TrimEnd('/')}'");
        told.ShouldContain(line => line.StartsWith("export PayPal__SandboxRootCertificate='", StringComparison.Ordinal));
        // What the settings file says already, keys above all, is not written down once more.
        told.ShouldNotContain(line => line.Contains("ApiKey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fresh_start_knows_of_no_timer_that_ran_before()
    {
        var data = Directory.CreateTempSubdirectory("shop-fresh-");
        var timers = Path.Combine(data.FullName, "timers.json");
        await File.WriteAllTextAsync(timers, "{}", TestContext.Current.CancellationToken);
        var options = new LocalShopOptions
        {
            Ports = LocalPorts.Free,
            SettingsFile = LocalSettings.Sample,
            StorageConnectionString = storage.ConnectionString,
            DataDirectory = data.FullName,
            Fresh = true,
            WithoutApp = true,
        };

        await (await LocalShop.StartAsync(options, TestContext.Current.CancellationToken)).DisposeAsync();

        File.Exists(timers).ShouldBeFalse();
        data.Delete(recursive: true);
    }
}
