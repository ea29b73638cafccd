using Shop.Functions.Platform.Storage;
using Shop.Infra.Tests.Compiled;

namespace Shop.Infra.Tests.Azure;

/// <summary>The storage account: what is in it, and who cannot get in.</summary>
public sealed class StorageTests
{
    private const string Account = "Microsoft.Storage/storageAccounts";

    [Fact]
    public void Every_table_of_the_app_is_created_and_no_other() =>
        Template.Default.Names($"{Account}/tableServices/tables").ShouldBe(StorageNames.Tables, ignoreOrder: true);

    [Fact]
    public void Every_queue_of_the_app_is_created_with_its_poison_queue_and_no_other() =>
        Template.Default.Names($"{Account}/queueServices/queues").ShouldBe(StorageNames.Queues, ignoreOrder: true);

    [Fact]
    public void Packages_lie_in_a_private_container_that_the_app_reads_by_its_own_identity()
    {
        Template.Default.Single($"{Account}/blobServices/containers").Text("properties.publicAccess").ShouldBe("None");
        var deployment = Template.Default.Single("Microsoft.Web/sites").At("properties.functionAppConfig.deployment.storage");
        deployment.Text("value").ShouldContain("'app-package'");
        deployment.Text("authentication.type").ShouldBe("UserAssignedIdentity");
    }

    [Fact]
    public void Nothing_keeps_what_is_deleted_from_tables_and_queues()
    {
        string[] services = [$"{Account}/tableServices", $"{Account}/queueServices"];
        services.Where(type => Template.Everything.Single(type).TryGetProperty("properties", out _)).ShouldBeEmpty();
    }

    [Fact]
    public void A_lock_keeps_the_account_unless_it_is_told_not_to()
    {
        Template.Default.Single("Microsoft.Authorization/locks").Text("id").ShouldContain($"/{Account}/");
        Template.Everything.Of("Microsoft.Authorization/locks").ShouldBeEmpty();
    }

    [Fact]
    public void The_network_is_open_to_whoever_has_a_role_until_the_one_switch_closes_it()
    {
        string[] closed = [Account, "Microsoft.KeyVault/vaults"];
        foreach (var type in closed)
        {
            Template.Default.Single(type).Text("properties.networkAcls.defaultAction").ShouldBe("Allow");
            Template.Everything.Single(type).Text("properties.networkAcls.defaultAction").ShouldBe("Deny");
            Template.Everything.Single(type).Text("properties.networkAcls.bypass").ShouldBe("None");
            Template.Everything.Single(type).At("properties.networkAcls.ipRules").EnumerateArray().Single().Text("value").ShouldBe("192.0.2.0/24");
        }

        Template.Default.Resources.ShouldAllBe(resource => !resource.Text("type").StartsWith("Microsoft.Network/", StringComparison.Ordinal));
        Template.Everything.Of("Microsoft.Network/privateEndpoints")
            .Select(endpoint => endpoint.At("properties.privateLinkServiceConnections").EnumerateArray().Single().Text("name"))
            .ShouldBe(["blob", "queue", "table", "vault"], ignoreOrder: true);
        Template.Everything.Of("Microsoft.Network/privateDnsZones").Count().ShouldBe(4);
        Template.Everything.Single("Microsoft.Web/sites").Text("properties.virtualNetworkSubnetId").ShouldEndWith("/subnets/app");
    }
}
