using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.Description;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Payments.Stripe;
using Shop.Functions.Tests.Privacy;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Platform;

/// <summary>
/// Every function is run, as it should be and in every wrong way, and afterwards nothing personal or secret is in any log,
/// trace, queue message, mail or problem, at the most talkative level there is.
/// </summary>
[Collection(nameof(WholeProcess))]
public sealed partial class LeakTests(StorageEmulator emulator)
{
    [Fact]
    public async Task No_function_leaves_anything_personal_or_secret_where_it_does_not_belong()
    {
        using var traces = new TraceBook();
        using var spans = new SpanBook();
        await using var shop = await RunningShop.StartAsync(emulator, log: LogLevel.Trace);
        using var numbers = new NumberBook(shop);
        shop.Calls.KeepsBodies = true;
        var ran = new ConcurrentDictionary<string, bool>();
        shop.Host.InvocationFinished += finished => ran[finished.Function] = ran.GetValueOrDefault(finished.Function) || finished is { Succeeded: true, StatusCode: null or < 400 };

        var everything = new EveryUseCase(shop);
        await everything.RunAsync();

        AccessRules.AllFunctions().Select(function => function.Name).Where(name => !ran.GetValueOrDefault(name)).ShouldBeEmpty($"Not run to a good end: give it a step in {nameof(EveryUseCase)}.");
        await ShouldBeAsDescribedAsync([.. everything.Answers, .. everything.Refusals]);
        var onRecord = await Backstage.RowsAsync<StaffActionEntity>(shop.Tables().GetTableClient(StorageNames.StaffActions));
        foreach (var (name, method) in AccessRules.AllFunctions().Where(function => Access.Of(function.Method) is Access.Role))
            onRecord.ShouldContain(line => line.What == StaffActionMiddleware.WhatOf(name), $"{method.DeclaringType!.Name} by staff is not on record");
        string[] forbidden = [.. everything.Marks, .. Secrets(shop, everything.Person.Client)];
        var said = new List<(string Where, string Text)>();
        said.AddRange(shop.Log.Entries.Select(entry => ($"log {entry.Category}", entry.Text)));
        said.AddRange(traces.Entries.Select(entry => ($"trace {entry.Source}", entry.Text)));
        said.AddRange(spans.Entries.Select(entry => ($"span {entry.Source}", entry.Text)));
        said.AddRange(numbers.Measured.Select(number => ($"number {number.Name}", number.Attributes)));
        said.AddRange(Messages(shop).Select(message => ($"queue {message.Queue}", message.Text)));
        said.AddRange(shop.Mail.Mails.Where(mail => !mail.To.Any(everything.Correspondents.Contains)).Select(mail => ("mail", mail.Raw + mail.Text)));
        foreach (var refusal in everything.Refusals)
        {
            refusal.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", $"{refusal.RequestMessage!.RequestUri}");
            said.Add(($"problem {refusal.RequestMessage!.RequestUri!.AbsolutePath}", await refusal.TextAsync()));
        }

        var leaks = from one in said
                    from value in forbidden
                    where one.Text.Contains(value, StringComparison.OrdinalIgnoreCase)
                    select $"{one.Where}: {Around(one.Text, value)}";
        leaks.Distinct().Take(20).ShouldBeEmpty();
        ShouldHaveHeard(shop, traces, everything);
        spans.Entries.Select(entry => entry.Source).Where(source => source.StartsWith("Azure.", StringComparison.Ordinal) || source == "Shop.Functions").Distinct().Count().ShouldBeGreaterThan(2);
        numbers.Measured.Select(number => number.Name).Distinct().Count().ShouldBeGreaterThanOrEqualTo(5);
        await ShouldForgetAsync(shop, everything.Person);
    }

