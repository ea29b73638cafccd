using System.Text.Json;
using System.Text.RegularExpressions;
using Shop.Infra.Tests.Compiled;

namespace Shop.Infra.Tests.Azure;

/// <summary>
/// deployer.json, the role of the workflow: it may write every type of resource that the template has, its lock and its role
/// assignments among them (which Contributor with Role Based Access Control Administrator may not), and no other.
/// </summary>
public sealed partial class DeployerRoleTests
{
    private static readonly JsonElement Role = JsonDocument.Parse(RepositoryFiles.Read("infra/azure/deployer.json")).RootElement;

    private static readonly string[] Actions = [.. Strings("Actions")];

    /// <summary>A resource group's action is not named after its type.</summary>
    private static readonly string[] Needed =
    [
        .. Template.Default.Resources.Concat(Template.Everything.Resources).Select(resource => resource.Text("type")).Distinct()
            .Select(type => $"{type.Replace("Microsoft.Resources/resourceGroups", "Microsoft.Resources/subscriptions/resourceGroups", StringComparison.Ordinal)}/write"),
    ];

    [Fact]
    public void It_may_write_every_type_of_resource_in_the_template()
    {
        Needed.Length.ShouldBeGreaterThan(20);
        Needed.ShouldContain("Microsoft.Authorization/locks/write");
        Needed.Where(action => !Actions.Any(granted => Covers(granted, action))).ShouldBeEmpty();
    }

    [Fact]
    public void It_may_write_nothing_else() =>
        Actions.Where(granted => granted.EndsWith("/write", StringComparison.Ordinal)).Except(Needed).ShouldBeEmpty();

    [Fact]
    public void It_may_delete_nothing_and_read_no_orders()
    {
        Actions.Where(granted => granted.EndsWith("/delete", StringComparison.Ordinal)).ShouldBeEmpty();
        Strings("DataActions").ShouldAllBe(action => action.StartsWith("Microsoft.Storage/storageAccounts/queueServices/queues/messages/", StringComparison.Ordinal));
    }

    [Fact]
    public void The_README_gives_the_workflow_this_role_and_lets_it_hand_out_only_the_templates_roles()
    {
        var readme = RepositoryFiles.Read("infra/azure/README.md");
        var given = RoleGiven().Matches(readme).Select(match => match.Groups[1].Value).ToArray();
        given.ShouldBe([Role.Text("Name")]);
        var handedOut = Template.Default.Of("Microsoft.Authorization/roleAssignments").Select(assignment => assignment.Text("properties.roleDefinitionId").Split('/')[^1]).Distinct();
        Id().Matches(Condition().Match(readme).Groups[1].Value).Select(match => match.Value).ShouldBe(handedOut, ignoreOrder: true);
    }

    private static IEnumerable<string> Strings(string property) => Role.GetProperty(property).EnumerateArray().Select(action => action.GetString()!);

    private static bool Covers(string granted, string action) =>
        Regex.IsMatch(action, $"^{Regex.Escape(granted).Replace(@"\*", ".*", StringComparison.Ordinal)}$", RegexOptions.IgnoreCase);

    [GeneratedRegex("az role assignment create .*--role \"?([A-Za-z ]+?)\"? --scope")]
    private static partial Regex RoleGiven();

    [GeneratedRegex(@"RoleDefinitionId\] ForAnyOfAnyValues:GuidEquals \{([^}]*)\}")]
    private static partial Regex Condition();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
