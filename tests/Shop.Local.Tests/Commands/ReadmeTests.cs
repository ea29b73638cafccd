using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Shop.Local.Tests.Host;

namespace Shop.Local.Tests.Commands;

/// <summary>What the README says to type does what it says.</summary>
[Collection(nameof(WorkerShop))]
public sealed partial class ReadmeTests(WorkerShop running)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_says_to_type_by_hand_is_answered()
    {
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/curl"), "This test types what the README says: install bash and curl.");
        var readme = await File.ReadAllTextAsync(Path.Combine(LocalSettings.RepositoryRoot, "README.md"), Stop);
        var typed = string.Concat(Block().Matches(readme).Select(block => block.Groups["lines"].Value).Where(lines => lines.Contains("curl ", StringComparison.Ordinal)));
        typed.ShouldContain("api/account");

        // A capture has an id of its own, and nothing is paid here.
        var lines = typed.Split('\n').Where(line => !line.Contains("CAPTURE", StringComparison.Ordinal));
        var (exitCode, said) = await TypeAsync($$"""
            set -e
            curl() { command curl --silent --show-error --fail-with-body "$@"; }
            {{string.Join('\n', lines.Select(Here))}}
            """);

        exitCode.ShouldBe(0, said);
    }

    private string Here(string line)
    {
        var shop = running.Shop;
        foreach (var (port, here) in new Dictionary<int, Uri> { [7071] = shop.Host.Address, [7072] = shop.SignIn!.Address, [7073] = shop.Stripe!.Address, [7074] = shop.PayPal!.Address })
            line = line.Replace(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), here.Authority, StringComparison.Ordinal);
        return line;
    }

    private static async Task<(int ExitCode, string Said)> TypeAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(bash.StandardOutput.ReadToEndAsync(Stop), bash.StandardError.ReadToEndAsync(Stop));
        await bash.WaitForExitAsync(Stop);
        return (bash.ExitCode, string.Concat(said));
    }

    [GeneratedRegex("^```\\w*\n(?<lines>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
