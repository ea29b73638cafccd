using System.Text.RegularExpressions;
using Shop.Infra.Tests.Compiled;
using Stripe;
using File = System.IO.File;

namespace Shop.Infra.Tests.Azure;

/// <summary>azure.yaml, the workflows and the README: that they point at what is there and give nothing away.</summary>
public sealed partial class DeploymentFilesTests
{
    private static readonly string Azd = RepositoryFiles.Read("azure.yaml");

    [Fact]
    public void Azd_finds_the_Bicep_and_the_app()
    {
        File.Exists(RepositoryFiles.PathOf($"{Setting("path")}/{Setting("module")}.bicep")).ShouldBeTrue();
        File.Exists(RepositoryFiles.PathOf($"{Setting("path")}/{Setting("module")}.bicepparam")).ShouldBeTrue();
        Directory.GetFiles(RepositoryFiles.PathOf(Setting("project")), "*.csproj").ShouldHaveSingleItem();
    }

    [Fact]
    public void Azd_deploys_to_the_app_that_carries_its_services_name()
    {
        var service = ServiceName().Match(Azd).Groups[1].Value;
        Template.Default.Single("Microsoft.Web/sites").Text("tags.azd-service-name").ShouldBe(service);
        var placed = Template.Default.Resources.Where(resource => resource.TryGetProperty("location", out _)).ToArray();
        placed.Where(resource => resource.Text("tags.azd-env-name") != "prod").Select(resource => resource.Text("name")).ShouldBeEmpty();
    }

    [Fact]
    public void No_secret_stands_in_any_file_of_the_deployment()
    {
        foreach (var path in RepositoryFiles.Under("infra/azure").Concat(RepositoryFiles.Under(".github")).Append("azure.yaml"))
        {
            var text = RepositoryFiles.Read(path);
            Secret().Matches(text).Select(match => match.Value).ShouldBeEmpty(path);
        }
    }

    [Theory]
    [InlineData("sk_live_51Hx")]
    [InlineData("whsec_MfKQ9r8GKYqr")]
    [InlineData("AccountKey=Eby8vdM02xNOcqF")]
    [InlineData("InstrumentationKey=0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f")]
    [InlineData("?sv=2024-01-01&sig=abcdefgh")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----")]
    public void What_a_secret_looks_like_is_recognised(string secret) => Secret().IsMatch(secret).ShouldBeTrue();

    [Fact]
    public void The_workflows_use_no_stored_secret_and_actions_at_a_fixed_commit()
    {
        var workflows = RepositoryFiles.Under(".github/workflows");
        workflows.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var path in workflows)
        {
            var text = RepositoryFiles.Read(path);
            text.ShouldNotContain("secrets.", customMessage: path);
            Action().Matches(text).Select(match => match.Groups[1].Value).Where(reference => !Pinned().IsMatch(reference)).ShouldBeEmpty(path);
            text.ShouldContain("permissions:\n  contents: read", customMessage: path);
        }
    }

    [Fact]
    public void The_deployment_tests_publishes_without_stand_ins_shows_what_would_change_and_tries_the_result()
    {
        var text = RepositoryFiles.Read(".github/workflows/deploy.yml");
        string[] inOrder =
        [
            "bash .ci/run", "dotnet publish functions -c Release", "azure/login@",
            "az deployment sub what-if", "az deployment sub create", "config-zip", "check-deployment.sh",
        ];
        inOrder.Select(step => text.IndexOf(step, StringComparison.Ordinal)).ShouldBeInOrder();
        inOrder.ShouldAllBe(step => text.Contains(step, StringComparison.Ordinal));
        text.ShouldNotContain("AllowStandIns");
        text.ShouldContain("id-token: write");
    }

    [Fact]
    public void Every_variable_that_the_parameters_file_needs_is_explained()
    {
        var readme = RepositoryFiles.Read("infra/azure/README.md");
        var variables = Variable().Matches(RepositoryFiles.Read("infra/azure/main.bicepparam")).Select(match => match.Groups[1].Value).ToArray();
        variables.Length.ShouldBeGreaterThan(10);
        variables.Where(name => !readme.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_README_names_the_train_of_Stripes_API_that_the_library_reads() =>
        RepositoryFiles.Read("README.md").ShouldContain($"API version train `{StripeConfiguration.MajorApiVersion}`");

    private static string Setting(string key) => Regex.Match(Azd, $@"^\s*{key}: (?:\./)?(\S+)$", RegexOptions.Multiline).Groups[1].Value;

    [GeneratedRegex(@"^services:\n  (\w+):$", RegexOptions.Multiline)]
    private static partial Regex ServiceName();

    // Stripe keys and signing secrets, storage keys, instrumentation keys, signatures in addresses, private keys.
    [GeneratedRegex(@"\b[sr]k_(live|test)_\w|\bwhsec_\w|AccountKey=\w|InstrumentationKey=\w|[?&]sig=\w|-----BEGIN [A-Z ]*PRIVATE KEY-----")]
    private static partial Regex Secret();

    [GeneratedRegex(@"uses: (\S+)")]
    private static partial Regex Action();

    [GeneratedRegex("^[A-Za-z-]+/[A-Za-z-]+@[0-9a-f]{40}$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"readEnvironmentVariable\(\s*'([A-Z_]+)'")]
    private static partial Regex Variable();
}
