using System.Globalization;

namespace Shop.Functions.Tests.Scale;

/// <summary>What a thousand such orders cost, at the prices that docs/cost-and-scale.md assumes. Pure.</summary>
internal static class OrderCosts
{
    // US dollars, list prices as the page states them.
    private const decimal GigabyteSecond = 0.000026m;
    private const decimal MillionExecutions = 0.40m;
    private const decimal TenThousandCalls = 0.005m;
    private const decimal GigabyteOfLogs = 2.30m;
    private const decimal GigabyteOut = 0.087m;

    /// <summary>Of an instance, and a second for each execution: the least that is billed for one by itself.</summary>
    private const int Gigabytes = 2;

    /// <summary>As many rows of about 1 kB are logged for an execution, and a span; storage logs each call of a table.</summary>
    public const int RowsOfAnExecution = 6;

    public static StepCost Sum(IReadOnlyList<StepCost> steps) => new(
        "**together**", steps.Sum(step => step.Executions), [.. steps.SelectMany(step => step.Calls)], [.. steps.SelectMany(step => step.ProviderCalls)], steps.Sum(step => step.Looks), steps.Sum(step => step.AnswerBytes));

    /// <returns>How many bytes one order leaves in the logs, about: each call is a span as well.</returns>
    public static int LogBytes(IReadOnlyList<StepCost> steps) => Sum(steps) is var sum ? 1000 * ((RowsOfAnExecution * sum.Executions) + sum.Calls.Count(IsOfTable) + sum.Calls.Count + sum.ProviderCalls.Count) : 0;

    /// <returns>The rows of the page's table, the sum last.</returns>
    public static IEnumerable<string> OfAThousand(IReadOnlyList<StepCost> steps)
    {
        var sum = Sum(steps);
        var seconds = sum.Executions * 1000 * Gigabytes;
        // To the next five: a clock's digits must not make another figure.
        var kilobytes = 5 * (int)Math.Ceiling(sum.AnswerBytes / 5000m);
        (string What, string How, decimal Price)[] rows =
        [
            ("execution time", Text($"1,000 × {sum.Executions} × 1 s × {Gigabytes} GB = {seconds:N0} GB-s × {GigabyteSecond}"), seconds * GigabyteSecond),
            ("executions", Text($"{sum.Executions * 1000:N0} × {MillionExecutions:0.00} / 1,000,000"), sum.Executions * 1000 * MillionExecutions / 1_000_000),
            ("storage operations", Text($"{sum.Calls.Count * 1000:N0} / 10,000 × {TenThousandCalls}"), sum.Calls.Count * 1000 * TenThousandCalls / 10_000),
            ("logs", Text($"{LogBytes(steps) / 1000} kB an order; {LogBytes(steps) / 1_000_000m:0.000} GB × {GigabyteOfLogs:0.00}"), LogBytes(steps) / 1_000_000m * GigabyteOfLogs),
            ("answers that leave Azure", Text($"{kilobytes} kB an order; {kilobytes / 1000m:0.000} GB × {GigabyteOut}"), kilobytes / 1000m * GigabyteOut),
        ];
        foreach (var (what, how, price) in rows) yield return Text($"| {what} | {how} | {price:0.00} |");
        yield return Text($"| **a thousand orders** | | **{rows.Sum(row => decimal.Round(row.Price, 2)):0.00}** |");
    }

    public static bool IsOfTable(string call) => !call.Contains("/messages", StringComparison.Ordinal);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
