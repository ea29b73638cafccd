using Shop.Functions.Benchmarks;
using Shop.Functions.Benchmarks.Micro;
using Shop.Functions.Benchmarks.Ratios;

// Without --ratios or --micro, both parts run; --quick takes few rounds, enough to see that everything works.
string[] known = ["--ratios", "--micro", "--quick"];
if (args.FirstOrDefault(argument => !known.Contains(argument)) is { } unknown)
{
    Console.Error.WriteLine($"There is no option {unknown}: use --ratios, --micro, --quick.");
    return 2;
}

var quick = args.Contains("--quick");
var both = !args.Contains("--ratios") && !args.Contains("--micro");
Machine.Print();
var goals = new List<Goal>();
if (both || args.Contains("--micro")) goals.AddRange(MicroFigures.Run(quick));
if (both || args.Contains("--ratios")) goals.AddRange(await RatioTable.RunAsync(quick));

Console.WriteLine();
foreach (var goal in goals) Console.WriteLine($"{(goal.IsMet ? "met    " : "NOT met")}  {goal.What}");
return 0;
