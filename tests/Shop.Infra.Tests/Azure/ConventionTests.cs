using System.Text.RegularExpressions;
using Shop.Infra.Tests.Compiled;

namespace Shop.Infra.Tests.Azure;

/// <summary>How the Bicep is written, as far as the compiler does not see to it: described, versioned once, at home in any cloud, nothing secret in the open.</summary>
public sealed partial class ConventionTests
{
    [Theory]
    [InlineData("parameters")]
    [InlineData("outputs")]
    public void Every_parameter_and_output_says_what_it_is(string section)
    {
        foreach (var (name, template) in Template.All)
        {
            if (!template.TryGetProperty(section, out var entries)) continue;
            entries.EnumerateObject().Where(entry => !entry.Value.TryGetProperty("metadata", out var metadata) || !metadata.TryGetProperty("description", out _))
                .Select(entry => entry.Name).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void A_secret_is_a_secure_parameter_and_nothing_else_is()
    {
        var parameters = Template.All.Values.SelectMany(template => template.GetProperty("parameters").EnumerateObject()).ToArray();
        var secrets = parameters.Where(parameter => SecretName().IsMatch(parameter.Name)).ToArray();
        secrets.Length.ShouldBeGreaterThanOrEqualTo(12, "main.bicep and the vault's module have six each");
        parameters.Where(parameter => parameter.Value.TryGetProperty("type", out var type) && type.GetString() == "securestring")
            .Select(parameter => parameter.Name).ShouldBe(secrets.Select(parameter => parameter.Name), ignoreOrder: true);
    }

    [Fact]
    public void A_value_has_one_default_and_main_bicepparam_is_where_it_stands() =>
        Template.All.SelectMany(template => template.Value.GetProperty("parameters").EnumerateObject())
            .Where(parameter => parameter.Value.TryGetProperty("defaultValue", out _)).Select(parameter => parameter.Name).ShouldBeEmpty();

    [Fact]
    public void A_resource_type_has_one_version() =>
        Template.Resources().GroupBy(entry => entry.Resource.Text("type"), StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Select(entry => entry.Resource.Text("apiVersion")).Distinct().Count() > 1).Select(group => group.Key)
            .ShouldBeEmpty();

    [Fact]
    public void A_resource_type_is_created_in_one_file_only() =>
        Template.Resources().Where(entry => !(entry.Resource.TryGetProperty("existing", out var existing) && existing.GetBoolean()))
            .GroupBy(entry => entry.Resource.Text("type")).Where(group => group.Select(entry => entry.Module).Distinct().Count() > 1).Select(group => group.Key)
            .ShouldBeEmpty();

    [Fact]
    public void Every_module_is_used()
    {
        var modules = RepositoryFiles.Under("infra/azure/modules").ToArray();
        var texts = modules.Append("infra/azure/main.bicep").Select(RepositoryFiles.Read).ToArray();
        modules.Select(path => Path.GetFileName(path)).Where(file => !texts.Any(text => text.Contains($"{file}'", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void No_address_of_one_cloud_is_written_down()
    {
        CloudAddress().Matches(Template.Text).Select(match => match.Value).ShouldBeEmpty();
        RepositoryFiles.Under("functions").Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Where(path => CloudAddress().IsMatch(RepositoryFiles.Read(path))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Microsoft.Resources/resourceGroups", "^rg-shop-prod$")]
    [InlineData("Microsoft.OperationalInsights/workspaces", "^log-[a-z0-9]{13}$")]
    [InlineData("Microsoft.Insights/components", "^appi-[a-z0-9]{13}$")]
    [InlineData("Microsoft.Storage/storageAccounts", "^st[a-z0-9]{13}$")]
    [InlineData("Microsoft.KeyVault/vaults", "^kv-[a-z0-9]{13}$")]
    [InlineData("Microsoft.ManagedIdentity/userAssignedIdentities", "^id-[a-z0-9]{13}$")]
    [InlineData("Microsoft.Web/serverfarms", "^asp-[a-z0-9]{13}$")]
    [InlineData("Microsoft.Web/sites", "^func-[a-z0-9]{13}$")]
    [InlineData("Microsoft.Network/virtualNetworks", "^vnet-[a-z0-9]{13}$")]
    public void Names_begin_with_Microsofts_abbreviations_and_are_unique_through_a_token(string type, string pattern) =>
        Template.Everything.Single(type).Text("name").ShouldMatch(pattern);

    [GeneratedRegex("ApiKey$|Secret$|Password$|ConnectionKey$|LinksKey$|[a-z]Token$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"windows\.net|azurewebsites\.net|azure\.net|login\.microsoftonline", RegexOptions.IgnoreCase)]
    private static partial Regex CloudAddress();
}
