namespace Shop.Local.Tests.Host;

/// <summary>The app in a process of its own, as it is deployed.</summary>
[CollectionDefinition(nameof(WorkerShop))]
public sealed class WorkerShop : HostShop, ICollectionFixture<WorkerShop>
{
    protected override LocalShopOptions Called(LocalShopOptions options) => options;
}
