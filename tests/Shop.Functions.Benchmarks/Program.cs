using Shop.Functions.Benchmarks;
using Shop.Functions.Benchmarks.Micro;
using Shop.Functions.Benchmarks.Privacy;
using Shop.Functions.Benchmarks.Ratios;
using Shop.Functions.Benchmarks.Running;
using Shop.Functions.Benchmarks.Starts;

// Without --ratios, --micro, --copy, --purge, --running, --start or --profile, all parts run; --quick takes few rounds, enough to see that everything works.
string[] known = ["--ratios", "--micro", "--copy", "--purge", "--running", "--start", "--profile", "--quick"];
if (args.FirstOrDefault(argument => !known.Contains(argument)) is { } unknown)
{
    Console.Error.WriteLine($"There is no option {unknown}: use --ratios, --micro, --copy, --purge, --running, --start, --profile, --quick.");
    return 2;
}

var quick = args.Contains("--quick");
var all = !args.Any(argument => argument != "--quick");
Machine.Print();
var goals = new List<Goal>();
if (all || args.Contains("--micro")) goals.AddRange(MicroFigures.Run(quick));
if (all || args.Contains("--ratios")) goals.AddRange(await RatioTable.RunAsync(quick));
if (all || args.Contains("--copy")) goals.AddRange(await CopyFigures.RunAsync(quick));
if (all || args.Contains("--purge")) goals.AddRange(await PurgeFigures.RunAsync(quick));
if (all || args.Contains("--running")) goals.AddRange(await RunningFigures.RunAsync(quick));
if (all || args.Contains("--start")) goals.AddRange(await StartFigures.RunAsync(quick));
if (all || args.Contains("--profile")) await ReadProfile.RunAsync(quick);

Console.WriteLine();
foreach (var goal in goals) Console.WriteLine($"{(goal.IsMet ? "met    " : "NOT met")}  {goal.What}");
return 0;
