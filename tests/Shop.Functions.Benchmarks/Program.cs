using Shop.Functions.Benchmarks;
using Shop.Functions.Benchmarks.Micro;
using Shop.Functions.Benchmarks.Privacy;
using Shop.Functions.Benchmarks.Ratios;
using Shop.Functions.Benchmarks.Running;
using Shop.Functions.Benchmarks.Starts;

// Without --ratios, --micro, --copy, --purge, --running, --start or --profile, all parts run; --quick takes few rounds, enough to see that everything works.
// --ratios=tracking takes only the use cases that have the word in their name.
const string Ratios = "--ratios";
string[] known = [Ratios, "--micro", "--copy", "--purge", "--running", "--start", "--profile", "--quick"];
if (args.FirstOrDefault(argument => !known.Contains(argument) && !argument.StartsWith($"{Ratios}=", StringComparison.Ordinal)) is { } unknown)
{
    Console.Error.WriteLine($"There is no option {unknown}: use {string.Join(", ", known)}.");
    return 2;
}

var quick = args.Contains("--quick");
var all = !args.Any(argument => argument != "--quick");
Machine.Print();
var goals = new List<Goal>();
if (all || args.Contains("--micro")) goals.AddRange(MicroFigures.Run(quick));
var ratios = args.FirstOrDefault(argument => argument.StartsWith(Ratios, StringComparison.Ordinal));
if (all || ratios is not null) goals.AddRange(await RatioTable.RunAsync(quick, ratios?[Ratios.Length..].TrimStart('=') ?? ""));
if (all || args.Contains("--copy")) goals.AddRange(await CopyFigures.RunAsync(quick));
if (all || args.Contains("--purge")) goals.AddRange(await PurgeFigures.RunAsync(quick));
if (all || args.Contains("--running")) goals.AddRange(await RunningFigures.RunAsync(quick));
if (all || args.Contains("--start")) goals.AddRange(await StartFigures.RunAsync(quick));
if (all || args.Contains("--profile")) await ReadProfile.RunAsync(quick);

Console.WriteLine();
foreach (var goal in goals) Console.WriteLine($"{(goal.IsMet ? "met    " : "NOT met")}  {goal.What}");
return 0;
