using System.Text.RegularExpressions;
using Shop.Infra.Tests.Bicep;

namespace Shop.Infra.Tests.Azure;

/// <summary>How the Bicep is written: described, versioned once, at home in any region, nothing secret in the open.</summary>
public sealed partial class ConventionTests
{
    private static readonly IReadOnlyList<BicepFile> Files = BicepFile.OpenAll();

    [Fact]
    public void Every_parameter_and_output_says_what_it_is() =>
        Files.SelectMany(file => file.All.Select(declaration => (file.Path, Declaration: declaration)))
            .Where(pair => pair.Declaration.Kind is "param" or "output" && string.IsNullOrWhiteSpace(pair.Declaration.DecoratorText("description")))
            .Select(pair => $"{pair.Path}: {pair.Declaration.Name}")
            .ShouldBeEmpty();

    [Fact]
    public void A_secret_is_a_secure_parameter_with_nothing_but_an_empty_default()
    {
        var secrets = Files.SelectMany(file => file.Parameters).Where(parameter => SecretName().IsMatch(parameter.Name)).ToArray();
        secrets.Length.ShouldBeGreaterThanOrEqualTo(4);
        secrets.Where(parameter => !parameter.HasDecorator("secure")).Select(parameter => parameter.Name).ShouldBeEmpty();
        secrets.Where(parameter => parameter.Body is not ([] or [{ Kind: BicepTokenKind.Text, Text: "" }])).Select(parameter => parameter.Name).ShouldBeEmpty();
    }

    [Fact]
    public void No_output_hands_out_a_secret()
    {
        foreach (var file in Files)
        {
            var secure = file.Parameters.Where(parameter => parameter.HasDecorator("secure")).Select(parameter => parameter.Name).ToArray();
            var used = file.Of("output").SelectMany(output => output.Body.Concat(output.Body.SelectMany(token => token.Holes).SelectMany(hole => hole)));
            used.Where(token => token.Text.StartsWith("list", StringComparison.Ordinal) || secure.Contains(token.Text)).Select(token => token.Text).ShouldBeEmpty(file.Path);
        }
    }

    [Fact]
    public void A_resource_type_has_one_version_and_a_nested_resource_takes_its_parents()
    {
        var versions = Files.SelectMany(file => file.Resources).Select(resource => resource.TypeText.Split('@')).ToArray();
        versions.Where(parts => parts.Length == 2).GroupBy(parts => parts[0], StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Select(parts => parts[1]).Distinct().Count() > 1).Select(group => group.Key)
            .ShouldBeEmpty();
        versions.Where(parts => parts.Length == 1 && parts[0].Contains('/', StringComparison.Ordinal)).Select(parts => parts[0])
            .ShouldBeEmpty("a top-level resource needs a version");
    }

    [Fact]
    public void A_resource_type_is_created_in_one_file_only() =>
        Files.SelectMany(file => file.Resources.Where(resource => !resource.IsExisting && resource.TypeText.Contains('@', StringComparison.Ordinal))
                .Select(resource => (Type: resource.TypeText.Split('@')[0], file.Path)))
            .GroupBy(pair => pair.Type).Where(group => group.Select(pair => pair.Path).Distinct().Count() > 1).Select(group => group.Key)
            .ShouldBeEmpty();

    [Fact]
    public void No_region_is_written_down()
    {
        foreach (var file in Files)
        {
            file.Resources.Select(resource => resource.Written("location")).Where(location => location is not (null or "location" or "'global'"))
                .ShouldBeEmpty(file.Path);
            file.Tokens.Where(token => token.IsText && Region().IsMatch(token.Text)).Select(token => token.Text).ShouldBeEmpty(file.Path);
            file.Parameters.Where(parameter => parameter.Name == "location" && parameter.Body.Count > 0).ShouldBeEmpty("the person who deploys chooses");
        }
    }

    [Fact]
    public void No_address_of_one_cloud_is_written_down() =>
        Files.SelectMany(file => file.Tokens).Where(token => token.IsText && CloudAddress().IsMatch(token.Text)).Select(token => token.Text).ShouldBeEmpty();

    [Fact]
    public void Names_begin_with_Microsofts_abbreviations_and_are_unique_through_a_token()
    {
        var main = BicepFile.Main;
        main.Get("resource", "group").Written("name").ShouldBe("'rg-shop-${environmentName}'");
        main.Get("module", "monitoring").Written("workspaceName").ShouldBe("'log-${token}'");
        main.Get("module", "monitoring").Written("insightsName").ShouldBe("'appi-${token}'");
        main.Get("module", "storage").Written("name").ShouldBe("'st${token}'");
        main.Get("module", "keyVault").Written("name").ShouldBe("'kv-${token}'");
        main.Get("module", "app").Written("planName").ShouldBe("'asp-${token}'");
        main.Get("module", "app").Written("name").ShouldBe("'func-${token}'");
        BicepNames.Used(main.Get("var", "token").Body).Select(token => token.Text).ShouldContain("uniqueString");
    }

    [GeneratedRegex("ApiKey$|Secret$|Password$|ConnectionKey$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    // uksouth, westeurope, eastus2, swedencentral, but also "UK South".
    [GeneratedRegex("^[a-z ]*(north|south|east|west|central)[a-z ]*[0-9]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Region();

    [GeneratedRegex(@"windows\.net|azurewebsites\.net|azure\.net|login\.microsoftonline", RegexOptions.IgnoreCase)]
    private static partial Regex CloudAddress();
}
