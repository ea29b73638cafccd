using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform.Access;
using Shop.Infra.Tests.Bicep;

namespace Shop.Infra.Tests.Azure;

/// <summary>That somebody is told, and that what the queries look for is what the app does.</summary>
public sealed class AlertTests
{
    private static readonly BicepFile Alerts = BicepFile.Module("alerts");

    private static readonly string Queries = string.Join('\n', Alerts.Get("var", "findings").Texts);

    [Fact]
    public void There_is_a_rule_for_poison_messages_critical_logs_webhook_failures_and_server_errors() =>
        Alerts.Get("var", "findings").Body.Select((token, i) => (token, i)).Where(pair => pair.token.Is("name"))
            .Select(pair => Alerts.Get("var", "findings").Body[pair.i + 2].Text)
            .ShouldBe(["poison-message", "critical-log", "webhook-failures", "server-errors"], ignoreOrder: true);

    [Fact]
    public void Every_rule_tells_the_people_of_the_action_group()
    {
        Alerts.Get("resource", "rules").Written("actionGroups").ShouldBe("[people.id]");
        BicepNames.Used(Alerts.Get("resource", "people").Body).Select(token => token.Text).ShouldContain("emails");
    }

    [Fact]
    public void A_signed_event_that_cannot_be_read_is_logged_as_what_the_critical_rule_looks_for()
    {
        Queries.ShouldContain("SeverityLevel >= 4");
        LevelOf(typeof(ReceiveStripeWebhook), "LogUnreadable").ShouldBe(LogLevel.Critical);
        LevelOf(typeof(ReceivePayPalWebhook), "LogUnreadable").ShouldBe(LogLevel.Critical);
    }

    [Fact]
    public void The_webhook_rule_watches_where_the_providers_deliver()
    {
        Queries.ShouldContain("Url contains \"/api/webhooks/\"");
        var webhooks = AccessRules.AllFunctions().Where(function => function.Name.EndsWith("Webhook", StringComparison.Ordinal)).ToArray();
        webhooks.ShouldNotBeEmpty();
        foreach (var (name, method) in webhooks)
        {
            method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()?.Route).First(route => route is not null)!
                .ShouldStartWith("webhooks/", Case.Sensitive, name);
        }

        RepositoryFiles.Read("host.json").ShouldContain("\"routePrefix\": \"api\"");
    }

    [Fact]
    public void Every_function_with_a_timer_is_missed_when_it_does_not_run()
    {
        var timers = AccessRules.AllFunctions()
            .Where(function => function.Method.GetParameters().Any(parameter => parameter.IsDefined(typeof(TimerTriggerAttribute))))
            .Select(function => function.Name);
        var alerts = BicepFile.Main.Get("module", "alerts");
        var named = alerts.Property("timers")!.Where(token => token.Kind == BicepTokenKind.Word).Select(token => token.Text);
        var toCome = alerts.Property("timersToCome")!.Where(token => token.Kind == BicepTokenKind.Text).Select(token => token.Text);
        named.Except(toCome).ShouldBe(timers, ignoreOrder: true, "give main.bicep's timers the function's name and the hours it may be silent");
        toCome.ShouldBeSubsetOf(named);
    }

    [Fact]
    public void Logs_stay_as_long_as_the_retention_policy_keeps_operational_data() =>
        BicepFile.Main.Get("param", "logRetentionDays").Body.Single().Text.ShouldBe("30");

    private static LogLevel LevelOf(Type type, string method) =>
        type.GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)!.GetCustomAttribute<LoggerMessageAttribute>()!.Level;
}
