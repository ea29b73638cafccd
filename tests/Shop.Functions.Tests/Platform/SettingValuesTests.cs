using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Functions.Carriers;
using Shop.Functions.Messages;
using Shop.Functions.Payments.Checkouts;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Links;
using Shop.Functions.Tests.Architecture;

namespace Shop.Functions.Tests.Platform;

/// <summary>What no setting may be, whatever it is for: each that is wrong is named, and the app does not start.</summary>
public sealed class SettingValuesTests
{
    private const string Unresolved = "@Microsoft.KeyVault(SecretUri=https://kv-1.vault.azure.net/secrets/x)";

    /// <summary>What a deployment has that is no sample: it starts with these.</summary>
    private static readonly Dictionary<string, string?> Own = new()
    {
        ["AzureWebJobsStorage"] = "DefaultEndpointsProtocol=https;AccountName=ours;AccountKey=AAAA",
        ["AzureAd:Instance"] = "https://contoso.ciamlogin.com/",
        ["AzureAd:RequireHttpsMetadata"] = null,
        ["Links:Address"] = "https://api.example.com",
        ["Links:Keys:0"] = Convert.ToBase64String(new byte[LinkOptions.KeyLength]),
        ["Stripe:ApiKey"] = "sk_test_ours",
        ["Stripe:ApiBase"] = null,
        ["Stripe:WebhookSecrets:0"] = "whsec_ours",
        ["PayPal:ClientId"] = "ours",
        ["PayPal:ClientSecret"] = "ours",
        ["PayPal:WebhookIds:0"] = "WH1",
        ["PayPal:ApiBase"] = null,
        ["Carriers:parcelco:TrackingUrl"] = "https://parcelco.example/track/{number}",
        ["Carriers:parcelco:WebhookSecrets:0"] = "c3VjaCBhIHNlY3JldCBzdWNoIGEgc2VjcmV0",
        ["Newsletter:ApiKey"] = "ours",
        ["Newsletter:ApiBase"] = null,
    };

    public static TheoryData<string> Secrets =>
        [.. typeof(SettingValues).Assembly.GetTypes().SelectMany(type => type.GetProperties()).Where(property => property.IsDefined(typeof(SecretAttribute))).Select(property => $"{property.DeclaringType!.FullName}/{property.Name}")];

    [Fact]
    public void A_deployment_with_secrets_of_its_own_starts() => Refusals([]).ShouldBeEmpty();

    [Fact]
    public void A_deployment_with_the_samples_secrets_does_not_start_and_each_is_named()
    {
        var sample = Sample();
        var named = Refusals(sample.Keys.Where(name => name is not ("AzureWebJobsStorage" or "Links:Address")).ToDictionary(name => name, name => (string?)sample[name]));
        string[] secrets = ["Stripe__ApiKey", "Stripe__WebhookSecrets__0", "PayPal__ClientId", "PayPal__ClientSecret", "PayPal__WebhookIds__0", "Carriers__parcelco__WebhookSecrets__0", "Newsletter__ApiKey", "Links__Keys__0"];
        named.Where(text => text.Contains("is the sample's", StringComparison.Ordinal)).Select(text => text.Split(' ')[0]).ShouldBe(secrets, ignoreOrder: true);
        named.ShouldContain(text => text.StartsWith("AzureAd__Instance is not https"));
        named.ShouldContain(text => text.StartsWith("AzureAd__RequireHttpsMetadata must not be set"));
    }

    [Theory]
    [InlineData("Links:Address", "http://127.0.0.1:7071")]
    [InlineData("Stripe:ApiBase", "http://localhost:7072")]
    [InlineData("PayPal:ApiBase", "http://127.0.0.1:7073")]
    [InlineData("Carriers:parcelco:TrackingUrl", "http://127.0.0.1:7078/track/{number}")]
    public void A_deployment_that_leads_to_the_machine_that_it_runs_or_is_read_on_does_not_start(string setting, string address) =>
        Refusals(new() { [setting] = address }).ShouldContain(text => text.StartsWith($"{setting.Replace(":", "__", StringComparison.Ordinal)} leads to the machine", StringComparison.Ordinal));

