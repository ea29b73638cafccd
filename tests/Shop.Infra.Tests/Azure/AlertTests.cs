using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Carriers;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform.Access;
using Shop.Infra.Tests.Compiled;

namespace Shop.Infra.Tests.Azure;

/// <summary>That somebody is told, and that what the queries look for is what the app does.</summary>
public sealed partial class AlertTests
{
    private const string NotRun = "not-run-";

    /// <summary>The tables that the rules may ask, with the columns that the host's own telemetry fills, or the service's.</summary>
    private static readonly Dictionary<string, string[]> Columns = new()
    {
        ["AppTraces"] = ["TimeGenerated", "Message", "SeverityLevel"],
        ["AppRequests"] = ["TimeGenerated", "Name", "Url", "ResultCode"],
        ["AZKVAuditLogs"] = ["TimeGenerated", "OperationName", "HttpStatusCode", "RequestUri"],
        ["_LogOperation"] = ["TimeGenerated", "Category", "Operation", "Detail"],
    };

    private static readonly Dictionary<string, JsonElement> Rules = Template.Default.Of("Microsoft.Insights/scheduledQueryRules")
        .ToDictionary(rule => RuleName().Match(rule.Text("name")).Groups[1].Value);

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Fact]
    public void There_is_a_rule_for_everything_that_somebody_must_be_told_about() =>
        Rules.Keys.Where(name => !name.StartsWith(NotRun, StringComparison.Ordinal)).ShouldBe(
            ["poison-message", "critical-log", "webhook-failures", "server-errors", "reconciliation-lag", "lost-webhooks", "vault-references", "log-cap"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_is_on_and_tells_the_people_of_the_action_group(string name)
    {
        var rule = Rules[name];
        rule.At("properties.enabled").GetBoolean().ShouldBeTrue();
        var group = Template.Default.Single("Microsoft.Insights/actionGroups");
        rule.At("properties.actions.actionGroups").EnumerateArray().Single().GetString().ShouldBe(group.Text("id"));
        group.At("properties.emailReceivers").EnumerateArray().Single().Text("emailAddress").ShouldBe("shop-alerts@example.com");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_asks_only_for_tables_and_columns_that_are_filled(string name)
    {
        var query = Query(name);
        var table = query.Split('|', 2)[0].Trim();
        Columns.ShouldContainKey(table);
        var words = Word().Matches(KqlText().Replace(query.Split('|', 2)[1], "")).Select(match => match.Value).Where(word => char.IsUpper(word[0]));
        words.Except(Columns[table]).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_looks_back_further_than_it_waits_between_looks(string name)
    {
        var properties = Rules[name].At("properties");
        Minutes(properties.Text("windowSize")).ShouldBeGreaterThan(Minutes(properties.Text("evaluationFrequency")), "telemetry arrives minutes late");
    }

    /// <summary>A stateful rule tells nobody anything while it is open: it may say only what a second time adds nothing to.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_found_while_an_earlier_finding_is_open_is_told_as_well(string name)
    {
        var properties = Rules[name].At("properties");
        var saysHowItStands = name is "reconciliation-lag" or "log-cap" || name.StartsWith(NotRun, StringComparison.Ordinal);
        properties.At("autoMitigate").GetBoolean().ShouldBe(saysHowItStands);
        if (saysHowItStands) Mute(properties).ShouldBe(0, "only a stateless rule may be muted");
    }

    /// <summary>A row is in the window of some look that tells, also when it comes minutes late; only what is counted against a threshold waits longer, for it goes on or is over.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_is_not_quiet_for_so_long_that_it_misses_a_finding(string name)
    {
        var properties = Rules[name].At("properties");
        var quiet = Math.Max(Mute(properties), Minutes(properties.Text("evaluationFrequency")));
        if (properties.At("criteria.allOf").EnumerateArray().Single().At("threshold").GetInt32() > 0) quiet.ShouldBeLessThanOrEqualTo(60);
        else quiet.ShouldBeLessThan(Minutes(properties.Text("windowSize")));
    }

    [Fact]
    public void A_signed_event_that_cannot_be_read_is_logged_as_what_the_critical_rule_looks_for()
    {
        Query("critical-log").ShouldContain("SeverityLevel >= 4");
        Log(typeof(ReceiveStripeWebhook), "LogUnreadable").Level.ShouldBe(LogLevel.Critical);
        Log(typeof(ReceivePayPalWebhook), "LogUnreadable").Level.ShouldBe(LogLevel.Critical);
        Log(typeof(ReceiveCarrierWebhook), "LogUnreadable").Level.ShouldBe(LogLevel.Critical);
    }

    [Theory]
    [InlineData(typeof(ReceiveStripeWebhook), "LogUnreadable")]
    [InlineData(typeof(ReconcileDueOrders), "LogOverdue")]
    [InlineData(typeof(ReconcileEvents), "LogLost")]
    [InlineData(typeof(ReconcileCaptures), "LogLost")]
    public void What_a_rule_looks_for_in_the_log_is_sent_there(Type type, string method) =>
        HostLog.Sends($"Function.{type.Name}.User", Log(type, method).Level).ShouldBeTrue();

    [Fact]
    public void Looks_that_are_overdue_are_logged_as_what_the_lag_rule_looks_for() =>
        Query("reconciliation-lag").ShouldContain($"endswith \"{Log(typeof(ReconcileDueOrders), "LogOverdue").Message.Replace("{Count} ", "", StringComparison.Ordinal)}\"");

    [Fact]
    public void What_was_found_in_a_providers_list_is_logged_as_what_its_rule_looks_for()
    {
        foreach (var type in new[] { typeof(ReconcileEvents), typeof(ReconcileCaptures) })
            Query("lost-webhooks").ShouldContain($"endswith \"{Log(type, "LogLost").Message.Replace("{Provider}: {Found} ", "", StringComparison.Ordinal)}\"");
    }

    [Fact]
    public void The_webhook_rule_watches_where_the_providers_deliver()
    {
        Query("webhook-failures").ShouldContain("Url contains \"/api/webhooks/\"");
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
            .Select(function => function.Name).ToArray();
        Rules.Keys.Where(name => name.StartsWith(NotRun, StringComparison.Ordinal)).Select(name => name[NotRun.Length..])
            .ShouldBe(timers.Select(name => name.ToLowerInvariant()), ignoreOrder: true, "give main.bicep's timers the function's name and the hours it may be silent");
        timers.ShouldAllBe(name => Query(NotRun + name.ToLowerInvariant()).Contains($"\"Executed 'Functions.{name}' (Succeeded\"", StringComparison.Ordinal));
    }

    private static string Query(string name) => Rules[name].At("properties.criteria.allOf").EnumerateArray().Single().Text("query");

    private static double Minutes(string period) => System.Xml.XmlConvert.ToTimeSpan(period).TotalMinutes;

    private static double Mute(JsonElement properties) => properties.At("muteActionsDuration") is { ValueKind: JsonValueKind.String } muted ? Minutes(muted.GetString()!) : 0;

    private static LoggerMessageAttribute Log(Type type, string method) =>
        type.GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)!.GetCustomAttribute<LoggerMessageAttribute>()!;

    [GeneratedRegex("^alert-(.+)-[a-z0-9]{13}$")]
    private static partial Regex RuleName();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex KqlText();

    [GeneratedRegex("[A-Za-z_]+")]
    private static partial Regex Word();
}
