using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Infra.Tests.Compiled;

namespace Shop.Infra.Tests.Azure;

/// <summary>
/// The app's settings and the Bicep's, held against each other. The app's are found where they are defined: in every
/// type with a <c>Section</c>, and a setting is required when the app would not start without it.
/// </summary>
public sealed partial class SettingsTests
{
    /// <summary>What the Functions host, the storage clients and the exporter read, which no options class stands for; the host reads schedules.</summary>
    private static readonly string[] Platform =
    [
        "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri",
        "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_SDKSTATS_DISABLED",
        "BreachWatchSchedule", "DeadLetterSchedule", "PolicyReviewSchedule", "PurgeSchedule", "ReconcileCapturesSchedule", "ReconcileEventsSchedule", "SweepSchedule",
    ];

    private static readonly Type[] Options = [.. typeof(StorageNames).Assembly.GetTypes().Where(type => SectionOf(type) is not null)];

    [Fact]
    public void The_Bicep_provides_every_setting_that_the_app_will_not_start_without()
    {
        var required = Options.SelectMany(Required).ToArray();
        required.ShouldContain("AzureAd__TenantId", "an attribute demands it");
        required.ShouldContain("Stripe__ApiKey", "a validation method demands it");
        required.ShouldContain("Storefront__Origins__0", "a list demands its first");
        required.ShouldNotContain("Orders__UnpaidLifetime", "it has a default");
        required.Concat(Platform).Except(Provided()).ShouldBeEmpty();
    }

    [Fact]
    public void The_Bicep_provides_no_setting_that_the_app_does_not_know() =>
        Provided().Except(Options.SelectMany(Known)).Except(Platform).ShouldBeEmpty();

    [Fact]
    public void A_setting_that_is_secret_is_a_reference_to_the_vault()
    {
        var settings = Template.Everything.Settings;
        var secret = settings.Keys.Where(name => Secret().IsMatch(name)).ToArray();
        secret.ShouldContain("Stripe__ApiKey");
        secret.ShouldContain("Stripe__WebhookSecrets__1");
        secret.ShouldContain("Links__Keys__1");
        secret.ShouldAllBe(name => settings[name].Contains("@Microsoft.KeyVault(SecretUri=", StringComparison.Ordinal));
        Template.All["app"].GetProperty("parameters").EnumerateObject().Where(parameter => parameter.Value.TryGetProperty("type", out var type) && type.GetString() == "securestring")
            .ShouldBeEmpty("no secret passes through the app's settings");
    }

    /// <summary>What the app refuses when it is blank or the sample's, and can do without until it is written, is what stands in the vault.</summary>
    [Fact]
    public void What_the_app_knows_as_secret_is_what_the_vault_holds()
    {
        var known = from type in Options
                    from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    where property.IsDefined(typeof(SecretAttribute))
                    select NameOf(type, property);
        Template.Default.Settings.Where(setting => setting.Value.Contains("@Microsoft.KeyVault(SecretUri=", StringComparison.Ordinal)).Select(setting => setting.Key)
            .ShouldBe(known, ignoreOrder: true);
    }

    [Fact]
    public void Every_secret_that_a_setting_refers_to_is_one_that_somebody_writes()
    {
        var referred = Template.Default.Settings.Values.SelectMany(value => SecretReference().Matches(value)).Select(match => match.Groups[1].Value).ToArray();
        referred.ShouldContain("stripe-webhook-secret");
        var written = Template.Default.Names("Microsoft.KeyVault/vaults/secrets").ToArray();
        written.Except(referred).ShouldBeEmpty();
        referred.Except(written).ShouldBe(["paypal-webhook-id"], "PayPal gives it when the webhook is registered");
    }

    [Fact]
    public void What_a_person_adds_cannot_replace_what_the_Bicep_provides()
    {
        Template.Everything.Settings["Orders__UnpaidLifetime"].ShouldBe("2.00:00:00");
        Template.Everything.Settings["PayPal__Live"].ShouldBe("True", "OPTIONAL_SETTINGS says something else");
    }

    [Fact]
    public void The_storefront_may_call_from_a_browser_exactly_where_customers_are_sent_back_to() =>
        Template.Default.Single("Microsoft.Web/sites").At("properties.siteConfig.cors.allowedOrigins").EnumerateArray().Select(origin => origin.GetString())
            .ShouldBe(Template.Default.Settings.Where(setting => setting.Key.StartsWith("Storefront__Origins__", StringComparison.Ordinal)).Select(setting => setting.Value));

    private static string? SectionOf(Type type) =>
        type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field ? (string?)field.GetRawConstantValue() : null;

    private static IEnumerable<string> Known(Type type) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite
        select NameOf(type, property);

    private static IEnumerable<string> Required(Type type)
    {
        var options = Activator.CreateInstance(type)!;
        var complaints = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), complaints, validateAllProperties: true);
        // A validator stops at the first kind of complaint; asking directly brings out the rest.
        if (options is IValidatableObject validatable) complaints.AddRange(validatable.Validate(new(options)));
        var named = complaints.SelectMany(complaint => Setting().Matches(complaint.ErrorMessage!)).Select(match => match.Value);
        return Known(type).Intersect(named);
    }

    private static string NameOf(Type type, PropertyInfo property)
    {
        var isList = property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable));
        return $"{SectionOf(type)}__{property.Name}{(isList ? "__0" : "")}";
    }

    private static HashSet<string> Provided() => [.. Template.Default.Settings.Keys];

    [GeneratedRegex("Key$|Secret$|Password$|(Secrets|Keys)__[0-9]+$")]
    private static partial Regex Secret();

    [GeneratedRegex(@"secrets/(?:\{1\}\)', .*, ')?([a-z-]+)['\)]")]
    private static partial Regex SecretReference();

    [GeneratedRegex(@"[A-Za-z]+(__[A-Za-z0-9]+)+")]
    private static partial Regex Setting();
}
