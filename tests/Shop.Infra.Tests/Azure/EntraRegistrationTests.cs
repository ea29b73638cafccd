using System.Runtime.Versioning;

namespace Shop.Infra.Tests.Azure;

/// <summary>entra/register.sh against a directory that is a few files: what it creates, and that it does so once.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EntraRegistrationTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("register-");

    [Fact]
    public async Task An_empty_tenant_gets_the_registration_and_a_second_run_creates_nothing()
    {
        var (exit, output, _) = await Register();
        exit.ShouldBe(0, output);
        Calls("post").ShouldBe(["applications"]);
        Calls("sp create").ShouldBe(["app-1"]);
        output.ShouldContain("azd env set ENTRA_INSTANCE https://contoso.ciamlogin.com/");
        output.ShouldContain("AzureAd__Instance=https://contoso.ciamlogin.com/");
        output.ShouldContain("AzureAd__TenantId=tenant-1");
        output.ShouldContain("AzureAd__ClientId=app-1");

        ForgetCalls();
        (exit, var again, _) = await Register();
        exit.ShouldBe(0, again);
        Calls("post").ShouldBeEmpty();
        Calls("sp create").ShouldBeEmpty();
        Calls("patch").ShouldBe(["applications/object-1", "applications/object-1"]);
        again.ShouldBe(output);
    }

    [Fact]
    public async Task The_storefront_is_registered_and_consented_to_once()
    {
        string[] options = ["--storefront-redirect", "https://www.example.com/signed-in", "--storefront-redirect", "http://localhost:5173"];
        var (exit, output, error) = await Register(options);
        exit.ShouldBe(0, error);
        Calls("post").ShouldBe(["applications", "applications", "oauth2PermissionGrants", "oauth2PermissionGrants"]);
        Log().ShouldContain("""{"spa":{"redirectUris":["https://www.example.com/signed-in","http://localhost:5173"]},""");
        Log().ShouldContain(""""requiredResourceAccess":[{"resourceAppId":"app-1","resourceAccess":[{"id":"scope-1","type":"Scope"}]}]}"""");
        output.ShouldContain("scope api://app-1/Shop.Access, client id app-2");

        ForgetCalls();
        (exit, _, error) = await Register(options);
        exit.ShouldBe(0, error);
        Calls("post").ShouldBeEmpty();
        Calls("sp create").ShouldBeEmpty();
        Calls("patch").ShouldContain("oauth2PermissionGrants/grant-1");
    }

    [Fact]
    public async Task A_second_run_leaves_the_directory_and_what_it_prints_as_they_were()
    {
        string[] options = ["--storefront-redirect", "https://www.example.com/signed-in"];
        var first = await Register(options);
        var directory = Contents();
        var second = await Register(options);
        (second.Exit, second.Output).ShouldBe((0, first.Output));
        Contents().ShouldBe(directory, ignoreOrder: true);
    }

    [Fact]
    public async Task What_api_json_says_is_what_is_sent()
    {
        await Register();
        Log().ShouldContain($"--body @{RepositoryFiles.PathOf("infra/azure/entra")}/api.json");
        Log().ShouldContain("""{"identifierUris":["api://app-1"]}""");
    }

    [Fact]
    public async Task A_tenant_for_employees_is_refused_before_anything_is_written()
    {
        File.WriteAllText(State("kind"), "AAD");
        var (exit, _, error) = await Register();
        exit.ShouldNotBe(0);
        error.ShouldContain("is not an External ID (external) tenant");
        Calls("post").Concat(Calls("patch")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_registrations_of_one_name_are_left_for_a_person()
    {
        File.WriteAllText(State("app-Shop API"), "object-1\tapp-1\nobject-9\tapp-9\n");
        var (exit, _, error) = await Register();
        exit.ShouldNotBe(0);
        error.ShouldContain("several registrations");
        Calls("patch").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--name", "It's")]
    [InlineData("--storefront-redirect", "https://x\"")]
    [InlineData("--nonsense", "x")]
    public async Task Options_that_cannot_be_right_are_refused(string option, string value) => (await Register(option, value)).Exit.ShouldNotBe(0);

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task<(int Exit, string Output, string Error)> Register(params string[] options)
    {
        ShellScript.Fake(_directory, "az", FakeAz);
        return await ShellScript.RunAsync("infra/azure/entra/register.sh", options, _directory, ("FAKE_AZ", _directory.FullName), ("REGISTER_RETRY_SECONDS", "0"));
    }

    private string State(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Every object that the directory holds, by its file; not the log of calls.</summary>
    private Dictionary<string, string> Contents() => _directory.GetFiles().Where(file => file.Name is not "log" and not "az")
        .ToDictionary(file => file.Name, file => File.ReadAllText(file.FullName));

    private string Log() => File.Exists(State("log")) ? File.ReadAllText(State("log")) : "";

    private void ForgetCalls() => File.Delete(State("log"));

    private IEnumerable<string> Calls(string verb) =>
        Log().Split('\n').Where(line => line.StartsWith(verb + " ", StringComparison.Ordinal)).Select(line => line[(verb.Length + 1)..].Split(' ')[0]);

    /// <summary>The few answers of the Azure CLI that the script reads. Its directory is the folder $FAKE_AZ.</summary>
    private const string FakeAz = """
        #!/usr/bin/env bash
        set -euo pipefail
        cd "$FAKE_AZ"
        value() { while (($# > 1)); do if [[ $1 == "$want" ]]; then printf '%s' "$2"; return; fi; shift; done; }
        get() { want=$1; shift; value "$@"; }
        next() { local n; n=$(($(cat "count-$1" 2>/dev/null || echo 0) + 1)); echo "$n" >"count-$1"; echo "$n"; }
        case "$1 $2" in
          'account show') echo tenant-1 ;;
          'ad app') filter=$(get --filter "$@"); name=${filter#"displayName eq '"}; cat "app-${name%\'}" 2>/dev/null || true ;;
          'ad sp')
            if [[ $3 == list ]]; then
              filter=$(get --filter "$@"); id=${filter#"appId eq '"}; id=${id%\'}
              if [[ $id == 00000003-* ]]; then echo graph; else cat "sp-$id" 2>/dev/null || true; fi
            else
              id=$(get --id "$@"); echo "sp create $id" >>log; echo "principal-$id" | tee "sp-$id"
            fi ;;
          'rest '*)
            method=$(get --method "$@"); body=$(get --body "$@"); query=$(get --query "$@")
            url=$(get --url "$@"); path=${url#https://graph.microsoft.com/v1.0/}
            [[ $method == get ]] || echo "$method $path --body $body" >>log
            case "$method $path" in
              'get organization') if [[ $query == *tenantType* ]]; then cat kind 2>/dev/null || echo CIAM; else echo contoso.onmicrosoft.com; fi ;;
              'get applications/'*) echo scope-1 ;;
              'get servicePrincipals/'*) resource=${query#*resourceId==\'}; resource=${resource%%\'*}; cat "grant-$resource" 2>/dev/null || true ;;
              'post applications') n=$(next app); name=${body#*'"displayName":"'}; printf 'object-%s\tapp-%s\n' "$n" "$n" | tee "app-${name%%\"*}" ;;
              'post oauth2PermissionGrants')
                resource=${body#*'"resourceId":"'}; grant=grant-$(next grant); echo "$grant" >"grant-${resource%%\"*}"
                scope=${body#*'"scope":"'}; echo "${scope%%\"*}" >"scope-$grant" ;;
              'patch oauth2PermissionGrants/'*) scope=${body#*'"scope":"'}; echo "${scope%%\"*}" >"scope-${path#*/}" ;;
              'patch '*) echo "$body" >"patched-${path//\//-}-$(cksum <<<"$body" | cut -d ' ' -f 1)" ;;
              *) echo "az: unexpected $*" >&2; exit 1 ;;
            esac ;;
          *) echo "az: unexpected $*" >&2; exit 1 ;;
        esac
        """;
}
