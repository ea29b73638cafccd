using System.Net;
using System.Net.Http.Headers;

namespace Shop.Local.Tests.Commands;

public sealed class ServeCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ShopPorts _ports = ShopPorts.Free();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string[] Serve => ["--port-base", _ports.Option, "--data", _folder.Path, "--settings", SampleSettings.File];

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_shop_that_says_ready_answers_and_a_signal_ends_all_of_it(string signal)
    {
        await using var shop = ShopProcess.Start(Serve);
        await shop.ReadyAsync();

        using var http = new HttpClient();
        (await http.GetAsync(new Uri(_ports.Api, "api/products"), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _ports.Emulators.ShouldNotBeEmpty();
        await shop.SignalAsync(signal);

        (await shop.EndAsync()).ShouldBe(0, shop.Said);
        shop.Output.Count(line => line == "ready").ShouldBe(1);
        shop.Errors.ShouldBeEmpty();
        NothingIsLeft();
    }

    [Fact]
    public async Task Ctrl_C_in_a_terminal_reaches_every_program_and_still_ends_the_shop_in_order()
    {
        await using var shop = ShopProcess.Start(Serve);
        await shop.ReadyAsync();

        await shop.SignalAsync("INT", wholeGroup: true);

        (await shop.EndAsync()).ShouldBe(0, shop.Said);
        shop.Errors.ShouldBeEmpty();
        NothingIsLeft();
    }

    [Theory]
    [InlineData("INT", false)]
    [InlineData("INT", true)]
    [InlineData("TERM", false)]
    public async Task A_signal_while_the_shop_is_starting_ends_all_of_it(string signal, bool wholeGroup)
    {
        await using var shop = ShopProcess.Start(Serve);
        await shop.UntilAsync(() => _ports.Emulators.Count > 0);

        await shop.SignalAsync(signal, wholeGroup);

        (await shop.EndAsync()).ShouldBe(0, shop.Said);
        shop.Errors.ShouldBeEmpty();
        NothingIsLeft();
    }

    [Fact]
    public async Task A_storage_emulator_that_ends_takes_the_shop_with_it_and_is_named()
    {
        await using var shop = ShopProcess.Start(Serve);
        await shop.ReadyAsync();

        foreach (var emulator in _ports.Emulators)
        {
            using var kill = System.Diagnostics.Process.Start("/bin/kill", ["-9", emulator]);
            await kill.WaitForExitAsync(Stop);
        }

        (await shop.EndAsync()).ShouldBe(1, shop.Said);
        shop.Errors.ShouldHaveSingleItem().ShouldStartWith("The storage emulator (Azurite) has ended");
        NothingIsLeft();
    }

    [Fact]
    public async Task A_token_is_one_line_and_opens_an_account_and_the_data_is_one_shops()
    {
        await using var shop = ShopProcess.Start(Serve);
        await shop.ReadyAsync();

        var (exitCode, output, errors) = await ShopProcess.RunAsync("token", "--as", "ada@example.com", "--port-base", _ports.Option);

        exitCode.ShouldBe(0);
        errors.ShouldBeEmpty();
        using var http = new HttpClient { BaseAddress = _ports.Api };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", output.ShouldHaveSingleItem());
        (await http.GetAsync("api/account", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.PostAsync("api/account", new StringContent("""{"name":"Ada Lovelace"}""", new MediaTypeHeaderValue("application/json")), Stop)).StatusCode.ShouldBe(HttpStatusCode.Created);

        // The Stripe sandbox is there, where this one looks for the sign-in authority.
        (await ShopProcess.RunAsync("token", "--as", "ada@example.com", "--port-base", (_ports with { First = _ports.First + 1 }).Option)).Errors.ShouldHaveSingleItem().ShouldStartWith("No token from");
        (await ShopProcess.RunAsync("token", "--as", "nobody", "--port-base", _ports.Option)).Errors.ShouldHaveSingleItem().ShouldStartWith("No token from");

        var other = ShopPorts.Free();
        (await ShopProcess.RunAsync("--port-base", other.Option, "--data", _folder.Path, "--settings", SampleSettings.File)).Errors.ShouldHaveSingleItem().ShouldContain("in use by a running shop");
    }

    public void Dispose() => _folder.Dispose();

    private void NothingIsLeft()
    {
        _ports.Emulators.ShouldBeEmpty();
        _ports.AreFree.ShouldBeTrue();
    }
}
