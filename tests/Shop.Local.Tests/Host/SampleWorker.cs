using System.Reflection;
using Shop.Local.Host;

namespace Shop.Local.Tests.Host;

/// <summary>In a process of its own, under the host's protocol.</summary>
public sealed class SampleWorker(StorageFixture storage) : SampleHost(storage)
{
    protected override FunctionApp App => new WorkerApp(Folder);

    private static string Folder { get; } = Path.GetFullPath(
        typeof(SampleWorker).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "SampleAppFolder").Value!);
}
