using System.Globalization;
using Shop.Functions.Tests.Architecture;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Scale;

/// <summary>docs/cost-and-scale.md says what is counted here: one order's whole way, on storage that is real.</summary>
public sealed class CostAndScaleTests(StorageEmulator emulator)
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/cost-and-scale.md"));

    [Fact]
    public async Task The_page_says_what_an_order_costs_and_where_its_limits_are()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var steps = await OrderJourney.CostsAsync(shop);
        string[] lines = [.. steps.Select(Line), Line(OrderCosts.Sum(steps)), .. OrderCosts.OfAThousand(steps), .. ScaleLimits.Of(steps).Select(limit => limit.Line), ScaleLimits.RequestsThatFillTheLog];
        lines.Where(line => !Page.Contains(line, StringComparison.Ordinal)).ShouldBeEmpty($"the page is to say:\n{string.Join('\n', lines)}\n");
        // The page tells them in this order: the first is what gives way first.
        var limits = ScaleLimits.Of(steps).Select(limit => Page.IndexOf(limit.Line, StringComparison.Ordinal)).ToList();
        limits.ShouldBe(limits.Order());
    }

    private static string Line(StepCost step) =>
        string.Create(CultureInfo.InvariantCulture, $"| {step.Step} | {step.Executions} | {step.Calls.Count} | {step.ProviderCalls.Count} |");
}
