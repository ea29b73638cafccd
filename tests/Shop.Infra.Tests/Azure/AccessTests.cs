using System.Reflection;
using System.Text.Json;
using Shop.Functions.Platform.Access;
using Shop.Infra.Tests.Compiled;

namespace Shop.Infra.Tests.Azure;

/// <summary>Who may do what: the app's identity in Azure, people in Entra, and the doors that are shut.</summary>
public sealed class AccessTests
{
    private const string AppItself = "the app", Operator = "the operator";

    /// <summary>Microsoft's built-in roles; the ids are the same in every tenant.</summary>
    private static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
    };

    [Fact]
    public void The_app_and_the_operator_have_these_roles_on_these_resources_and_no_others() =>
        Template.Default.Of("Microsoft.Authorization/roleAssignments").Select(Read).ShouldBe(
        [
            ("Microsoft.Storage/storageAccounts", AppItself, "Storage Blob Data Owner"),
            ("Microsoft.Storage/storageAccounts", AppItself, "Storage Queue Data Contributor"),
            ("Microsoft.Storage/storageAccounts", AppItself, "Storage Table Data Contributor"),
            ("Microsoft.Insights/components", AppItself, "Monitoring Metrics Publisher"),
            ("Microsoft.KeyVault/vaults", AppItself, "Key Vault Secrets User"),
            ("Microsoft.KeyVault/vaults", Operator, "Key Vault Secrets Officer"),
        ], ignoreOrder: true);

    [Fact]
    public void The_app_has_its_roles_before_it_exists() =>
        Template.All["main"].At("resources.app.dependsOn").EnumerateArray().Select(name => name.GetString()).ShouldContain("roles");

    [Theory]
    [InlineData("Microsoft.Web/sites", "properties.httpsOnly", "true")]
    [InlineData("Microsoft.Web/sites", "properties.siteConfig.minTlsVersion", "1.2")]
    [InlineData("Microsoft.Web/sites", "properties.siteConfig.scmMinTlsVersion", "1.2")]
    [InlineData("Microsoft.Web/sites", "properties.siteConfig.http20Enabled", "true")]
    [InlineData("Microsoft.Web/sites", "properties.siteConfig.ftpsState", "Disabled")]
    [InlineData("Microsoft.Web/sites", "properties.siteConfig.cors.supportCredentials", "false")]
    [InlineData("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "properties.allow", "false")]
    [InlineData("Microsoft.Web/sites", "identity.type", "UserAssigned")]
    [InlineData("Microsoft.KeyVault/vaults", "properties.enableRbacAuthorization", "true")]
    [InlineData("Microsoft.KeyVault/vaults", "properties.enablePurgeProtection", "true")]
    [InlineData("Microsoft.KeyVault/vaults", "properties.enableSoftDelete", "true")]
    [InlineData("Microsoft.Insights/components", "properties.DisableLocalAuth", "true")]
    [InlineData("Microsoft.Insights/components", "properties.DisableIpMasking", "false")]
    [InlineData("Microsoft.OperationalInsights/workspaces", "properties.features.disableLocalAuth", "true")]
    [InlineData("Microsoft.OperationalInsights/workspaces", "properties.retentionInDays", "30")]
    [InlineData("Microsoft.OperationalInsights/workspaces/tables", "properties.totalRetentionInDays", "30")]
    [InlineData("Microsoft.Insights/diagnosticSettings", "properties.logAnalyticsDestinationType", "Dedicated")]
    [InlineData("Microsoft.Storage/storageAccounts", "properties.allowSharedKeyAccess", "false")]
    [InlineData("Microsoft.Storage/storageAccounts", "properties.allowBlobPublicAccess", "false")]
    [InlineData("Microsoft.Storage/storageAccounts", "properties.allowCrossTenantReplication", "false")]
    [InlineData("Microsoft.Storage/storageAccounts", "properties.defaultToOAuthAuthentication", "true")]
    [InlineData("Microsoft.Storage/storageAccounts", "properties.supportsHttpsTrafficOnly", "true")]
    [InlineData("Microsoft.Storage/storageAccounts", "properties.minimumTlsVersion", "TLS1_2")]
    public void A_door_that_should_be_shut_is_shut(string type, string property, string value)
    {
        var all = Template.Default.Of(type).ToArray();
        all.ShouldNotBeEmpty();
        all.ShouldAllBe(resource => resource.At(property).ToString().Equals(value, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_app_runs_on_Flex_Consumption_with_NET_10()
    {
        Template.Default.Single("Microsoft.Web/serverfarms").Text("sku.name").ShouldBe("FC1");
        var runtime = Template.Default.Single("Microsoft.Web/sites").At("properties.functionAppConfig.runtime");
        (runtime.Text("name"), runtime.Text("version")).ShouldBe(("dotnet-isolated", "10.0"));
    }

    [Fact]
    public void Entra_knows_every_role_that_a_function_asks_for()
    {
        using var api = JsonDocument.Parse(RepositoryFiles.Read("infra/azure/entra/api.json"));
        var roles = api.RootElement.GetProperty("appRoles").EnumerateArray().Select(role => role.GetProperty("value").GetString()!).ToArray();
        roles.ShouldBe(["Shop.Fulfilment", "Shop.Finance", "Shop.Privacy", "Shop.Operator"], ignoreOrder: true);
        typeof(AccessRules).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes<RequireRoleAttribute>())
            .Select(marker => marker.Role).Distinct().Except(roles).ShouldBeEmpty();
    }

    [Fact]
    public void The_API_takes_v2_tokens_and_offers_the_one_scope_with_ids_that_never_change()
    {
        using var api = JsonDocument.Parse(RepositoryFiles.Read("infra/azure/entra/api.json"));
        var exposed = api.RootElement.GetProperty("api");
        exposed.GetProperty("requestedAccessTokenVersion").GetInt32().ShouldBe(2);
        exposed.GetProperty("oauth2PermissionScopes").EnumerateArray().Select(scope => scope.GetProperty("value").GetString()).ShouldBe(["Shop.Access"]);
        var ids = exposed.GetProperty("oauth2PermissionScopes").EnumerateArray().Concat(api.RootElement.GetProperty("appRoles").EnumerateArray())
            .Select(entry => Guid.Parse(entry.GetProperty("id").GetString()!)).ToArray();
        ids.ShouldBeUnique();
        api.RootElement.GetProperty("optionalClaims").GetProperty("accessToken").EnumerateArray()
            .Select(claim => claim.GetProperty("name").GetString()).ShouldContain("email");
    }

    private static (string Scope, string Principal, string Role) Read(JsonElement assignment)
    {
        var scope = assignment.Text("id").Split("/providers/")[^2].Split('/');
        var principal = assignment.Text("properties.principalId");
        return (
            $"{scope[0]}/{scope[1]}",
            principal.Contains("userAssignedIdentities/id-", StringComparison.Ordinal) ? AppItself : principal.StartsWith("33333333-", StringComparison.Ordinal) ? Operator : principal,
            BuiltIn[assignment.Text("properties.roleDefinitionId").Split('/')[^1]]);
    }
}
