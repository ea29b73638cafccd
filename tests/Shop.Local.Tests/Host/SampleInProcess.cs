using SampleApp;
using Shop.Local.Host;

namespace Shop.Local.Tests.Host;

/// <summary>In this process.</summary>
public sealed class SampleInProcess(StorageFixture storage) : SampleHost(storage)
{
    protected override FunctionApp App => new InProcessApp(
        Sample.Generated,
        (builder, addWeb) =>
        {
            addWeb();
            Sample.Configure(builder);
        });
}