    /// <summary>Every function has answered, well and in every wrong way: what is published of it must be so.</summary>
    private static async Task ShouldBeAsDescribedAsync(IEnumerable<HttpResponseMessage> answers)
    {
        var differences = new List<string>();
        foreach (var answer in answers) if (await ApiContract.DifferenceAsync(answer) is { } difference) differences.Add(difference);
        differences.Distinct().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a message")]
    [InlineData("a value")]
    [InlineData("a scope")]
    [InlineData("an exception")]
    [InlineData("an exception's data")]
    [InlineData("a trace")]
    public void Whatever_were_said_would_be_heard(string where)
    {
        using var log = new LogBook(LogLevel.Trace);
        using var traces = new TraceBook();
        var logger = log.CreateLogger("test");
        switch (where)
        {
            case "a message":
                logger.LogTrace("Marked");
                break;
            case "a value":
                logger.Log(LogLevel.Trace, default, new Dictionary<string, object?> { ["names"] = new[] { "Marked" } }, null, (_, _) => "");
                break;
            case "a scope":
                logger.BeginScope(new Dictionary<string, object?> { ["name"] = "Marked" });
                break;
            case "an exception":
                logger.LogError(new InvalidOperationException("x", new InvalidOperationException("Marked")), "failed");
                break;
            case "an exception's data":
                logger.LogError(new InvalidOperationException("x") { Data = { ["name"] = "Marked" } }, "failed");
                break;
            default:
                using (var source = new System.Diagnostics.ActivitySource("test"))
                using (source.StartActivity("x")?.SetTag("name", "Marked"))
                    break;
        }

        log.Entries.Select(entry => entry.Text).Concat(traces.Entries.Select(entry => entry.Text)).ShouldContain(text => text.Contains("Marked"));
    }

    /// <summary>The text of every message that anybody has put into a queue, set aside ones included.</summary>
    public static IEnumerable<(string Queue, string Text)> Messages(RunningShop shop) =>
        from sent in shop.Calls.Sent
        where sent.Call.StartsWith("POST", StringComparison.Ordinal) && sent.Call.EndsWith("/messages", StringComparison.Ordinal)
        select (sent.Call.Split('/')[^2], Encoding.UTF8.GetString(Convert.FromBase64String(MessageText().Match(sent.Body!).Groups[1].Value)));

    /// <summary>That nothing was found would prove nothing if nobody had listened.</summary>
    private static void ShouldHaveHeard(RunningShop shop, TraceBook traces, EveryUseCase everything)
    {
        shop.Log.Entries.ShouldContain(entry => entry.Level == LogLevel.Trace);
        shop.Log.Entries.ShouldContain(entry => entry.Level == LogLevel.Debug && entry.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        shop.Log.Entries.Count(entry => entry.Level >= LogLevel.Error).ShouldBeGreaterThan(20);
        traces.Entries.Select(entry => entry.Source).Distinct().ShouldContain("System.Net.Http");
        Messages(shop).Select(message => message.Queue).Distinct().Count().ShouldBeGreaterThanOrEqualTo(3);
        Messages(shop).ShouldAllBe(message => message.Text.Length < 1024);
        everything.Refusals.Count.ShouldBeGreaterThan(80);
        foreach (var mark in everything.Marks.Where(mark => mark.StartsWith("Name", StringComparison.Ordinal)))
            shop.Calls.Sent.ShouldContain(request => request.Text.Contains(mark), "the values were there to be leaked");
    }

    /// <summary>Three years later the purge has taken whoever did all that, wherever it was stored.</summary>
    private static async Task ShouldForgetAsync(RunningShop shop, Person person)
    {
        (await shop.EverythingStoredAsync()).ShouldContain(row => row.Holds(person.AccountId));
        // What waits for its payment ends first, for an account with an order that is open is kept.
        shop.Clock.Advance(TimeSpan.FromDays(8));
        foreach (var timer in shop.Host.Functions.Where(function => function.Trigger == Local.Host.TriggerKind.Timer)) await shop.Host.InvokeAsync(timer.Name, null, TestContext.Current.CancellationToken);
        await shop.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromDays(3 * 366));
        await shop.Host.InvokeAsync("PurgeExpiredData", null, TestContext.Current.CancellationToken);
        await shop.SettleAsync();
        var left = from row in await shop.EverythingStoredAsync() from value in person.Values where row.Holds(value) select $"{row.Place} {row.Key} holds {value}";
        left.ShouldBeEmpty();
    }

    private static string[] Secrets(RunningShop shop, HttpClient person)
    {
        var key = shop.StorageConnectionString.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal))["AccountKey=".Length..];
        // Whatever the shop shows the providers to be let in, tokens that it was given meanwhile included.
        var shown = shop.Calls.Sent.SelectMany(sent => Credentials().Matches(sent.Headers)).Select(match => match.Groups[1].Value).Distinct().ToList();
        shown.ShouldContain("sk_test_local_sandbox");
        shown.Count.ShouldBeGreaterThanOrEqualTo(3);
        return [person.DefaultRequestHeaders.Authorization!.Parameter!, Webhook.Secret, "carrier_local_sandbox_only", key, .. shown];
    }

    private static string Around(string text, string value)
    {
        var at = text.IndexOf(value, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 120)..Math.Min(text.Length, at + value.Length + 40)].ReplaceLineEndings(" ");
    }

    [GeneratedRegex(@"^Authorization: (?:Bearer|Basic) (\S+)", RegexOptions.Multiline)]
    private static partial Regex Credentials();

    [GeneratedRegex("<MessageText>(.*?)</MessageText>")]
    private static partial Regex MessageText();
}
