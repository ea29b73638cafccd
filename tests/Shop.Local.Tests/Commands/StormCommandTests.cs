namespace Shop.Local.Tests.Commands;

/// <summary>A small storm: the whole of the command, once. What it looks for is tested with <see cref="Shop.Local.Storm.StormVerdict"/>.</summary>
public sealed class StormCommandTests
{
    private readonly ShopPorts _ports = ShopPorts.Free();

    [Fact]
    public async Task After_a_small_storm_every_order_agrees_with_the_books_and_nothing_is_left_running()
    {
        var (exitCode, output, errors) = await ShopProcess.RunAsync(
            "storm", "--orders", "12", "--kills", "1", "--seed", "1495", "--port-base", _ports.Option, "--settings", SampleSettings.File);

        exitCode.ShouldBe(0, string.Join('\n', [.. output, .. errors]));
        output[0].ShouldContain("seed 1495");
        output.Count(line => line.EndsWith("the shop is killed", StringComparison.Ordinal)).ShouldBe(1);
        output.ShouldContain(line => line.EndsWith(" events were found in the providers' lists that no webhook had brought.", StringComparison.Ordinal) && line[0] != '0');
        output[^1].ShouldBe("Every order agrees with the providers' books, the stock adds up, and no invoice is missing.");
        _ports.Emulators.ShouldBeEmpty();
        _ports.AreFree.ShouldBeTrue();
    }

    [Theory]
    [InlineData("--orders", "none")]
    [InlineData("--kills", "-1")]
    [InlineData("--seed", "x")]
    [InlineData("--minutes", "0")]
    [InlineData("--faults", "-1")]
    public async Task What_is_no_number_is_told_in_one_line(string option, string value)
    {
        var (exitCode, _, errors) = await ShopProcess.RunAsync("storm", option, value);

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldStartWith($"{option} {value} is not a number");
    }
}
