using System.Net;
using System.Net.Sockets;

namespace Shop.Local.Tests.Commands;

/// <summary>Whatever keeps the shop from starting is one line on standard error that says what to do, and exit code 1.</summary>
public sealed class StartFailureTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ShopPorts _ports = ShopPorts.Free();

    [Theory]
    [InlineData(0, "API")]
    [InlineData(1, "sign-in")]
    [InlineData(2, "Stripe sandbox")]
    [InlineData(4, "mail server")]
    [InlineData(5, "mail page")]
    [InlineData(11, "storage, queues")]
    public async Task A_port_in_use_is_named(int offset, string what)
    {
        var port = _ports.First + offset;
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();

        var line = await Refused(Serve(SampleSettings.File));

        line.ShouldContain(what);
        line.ShouldContain($"{port}");
        line.ShouldContain("--port-base");
        _ports.Emulators.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_Node_is_told()
    {
        var line = await Refused(Serve(SampleSettings.File), path: _folder.Path);

        line.ShouldStartWith("Node.js was not found");
        line.ShouldContain("install Node 20");
    }

    [Theory]
    [InlineData("{ \"Values\": { \"Stripe__ApiKey\" ")]
    [InlineData("[]")]
    [InlineData("{ \"Values\": { \"A__B\": \"1\", \"A:B\": \"2\" } }")]
    [InlineData("{ \"Values\": {}, \"Host\": { \"CORS\": \"*\" } }")]
    public async Task A_settings_file_that_cannot_be_used_is_named(string text)
    {
        var file = Path.Combine(_folder.Path, "broken.json");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        (await Refused(Serve(file))).ShouldContain(file);
    }

    [Fact]
    public async Task A_settings_file_that_is_not_there_is_named()
    {
        var file = Path.Combine(_folder.Path, "nowhere.json");

        (await Refused(Serve(file))).ShouldBe($"There is no settings file {file}.");
    }

    [Theory]
    [InlineData("Stripe__ApiKey", null, "Stripe__ApiKey is missing")]
    [InlineData("Stripe__WebhookSecrets__0", null, "Stripe__WebhookSecrets__0 is missing")]
    [InlineData("Stripe__WebhookSecrets__0", "secret", "Stripe__WebhookSecrets__0 is not a webhook signing secret")]
    [InlineData("Storefront__Origins__0", null, "Storefront__Origins__0 is missing")]
    [InlineData("AzureAd__Instance", null, "AzureAd__Instance is missing")]
    [InlineData("AzureAd__TenantId", null, "AzureAd__TenantId is missing")]
    [InlineData("AzureAd__ClientId", null, "AzureAd__ClientId is missing")]
    [InlineData("Orders__UnpaidLifetime", "7.00:00:00", "Orders__UnpaidLifetime must be between")]
    [InlineData("Orders__FirstLookAfter", "soon", "Orders__FirstLookAfter cannot be 'soon'")]
    [InlineData("Mail__Host", null, "Mail__Host is missing")]
    [InlineData("BreachWatchSchedule", null, "Function 'WatchBreaches': its trigger names the setting 'BreachWatchSchedule', which is missing.")]
    [InlineData("AzureWebJobsStorage", "mine", "AzureWebJobsStorage is not a connection string")]
    public async Task A_setting_that_is_missing_or_wrong_is_named(string name, string? value, string expected)
    {
        var file = SampleSettings.With(_folder, (name, value));

        var line = await Refused(Serve(file));

        line.ShouldStartWith($"{file}: {expected}");
        _ports.Emulators.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stripe/stripe.json", "{ cut short")]
    [InlineData("sign-in/sign-in-key.pem", "no key")]
    public async Task Data_that_cannot_be_read_is_named(string name, string text)
    {
        var file = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        (await Refused(Serve(SampleSettings.File))).ShouldContain(Path.GetFileName(file));
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_told()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var line = await Refused(["--port-base", _ports.Option, "--data", Path.Combine(file, "data"), "--settings", SampleSettings.File]);

        line.ShouldContain(file);
        line.ShouldContain("--data");
    }

    [Theory]
    [InlineData("serv")]
    [InlineData("--prot-base", "8000")]
    [InlineData("--port-base")]
    [InlineData("--port-base", "many")]
    [InlineData("token")]
    public async Task A_command_line_that_cannot_be_understood_is_told(params string[] arguments) => await Refused(arguments);

    [Fact]
    public async Task A_token_without_a_running_shop_is_refused() =>
        (await Refused(["token", "--as", "ada@example.com", "--port-base", _ports.Option])).ShouldContain("start it first");

    public void Dispose() => _folder.Dispose();

    private string[] Serve(string settings) => ["--port-base", _ports.Option, "--data", _folder.Path, "--settings", settings];

    private static async Task<string> Refused(string[] arguments, string? path = null)
    {
        await using var shop = ShopProcess.Start(arguments, path);

        (await shop.EndAsync()).ShouldBe(1, shop.Said);
        shop.Output.ShouldNotContain("ready");
        return shop.Errors.ShouldHaveSingleItem();
    }
}
