using System.Runtime.Versioning;

namespace Shop.Infra.Tests.Azure;

/// <summary>check-deployment.sh against an app that is a few files: it is content with one that works and with no other.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DeploymentCheckTests : IDisposable
{
    private readonly DirectoryInfo _app = Directory.CreateTempSubdirectory("deployed-");

    public DeploymentCheckTests()
    {
        ShellScript.Fake(_app, "az", FakeAz);
        ShellScript.Fake(_app, "curl", FakeCurl);
        Write("functions.metadata", """[{"name":"ListProducts"},{"name":"AdvanceOrder"}]""");
        Write("products", """{"items":[]}""");
        Write("functions", """[{"name":"ListProducts","isDisabled":false},{"name":"AdvanceOrder","isDisabled":false}]""");
        Write("ready", """{"ready":false,"parts":[{"name":"stripe","status":"not_configured"},{"name":"paypal","status":"ready"}]}""");
        Write("status-AdvanceOrder", "{}");
        Write("status-ListProducts", """{"errors":[]}""");
    }

    [Fact]
    public async Task An_app_that_works_passes_and_the_key_stands_in_no_command_line()
    {
        var (exit, output, error) = await Check();
        exit.ShouldBe(0, error);
        output.ShouldContain("The host runs all 2 functions.");
        output.ShouldContain("A message went through the queue order-checks.");
        output.ShouldContain("Not set up yet: stripe.");
        output.ShouldNotContain("Not set up yet: paypal.");
        Read("calls").ShouldNotContain("master-key");
        Convert.FromBase64String(Read("sent")).ShouldBe("""{"orderId":"00000000000000000000000000","why":"deployment-check"}"""u8.ToArray());
    }

    [Theory]
    [InlineData("products", "Service unavailable", "does not answer")]
    [InlineData("functions", """[{"name":"ListProducts","isDisabled":false}]""", "Missing: AdvanceOrder.")]
    [InlineData("functions", """[{"name":"ListProducts"},{"name":"AdvanceOrder","isDisabled":true}]""", "Missing: AdvanceOrder.")]
    [InlineData("status-AdvanceOrder", """{"errors":["failed indexing"]}""", "Broken: AdvanceOrder: failed indexing.")]
    [InlineData("peeked", "message-1", "no function takes it")]
    public async Task An_app_that_does_not_work_is_found_out(string part, string says, string why)
    {
        Write(part, says);
        var (exit, _, error) = await Check();
        exit.ShouldBe(1);
        error.ShouldContain(why);
    }

    public void Dispose() => _app.Delete(recursive: true);

    private Task<(int Exit, string Output, string Error)> Check() => ShellScript.RunAsync(
        "infra/azure/check-deployment.sh", [Path.Combine(_app.FullName, "functions.metadata")], _app,
        ("FAKE", _app.FullName), ("CHECK_SECONDS", "0"), ("CHECK_PAUSE_SECONDS", "0"),
        ("AZURE_RESOURCE_GROUP", "rg"), ("AZURE_FUNCTION_NAME", "func"), ("AZURE_STORAGE_ACCOUNT", "st"), ("SERVICE_API_ENDPOINT", "https://shop.example"));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_app.FullName, name), text);

    private string Read(string name) => File.ReadAllText(Path.Combine(_app.FullName, name));

    private const string FakeAz = """
        #!/usr/bin/env bash
        set -euo pipefail
        cd "$FAKE"
        echo "az $*" >>calls
        case "$1 $2 $3" in
          'functionapp keys list') echo master-key ;;
          'storage message put')
            while [[ $1 != --content ]]; do shift; done
            printf '%s' "$2" >sent
            echo message-1 ;;
          'storage message peek') cat peeked 2>/dev/null || true ;;
          *) echo "az: unexpected $*" >&2; exit 1 ;;
        esac
        """;

    private const string FakeCurl = """
        #!/usr/bin/env bash
        set -euo pipefail
        cd "$FAKE"
        echo "curl $*" >>calls
        url=${!#}
        case $url in
          https://shop.example/api/products) cat products ;;
          https://shop.example/api/health/ready) cat ready ;;
          https://shop.example/admin/*)
            grep -q master-key - || exit 22
            case ${url#https://shop.example/admin/} in
              functions) cat functions ;;
              functions/*/status) name=${url#*functions/}; cat "status-${name%/status}" ;;
            esac ;;
          *) exit 22 ;;
        esac
        """;
}
