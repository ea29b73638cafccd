using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Stripe;
using File = System.IO.File;

namespace Shop.Functions.Benchmarks;

/// <summary>What the figures were measured on and with; without it they mean nothing.</summary>
internal static class Machine
{
    public static void Print()
    {
        var standIns = typeof(Machine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "StandIns").Value!;
        var stripe = typeof(EventUtility).Assembly.GetName();
        var whose = standIns.Split(' ').Contains(stripe.Name) ? "stand-in" : "the vendor's";
        Console.WriteLine($"{TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, {Build}");
        Console.WriteLine($"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        Console.WriteLine($"Stripe.net: {whose}, version {VersionOf(typeof(EventUtility).Assembly)}");
        Console.WriteLine($"Stand-ins restored: {(standIns.Length == 0 ? "none" : standIns)}");
    }

    /// <summary>Figures of a debug build are of no use.</summary>
    private static string Build =>
        typeof(ShopApplication).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is "Release" ? "Release" : "DEBUG BUILD: run with -c Release";

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();

    private static string Processor()
    {
        const string cpuInfo = "/proc/cpuinfo";
        var name = File.Exists(cpuInfo) ? File.ReadLines(cpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return name?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
