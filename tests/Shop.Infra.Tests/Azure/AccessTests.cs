using System.Reflection;
using System.Text.Json;
using Shop.Functions.Platform.Access;
using Shop.Infra.Tests.Bicep;

namespace Shop.Infra.Tests.Azure;

/// <summary>Who may do what: the app's identity in Azure, people in Entra, and the doors that are shut.</summary>
public sealed class AccessTests
{
    /// <summary>Microsoft's built-in roles; the ids are the same in every tenant.</summary>
    private static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["storageBlobDataOwner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["storageQueueDataContributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["storageTableDataContributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["monitoringMetricsPublisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["keyVaultSecretsUser"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["keyVaultSecretsOfficer"] = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
    };

    private static readonly BicepFile Roles = BicepFile.Module("roles");

    [Fact]
    public void Each_role_is_the_built_in_one_of_its_name() =>
        Roles.Of("var").ToDictionary(role => role.Name, role => role.Body.Single().Text).ShouldBe(BuiltIn, ignoreOrder: true);

    [Theory]
    [InlineData("onStorage", "storage", "appPrincipalId", "storageBlobDataOwner,storageQueueDataContributor,storageTableDataContributor")]
    [InlineData("onInsights", "insights", "appPrincipalId", "monitoringMetricsPublisher")]
    [InlineData("onVault", "vault", "appPrincipalId", "keyVaultSecretsUser")]
    [InlineData("operatorOnVault", "vault", "operatorPrincipalId", "keyVaultSecretsOfficer")]
    public void Each_role_is_given_on_one_resource_to_one_principal(string assignment, string scope, string principal, string roles)
    {
        var declared = Roles.Get("resource", assignment);
        declared.Written("scope").ShouldBe(scope);
        declared.Written("principalId").ShouldBe(principal);
        BicepNames.Used(declared.Body).Select(token => token.Text).Where(BuiltIn.ContainsKey).Distinct().ShouldBe(roles.Split(','));
    }

    [Fact]
    public void There_are_no_other_role_assignments() =>
        BicepFile.OpenAll().SelectMany(file => file.Resources)
            .Where(resource => resource.TypeText.StartsWith("Microsoft.Authorization/roleAssignments", StringComparison.Ordinal)).Select(resource => resource.Name).ShouldBe(["onStorage", "onInsights", "onVault", "operatorOnVault"], ignoreOrder: true);

    [Theory]
    [InlineData("app", "app", "httpsOnly", "true")]
    [InlineData("app", "app", "minTlsVersion", "'1.2'")]
    [InlineData("app", "app", "scmMinTlsVersion", "'1.2'")]
    [InlineData("app", "app", "http20Enabled", "true")]
    [InlineData("app", "app", "ftpsState", "'Disabled'")]
    [InlineData("app", "publishingPassword", "allow", "false")]
    [InlineData("app", "app", "identity", "{type:'SystemAssigned'}")]
    [InlineData("keyvault", "vault", "enableRbacAuthorization", "true")]
    [InlineData("keyvault", "vault", "enablePurgeProtection", "true")]
    [InlineData("keyvault", "vault", "enableSoftDelete", "true")]
    [InlineData("monitoring", "insights", "DisableLocalAuth", "true")]
    [InlineData("monitoring", "insights", "DisableIpMasking", "false")]
    [InlineData("monitoring", "workspace", "retentionInDays", "retentionDays")]
    [InlineData("monitoring", "retention", "totalRetentionInDays", "retentionDays")]
    public void A_door_that_should_be_shut_is_shut(string module, string resource, string property, string value) =>
        BicepFile.Module(module).Get("resource", resource).Written(property).ShouldBe(value);

    [Fact]
    public void The_app_runs_on_Flex_Consumption_with_NET_10()
    {
        var app = BicepFile.Module("app");
        app.Get("resource", "plan").Written("sku").ShouldBe("{name:'FC1'tier:'FlexConsumption'}");
        app.Get("resource", "app").Written("runtime").ShouldBe("{name:'dotnet-isolated'version:'10.0'}");
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
}
