
namespace Shop.Local.Tests.Host;

/// <summary>The app in this process, as most tests run it.</summary>
[CollectionDefinition(nameof(OwnShop))]
public sealed class OwnShop : HostShop, ICollectionFixture<OwnShop>
{
    protected override LocalShopOptions Called(LocalShopOptions options) => options.InThisProcess();
}
