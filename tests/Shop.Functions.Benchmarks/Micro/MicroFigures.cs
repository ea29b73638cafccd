using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Shop.Functions.Benchmarks.Micro;

/// <summary>Time and allocations of what has no I/O, by BenchmarkDotNet.</summary>
internal static class MicroFigures
{
    private const double MostMicroseconds = 60;
    private const double MostKibibytes = 40;

    /// <summary>Most of it is the RSA signature.</summary>
    private const double MostPayPalMicroseconds = 150;

    public static IReadOnlyList<Goal> Run(bool quick)
    {
        // In this process: a project made on the fly would not know this repository's package sources.
        // On a busy machine BenchmarkDotNet would go on for minutes; twenty iterations tell enough.
        var job = (quick ? Job.ShortRun : Job.Default.WithMaxIterationCount(20)).WithToolchain(InProcessEmitToolchain.Instance);
        var artifacts = Directory.CreateTempSubdirectory("benchmarks-");
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(artifacts.FullName)
            .WithOptions(ConfigOptions.DisableLogFile);
        Console.WriteLine();
        Console.WriteLine("| without I/O | median µs | ± | KiB allocated |");
        Console.WriteLine("|---|---:|---:|---:|");
        try
        {
            return [.. BenchmarkRunner.Run<PureWork>(config).Reports.SelectMany(Row)];
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }

    private static IEnumerable<Goal> Row(BenchmarkReport report)
    {
        var method = report.BenchmarkCase.Descriptor.WorkloadMethod.Name;
        var what = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
        if (report.ResultStatistics is not { } times) throw new InvalidOperationException($"{what} could not be measured.");
        var microseconds = times.Median / 1000;
        var kibibytes = (report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0) / 1024.0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {microseconds:0.0} | {times.StandardDeviation / 1000:0.0} | {kibibytes:0.0} |"));
        if (method == nameof(PureWork.VerifyAndTranslatePayPal))
            return [new(string.Create(CultureInfo.InvariantCulture, $"{what}: {microseconds:0.0} µs (goal {MostPayPalMicroseconds})"), microseconds <= MostPayPalMicroseconds)];
        if (method != nameof(PureWork.VerifyAndTranslate)) return [];
        return
        [
            new(string.Create(CultureInfo.InvariantCulture, $"{what}: {microseconds:0.0} µs (goal {MostMicroseconds})"), microseconds <= MostMicroseconds),
            new(string.Create(CultureInfo.InvariantCulture, $"{what}: {kibibytes:0.0} KiB allocated (goal {MostKibibytes})"), kibibytes <= MostKibibytes),
        ];
    }
}