    /// <summary>A secret that is added to the sample says what it is.</summary>
    [Fact]
    public void Every_secret_of_the_sample_is_known_as_such()
    {
        var secret = Sample().Where(setting => Secrets.Select(row => row.Data.Split('/')[1]).Any(name => setting.Key.Split(':').Contains(name))).ToList();
        secret.Count.ShouldBeGreaterThan(5);
        secret.Where(setting => !SettingValues.IsSample(setting.Value)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_blank_secret_is_refused_by_its_name(string secret)
    {
        var (type, property) = (typeof(SettingValues).Assembly.GetType(secret.Split('/')[0])!, secret.Split('/')[1]);
        foreach (var text in new[] { " ", "\t\n", "secret\n", " secret" })
        {
            var options = Activator.CreateInstance(type)!;
            var setting = type.GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!;
            setting.SetValue(options, setting.PropertyType == typeof(string) ? text : new List<string> { "fine", text });
            SettingValues.ProblemsOf(options, "Section", isLocal: true).ShouldHaveSingleItem()
                .ShouldStartWith(setting.PropertyType == typeof(string) ? $"Section__{property} is blank" : $"Section__{property}__1 is blank");
        }
    }

    [Fact]
    public void A_reference_that_leads_nowhere_is_taken_for_nothing_but_a_secret_that_is_not_there_yet()
    {
        Problems(new StripeOptions { ApiKey = Unresolved, WebhookSecrets = [Unresolved], ApiBase = Unresolved }).ShouldBe(["Section__ApiBase"]);
        Problems(new PayPalOptions { ClientId = Unresolved, ClientSecret = Unresolved }).ShouldBe(["Section__ClientId"]);
        Problems(new MailOptions { UserName = $"  {Unresolved}", Password = Unresolved }).ShouldBe(["Section__UserName"]);
        Problems(new StorefrontOptions { Origins = ["https://shop.example", Unresolved] }).ShouldBe(["Section__Origins__1"]);
        Problems(new CarrierOptions { ["dpd"] = new() { Name = Unresolved, WebhookSecrets = [Unresolved] } }).ShouldBe(["Section__dpd__Name"]);
        Refusals(new() { ["AzureAd:ClientId"] = Unresolved }).ShouldHaveSingleItem().ShouldStartWith("AzureAd__ClientId is a reference to the vault");

        static IEnumerable<string> Problems(object options) => SettingValues.ProblemsOf(options, "Section", isLocal: true).Select(text => text.Split(' ')[0]);
    }

    [Theory]
    [InlineData(Unresolved, "AzureWebJobsStorage is a reference")]
    [InlineData("UseDevelopmentStorage=true", "AzureWebJobsStorage is the storage emulator's")]
    [InlineData("AccountName=devstoreaccount1;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:1", "AzureWebJobsStorage is the storage emulator's")]
    public void Storage_that_cannot_be_a_deployments_is_refused(string storage, string why) =>
        Should.Throw<InvalidOperationException>(() => Refusals(new() { ["AzureWebJobsStorage"] = storage })).Message.ShouldStartWith(why);

    [Fact]
    public void Who_has_the_key_of_a_sandbox_signs_nothing_for_a_deployment() =>
        Refusals(new() { ["PayPal:SandboxRootCertificate"] = "a certificate" }).ShouldContain(text => text.StartsWith("PayPal__SandboxRootCertificate must not be set in a deployment"));

    [Theory]
    [InlineData("Development", null, true)]
    [InlineData("Development", "instance-1", false)]
    [InlineData("Production", null, false)]
    [InlineData(null, null, false)]
    public void Where_nobody_says_that_it_is_a_developers_machine_it_is_a_deployment(string? environment, string? instance, bool isLocal) =>
        Deployment.IsLocal(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AZURE_FUNCTIONS_ENVIRONMENT"] = environment, ["WEBSITE_INSTANCE_ID"] = instance }).Build())
            .ShouldBe(isLocal);

    /// <returns>Why a deployment with these settings does not start.</returns>
    private static List<string> Refusals(Dictionary<string, string?> settings)
    {
        var values = Sample().ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        foreach (var (name, value) in Own.Concat(settings)) values[name] = value;
        try
        {
            var services = new ServiceCollection();
            new Application(services).AddShop(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
            using var provider = services.BuildServiceProvider();
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException refused)
        {
            return [.. refused.Failures];
        }
        catch (AggregateException many)
        {
            return [.. many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(refused => refused.Failures)];
        }
    }

    private sealed class Application(IServiceCollection services) : IFunctionsWorkerApplicationBuilder
    {
        public IServiceCollection Services => services;

        public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => this;
    }

    private static Dictionary<string, string> Sample() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "local.settings.sample.json")))!["Values"]!.AsObject()
            .ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => setting.Value!.GetValue<string>());
}
