using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Stripe;
using File = System.IO.File;

namespace Shop.Infra.Tests.Azure;

/// <summary>register-webhooks.sh against a vault and providers that are a few files: what it makes, and that it does so once.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class WebhookRegistrationTests : IDisposable
{
    private static readonly string Script = RepositoryFiles.Read("infra/azure/register-webhooks.sh");

    private readonly DirectoryInfo _world = Directory.CreateTempSubdirectory("webhooks-");

    public WebhookRegistrationTests()
    {
        ShellScript.Fake(_world, "az", FakeAz);
        ShellScript.Fake(_world, "curl", FakeCurl);
        _world.CreateSubdirectory("vault");
    }

    [Fact]
    public async Task The_first_run_registers_both_and_puts_what_they_give_into_the_vault()
    {
        var (exit, output, error) = await Register(("STRIPE_API_KEY", "key-1"), ("PAYPAL_CLIENT_SECRET", "secret-1"), ("MAIL_PASSWORD", "mail-1"), ("LINKS_KEY", "links-1"), ("NEWSLETTER_TOKEN", "newsletter-1"));
        exit.ShouldBe(0, output + error);
        Vault().ShouldBe(new Dictionary<string, string>
        {
            ["stripe-api-key"] = "key-1",
            ["stripe-webhook-secret"] = "signing-1",
            ["paypal-client-secret"] = "secret-1",
            ["paypal-webhook-id"] = "WH1",
            ["mail-password"] = "mail-1",
            ["links-key"] = "links-1",
            ["newsletter-token"] = "newsletter-1",
        }, ignoreOrder: true);
        Calls().ShouldContain("az rest --method post --url /subscriptions/x/sites/func/config/configreferences/appsettings/refresh?api-version=2022-03-01 --output none");
        Calls().ShouldNotContain(call => Secret().IsMatch(call), "an argument can be read by every process of the machine");
    }

    [Fact]
    public async Task A_second_run_without_secrets_makes_nothing_and_changes_nothing_in_the_vault()
    {
        await Register(("STRIPE_API_KEY", "key-1"), ("PAYPAL_CLIENT_SECRET", "secret-1"));
        var vault = Vault();
        File.Delete(PathOf("calls"));
        var (exit, output, error) = await Register();
        exit.ShouldBe(0, error);
        output.ShouldContain("Stripe: the endpoint is up to date.");
        output.ShouldContain("PayPal: the webhook is up to date.");
        Vault().ShouldBe(vault, ignoreOrder: true);
        Calls().ShouldNotContain(call => call.Contains("keyvault secret set", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_key_nothing_is_asked_of_anybody()
    {
        var (exit, _, error) = await Register();
        exit.ShouldBe(1);
        error.ShouldContain("export STRIPE_API_KEY");
        Calls().ShouldNotContain(call => call.StartsWith("curl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_endpoint_whose_secret_nobody_has_is_left_to_a_person()
    {
        File.WriteAllText(PathOf("stripe"), $$"""{"id":"we_1","url":"https://shop.example/stripe","api_version":"{{StripeConfiguration.ApiVersion}}"}""");
        var (exit, _, error) = await Register(("STRIPE_API_KEY", "key-1"), ("PAYPAL_CLIENT_SECRET", "secret-1"));
        exit.ShouldBe(1);
        error.ShouldContain("its signing secret is not in the vault");
    }

    [Fact]
    public async Task An_endpoint_of_another_API_version_is_left_to_a_person()
    {
        File.WriteAllText(PathOf("stripe"), """{"id":"we_1","url":"https://shop.example/stripe","api_version":"2020-08-27"}""");
        var (exit, _, error) = await Register(("STRIPE_API_KEY", "key-1"), ("PAYPAL_CLIENT_SECRET", "secret-1"));
        exit.ShouldBe(1);
        error.ShouldContain("another API version");
    }

    [Fact]
    public void Every_Stripe_event_that_the_app_understands_is_registered_and_the_API_version_is_its_librarys()
    {
        var understood = StripeEvent().Matches(RepositoryFiles.Read("functions/Payments/Stripe/StripeTranslation.cs"))
            .Select(match => (string)typeof(EventTypes).GetField(match.Groups[1].Value)!.GetRawConstantValue()!).Distinct().ToArray();
        understood.ShouldContain("checkout.session.completed");
        understood.Except(Listed("stripe_events")).ShouldBeEmpty();
        Script.ShouldContain($"readonly stripe_version={StripeConfiguration.ApiVersion}\n");
    }

    [Fact]
    public void Every_PayPal_event_that_the_app_understands_is_registered()
    {
        var understood = PayPalEvent().Matches(RepositoryFiles.Read("functions/Payments/PayPal/PayPalEvents.cs")).Select(match => match.Groups[1].Value).Distinct().ToArray();
        understood.ShouldContain("PAYMENT.CAPTURE.COMPLETED");
        understood.Except(Listed("paypal_events")).ShouldBeEmpty();
    }

    public void Dispose() => _world.Delete(recursive: true);

    private Task<(int Exit, string Output, string Error)> Register(params (string Name, string Value)[] exported) => ShellScript.RunAsync(
        "infra/azure/register-webhooks.sh", [], _world,
        [
            ("FAKE", _world.FullName), ("AZURE_KEY_VAULT_NAME", "kv"), ("AZURE_RESOURCE_GROUP", "rg"), ("AZURE_FUNCTION_NAME", "func"), ("PAYPAL_CLIENT_ID", "client-1"),
            ("STRIPE_WEBHOOK_URL", "https://shop.example/stripe"), ("PAYPAL_WEBHOOK_URL", "https://shop.example/paypal"), .. exported,
        ]);

    private string PathOf(string name) => Path.Combine(_world.FullName, name);

    private string[] Calls() => File.ReadAllLines(PathOf("calls"));

    private Dictionary<string, string> Vault() =>
        new DirectoryInfo(PathOf("vault")).GetFiles().ToDictionary(file => file.Name, file => File.ReadAllText(file.FullName));

    private static string[] Listed(string array) =>
        Regex.Match(Script, $@"^readonly {array}=\(([^)]*)\)", RegexOptions.Multiline).Groups[1].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("key-1|secret-1|signing-1|mail-1|token-1")]
    private static partial Regex Secret();

    [GeneratedRegex(@"EventTypes\.(\w+)")]
    private static partial Regex StripeEvent();

    [GeneratedRegex("\"([A-Z]+(?:\\.[A-Z-]+)+)\"")]
    private static partial Regex PayPalEvent();

    private const string FakeAz = """
        #!/usr/bin/env bash
        set -euo pipefail
        cd "$FAKE"
        echo "az $*" >>calls
        get() { local want=$1; shift; while (($# > 1)); do if [[ $1 == "$want" ]]; then printf '%s' "$2"; return; fi; shift; done; }
        case "$1 $2 $3" in
          'keyvault secret list') query=$(get --query "$@"); name=${query#*name==\'}; name=${name%%\'*}; [[ ! -f vault/$name ]] || echo "$name" ;;
          'keyvault secret show') cat "vault/$(get --name "$@")"; echo ;;
          'keyvault secret set') cat "$(get --file "$@")" >"vault/$(get --name "$@")" ;;
          'functionapp show --resource-group') echo /subscriptions/x/sites/func ;;
          'rest --method post') ;;
          *) echo "az: unexpected $*" >&2; exit 1 ;;
        esac
        """;

    private const string FakeCurl = """
        #!/usr/bin/env bash
        set -euo pipefail
        cd "$FAKE"
        echo "curl $*" >>calls
        credential=$(cat)
        says() { [[ $credential == "$1" ]] || { echo "curl: wrong credential" >&2; exit 22; }; }
        case " $* " in
          *' https://api.stripe.com/v1/webhook_endpoints?limit=100 '*) says 'header = "Authorization: Bearer key-1"'
            if [[ -f stripe ]]; then echo "{\"data\":[$(cat stripe)]}"; else echo '{"data":[]}'; fi ;;
          *' https://api.stripe.com/v1/webhook_endpoints '*url=https://shop.example/stripe*api_version=*) says 'header = "Authorization: Bearer key-1"'
            [[ ! -f stripe ]] || { echo 'made twice' >&2; exit 22; }
            all=" $* "; version=${all#*api_version=}
            echo "{\"id\":\"we_1\",\"url\":\"https://shop.example/stripe\",\"api_version\":\"${version%% *}\"}" >stripe
            echo '{"id":"we_1","secret":"signing-1"}' ;;
          *' https://api.stripe.com/v1/webhook_endpoints/we_1 '*) says 'header = "Authorization: Bearer key-1"'; echo '{}' ;;
          *' https://api-m.sandbox.paypal.com/v1/oauth2/token '*) says 'user = "client-1:secret-1"'; echo '{"access_token":"token-1"}' ;;
          *' https://api-m.sandbox.paypal.com/v1/notifications/webhooks/WH1 '*'--request PATCH'*) says 'header = "Authorization: Bearer token-1"'; echo '{}' ;;
          *' https://api-m.sandbox.paypal.com/v1/notifications/webhooks '*'"url":"https://shop.example/paypal"'*) says 'header = "Authorization: Bearer token-1"'
            [[ ! -f paypal ]] || { echo 'made twice' >&2; exit 22; }
            echo '{"id":"WH1","url":"https://shop.example/paypal"}' | tee paypal ;;
          *' https://api-m.sandbox.paypal.com/v1/notifications/webhooks '*) says 'header = "Authorization: Bearer token-1"'
            if [[ -f paypal ]]; then echo "{\"webhooks\":[$(cat paypal)]}"; else echo '{"webhooks":[]}'; fi ;;
          *) echo "curl: unexpected $*" >&2; exit 22 ;;
        esac
        """;
}
