using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shop.Local.Commands;
using Shop.Local.PayPal;
using Shop.Local.Stripe;
using Shop.Local.Tests.Host;

namespace Shop.Local.Tests.Commands;

/// <summary>What the READMEs say to type does what they say.</summary>
[Collection(nameof(WorkerShop))]
public sealed partial class ReadmeTests(WorkerShop running)
{
    private const string Shop = "dotnet run --project infra/local";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Blocks, and what stands within a sentence; the capture's id is the one that the line before shows.</summary>
    [Fact]
    public async Task What_it_says_to_type_by_hand_is_answered()
    {
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/curl"), "This test types what the README says: install bash and curl.");
        var readme = Text("README.md");
        var lines = Block().Matches(readme).Select(block => block.Groups["lines"].Value).Where(block => block.Contains("curl ", StringComparison.Ordinal))
            .SelectMany(block => block.Split('\n')).Concat(Code(readme).Where(code => code.StartsWith("curl ", StringComparison.Ordinal))).ToList();
        lines.ShouldContain(line => line.Contains("api/account", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("admin/clock", StringComparison.Ordinal));
        var withCapture = lines.FindIndex(line => line.Contains("CAPTURE", StringComparison.Ordinal));

        var (exitCode, said) = await TypeAsync(lines[..withCapture]);
        exitCode.ShouldBe(0, said);
        var capture = await CaptureAsync();
        var asOperator = lines.FindIndex(line => line.StartsWith("TOKEN=", StringComparison.Ordinal) && line.Contains("Shop.Operator", StringComparison.Ordinal));
        (exitCode, said) = await TypeAsync(lines[withCapture..asOperator].Select(line => line.Replace("CAPTURE", capture, StringComparison.Ordinal)));
        exitCode.ShouldBe(0, said);
        running.Shop.PayPal!.Disputes.ShouldContain(dispute => dispute.CaptureId == capture);
        await MendAsync(lines[asOperator..(asOperator + 4)]);
        (exitCode, said) = await TypeAsync(lines[(asOperator + 4)..]);
        exitCode.ShouldBe(0, said);
    }

    /// <summary>There is no PowerShell here to type it.</summary>
    [Fact]
    public void In_PowerShell_the_token_comes_from_the_same_address() =>
        Code(Text("README.md")).Where(code => code.StartsWith('$')).ShouldHaveSingleItem()
            .ShouldBe($"$TOKEN = curl.exe {Token().Match(Text("README.md")).Groups["address"].Value}");

    [Fact]
    public async Task Every_address_on_this_machine_shows_something()
    {
        var rows = Row().Matches(Text("README.md")).Select(row => row.Groups["address"].Value).ToList();
        rows.Count.ShouldBeGreaterThan(10);
        // Only a shop that people look at has it (TelemetryTests).
        foreach (var address in rows.Where(address => !address.EndsWith("/telemetry", StringComparison.Ordinal)))
            (await running.Http.GetAsync(Here(address), Stop)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, address);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("infra/local/README.md")]
    public void Every_command_is_one(string file)
    {
        var text = Text(file);
        var commands = Code(text).Concat(Block().Matches(text).SelectMany(block => block.Groups["lines"].Value.Split('\n'))).ToList();
        // "-- demo paypal" in a sentence goes on from the command before it.
        foreach (var command in commands.Where(command => command.StartsWith("-- ", StringComparison.Ordinal) || command.StartsWith(Shop, StringComparison.Ordinal)))
        {
            var words = command.Split("-- ").ElementAtOrDefault(1)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
            Should.NotThrow(() => Arguments.Parse([.. words.Select(word => word is "N" ? "1" : word)]), command);
        }

        foreach (var path in commands.SelectMany(command => Script().Matches(command)).Select(match => match.Groups["path"].Value))
            Path.Exists(Path.Combine(LocalSettings.RepositoryRoot, path)).ShouldBeTrue(path);
        foreach (var tests in commands.SelectMany(command => Filter().Matches(command)).Select(match => match.Groups["name"].Value.Split('.')[^1]))
            Directory.EnumerateFileSystemEntries(Path.Combine(LocalSettings.RepositoryRoot, "tests"), $"{tests}*", SearchOption.AllDirectories).ShouldNotBeEmpty(tests);
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(LocalSettings.RepositoryRoot, file));

    private static IEnumerable<string> Code(string text) => Span().Matches(Block().Replace(text, "")).Select(span => span.Groups["code"].Value.ReplaceLineEndings(" "));

    /// <summary>A payment, while what the README has asked of the sandbox goes wrong.</summary>
    private async Task<string> CaptureAsync()
    {
        using var customer = await HostCustomer.OpenAsync(running, "radia");
        var order = await customer.GoToPayPalAsync();
        var payPal = running.Shop.PayPal!;
        await payPal.ApproveAsync(payPal.Orders[^1].Id, BuyerChoice.Approves);
        (await running.SettleAsync()).Count.ShouldBeGreaterThan(1);
        (await customer.ReadAsync(order))["payment"]!["status"]!.GetValue<string>().ShouldBe("paid");
        return payPal.Captures[^1].Id;
    }

    /// <summary>A payment that Stripe tells of so that the shop cannot read it, and what its operator types then.</summary>
    private async Task MendAsync(IReadOnlyList<string> calls)
    {
        using var customer = await HostCustomer.OpenAsync(running, "katherine");
        var order = await customer.GoToStripeAsync();
        var stripe = running.Shop.Stripe!;
        await stripe.PayAsync(stripe.Sessions[^1].Id, PaymentOutcome.Succeeds);
        await stripe.DeliverAsync(Stop);
        await running.SettleAsync();
        (await customer.ReadAsync(order))["payment"]!["status"]!.GetValue<string>().ShouldBe("awaiting");

        var (exitCode, said) = await TypeAsync(calls);
        exitCode.ShouldBe(0, said);
        var answers = said.ReplaceLineEndings("").Replace("}{", "}\n{", StringComparison.Ordinal).Split('\n').Select(answer => JsonNode.Parse(answer)!).ToList();
        answers.Count.ShouldBe(3, said);
        answers[0]["items"]!.AsArray().Count(letter => letter!["why"]?.GetValue<string>() == "api_version").ShouldBe(2, said);
        answers[1]["sentBack"]!.AsArray().Count.ShouldBe(2, said);
        answers[2]["items"]!.AsArray().ShouldBeEmpty(said);
        await running.SettleAsync();
        (await customer.ReadAsync(order))["payment"]!["status"]!.GetValue<string>().ShouldBe("paid");
    }

    private string Here(string line)
    {
        var shop = running.Shop;
        Uri[] addresses = [shop.Host.Address, shop.SignIn!.Address, shop.Stripe!.Address, shop.PayPal!.Address, new("smtp://nobody.asks"), shop.MailPage!.Address, shop.Newsletter!.Address, shop.Carrier!.Address];
        foreach (var (part, address) in addresses.Index())
            line = line.Replace(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{7071 + part}"), address.Authority, StringComparison.Ordinal);
        return line;
    }

    private async Task<(int ExitCode, string Said)> TypeAsync(IEnumerable<string> lines)
    {
        var script = $$"""
            set -e
            curl() { command curl --silent --show-error --fail-with-body "$@"; }
            {{string.Join('\n', lines.Select(Here))}}
            """;
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(bash.StandardOutput.ReadToEndAsync(Stop), bash.StandardError.ReadToEndAsync(Stop));
        await bash.WaitForExitAsync(Stop);
        return (bash.ExitCode, string.Concat(said));
    }

    [GeneratedRegex("^```\\w*\n(?<lines>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"^TOKEN=\$\(curl (?<address>'.*')\)$", RegexOptions.Multiline)]
    private static partial Regex Token();

    [GeneratedRegex(@"^\|[^|]*\| (?<address>http://127\.0\.0\.1:\d+\S*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?:--project|bash|dotnet test) (?<path>(?!-)[^\s""$]+)")]
    private static partial Regex Script();

    [GeneratedRegex("FullyQualifiedName~(?<name>[A-Za-z.]+)")]
    private static partial Regex Filter();
}
