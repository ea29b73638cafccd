using Shop.Functions.Platform.Storage;
using Shop.Infra.Tests.Bicep;

namespace Shop.Infra.Tests.Azure;

/// <summary>The storage account: what is in it, and who cannot get in.</summary>
public sealed class StorageTests
{
    private static readonly BicepFile Storage = BicepFile.Module("storage");

    [Fact]
    public void Every_table_of_the_app_is_declared_and_no_other() => Listed("tables").ShouldBe(StorageNames.Tables, ignoreOrder: true);

    [Fact]
    public void Every_queue_of_the_app_is_declared_with_its_poison_queue_and_no_other() => Listed("queues").ShouldBe(StorageNames.Queues, ignoreOrder: true);

    [Fact]
    public void Each_list_is_what_is_created()
    {
        BicepNames.Used(Storage.Get("resource", "tableOfList").Body).Select(token => token.Text).ShouldContain("tables");
        BicepNames.Used(Storage.Get("resource", "queueOfList").Body).Select(token => token.Text).ShouldContain("queues");
        Storage.Get("resource", "tableOfList").TypeText.ShouldBe("tables");
        Storage.Get("resource", "queueOfList").TypeText.ShouldBe("queues");
    }

    [Theory]
    [InlineData("allowSharedKeyAccess", "false")]
    [InlineData("allowBlobPublicAccess", "false")]
    [InlineData("allowCrossTenantReplication", "false")]
    [InlineData("defaultToOAuthAuthentication", "true")]
    [InlineData("supportsHttpsTrafficOnly", "true")]
    [InlineData("minimumTlsVersion", "'TLS1_2'")]
    [InlineData("defaultAction", "closed?'Deny':'Allow'")]
    public void The_account_is_closed_to_keys_strangers_and_old_protocols(string property, string value) =>
        Storage.Get("resource", "account").Written(property).ShouldBe(value);

    [Fact]
    public void Packages_lie_in_a_private_container_that_the_app_reads_by_its_own_identity()
    {
        Storage.Get("resource", "packages").Written("publicAccess").ShouldBe("'None'");
        var app = BicepFile.Module("app").Get("resource", "app");
        app.Written("value").ShouldBe("packageContainerUri");
        app.Written("authentication").ShouldBe("{type:'SystemAssignedIdentity'}");
    }

    [Fact]
    public void Nothing_keeps_what_is_deleted_from_tables_and_queues() =>
        Storage.Get("resource", "account").Body.Where(token => token.Is("deleteRetentionPolicy") || token.Is("isVersioningEnabled") || token.Is("changeFeed"))
            .Count().ShouldBe(1, "soft delete is for blobs alone");

    private static IEnumerable<string> Listed(string variable) =>
        Storage.Get("var", variable).Texts;
}
