using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Shop.Functions.Platform.Storage;
using Shop.Infra.Tests.Bicep;

namespace Shop.Infra.Tests.Azure;

/// <summary>
/// The app's settings and the Bicep's, held against each other. The app's are found where they are defined: in every
/// type with a <c>Section</c>, and a setting is required when the app would not start without it.
/// </summary>
public sealed partial class SettingsTests
{
    /// <summary>What the Functions host and the storage clients read, which no options class stands for; the host reads schedules.</summary>
    private static readonly string[] Platform =
    [
        "AzureWebJobsStorage__accountName", "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "BreachWatchSchedule", "PurgeSchedule", "ReconcileEventsSchedule", "SweepSchedule",
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
    public void A_setting_that_is_secret_is_a_reference_to_the_vault_and_nothing_else_is()
    {
        var app = BicepFile.Module("app");
        var settings = app.Get("var", "settings");
        var secret = Keys(settings.Body).Where(name => Secret().IsMatch(name)).ToArray();
        secret.ShouldContain("Stripe__ApiKey");
        secret.ShouldAllBe(name => settings.Written(name)!.StartsWith("'@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/", StringComparison.Ordinal));
        settings.Body.Select(token => token.Text).ShouldContain("@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${stripeWebhookSecretNames[i]})");
        app.Parameters.Where(parameter => parameter.HasDecorator("secure")).ShouldBeEmpty("no secret passes through the app's settings");
    }

    [Fact]
    public void Every_secret_that_a_setting_refers_to_is_one_the_vault_is_given()
    {
        var named = BicepFile.Module("app").Tokens.SelectMany(token => SecretReference().Matches(token.Text)).Select(match => match.Groups[1].Value);
        var listed = BicepFile.Main.Get("param", "stripeWebhookSecretNames").Texts;
        BicepFile.Module("keyvault").Get("var", "given").Texts.ShouldBe([.. named, .. listed], ignoreOrder: true);
    }

    [Fact]
    public void What_a_person_adds_cannot_replace_what_the_Bicep_provides()
    {
        var settings = BicepFile.Module("app").Get("var", "settings").Body;
        settings.First(token => token.Kind == BicepTokenKind.Word && token.Text is not "union").Text.ShouldBe("optionalSettings");
    }

    [Fact]
    public void The_storefront_may_call_from_a_browser_exactly_where_customers_are_sent_back_to()
    {
        var app = BicepFile.Module("app");
        app.Get("resource", "app").Written("allowedOrigins").ShouldBe("storefrontOrigins");
        app.Get("resource", "app").Written("supportCredentials").ShouldBe("false");
    }

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

    private static HashSet<string> Provided()
    {
        var tokens = BicepFile.Module("app").Get("var", "settings").Body;
        var lists = tokens.Where(token => token.IsText && Setting().IsMatch(token.Text)).Select(token => token.Text.Replace("${i}", "0", StringComparison.Ordinal));
        return [.. Keys(tokens), .. lists];
    }

    private static IEnumerable<string> Keys(IReadOnlyList<BicepToken> tokens) =>
        tokens.Where((token, i) => token.Kind == BicepTokenKind.Word && i + 1 < tokens.Count && tokens[i + 1].Is(":")).Select(token => token.Text);

    [GeneratedRegex("(Key|Secret|Password)$")]
    private static partial Regex Secret();

    [GeneratedRegex(@"secrets/([a-z-]+)\)")]
    private static partial Regex SecretReference();

    [GeneratedRegex(@"[A-Za-z]+(__[A-Za-z0-9${}]+)+")]
    private static partial Regex Setting();
}
