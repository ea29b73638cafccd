using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Infra.Tests.Compiled;

namespace Shop.Infra.Tests.Azure;

/// <summary>The README's table of costs at rest, recounted: what is multiplied there is what the template and the app have.</summary>
public sealed class CostTests
{
    private static readonly string Readme = RepositoryFiles.Read("infra/azure/README.md");

    [Fact]
    public void The_alert_rules_are_counted()
    {
        var everyFiveMinutes = Frequencies().Count(every => every == "PT5M");
        var others = Frequencies().Length - everyFiveMinutes;
        Readme.ShouldContain(Text($"| alert rules | {everyFiveMinutes} × 1.50 + {others} × 0.50 | {RulesCost():0.00} |"));
    }

    [Fact]
    public void The_queues_that_the_platform_looks_at_are_counted() =>
        Readme.ShouldContain(Text($"| the platform looking at {Queues()} queues, say every 10 s | {Queues()} × 259,200 operations = {Queues() * 25.92m:0.0} × 0.005 | {QueuesCost():0.00} |"));

    [Fact]
    public void The_sum_is_the_sum() => Readme.ShouldContain(Text($"| **together** | | **{RulesCost() + QueuesCost() + 0.06m:0.00}** |"));

    private static string[] Frequencies() =>
        [.. Template.Default.Of("Microsoft.Insights/scheduledQueryRules").Select(rule => rule.Text("properties.evaluationFrequency"))];

    private static decimal RulesCost() => Frequencies().Sum(every => every == "PT5M" ? 1.50m : 0.50m);

    private static decimal QueuesCost() => decimal.Round(Queues() * 25.92m * 0.005m, 2);

    private static int Queues() =>
        AccessRules.AllFunctions().Count(function => function.Method.GetParameters().Any(parameter => parameter.IsDefined(typeof(QueueTriggerAttribute), inherit: false)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
