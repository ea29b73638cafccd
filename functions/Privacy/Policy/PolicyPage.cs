using System.Globalization;
using System.Text;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Policy;

/// <summary>The published policy as a page to read. Pure.</summary>
public static class PolicyPage
{
    public const string Title = "What we keep about people, why and for how long";

    public static string Body(PublishedPolicy.View policy)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <p>Edition {Html(policy.Edition)} of {Day(policy.Date)}. The periods below are not a description: the shop's own program deletes by them.</p>
            <h2>Who answers for it</h2>
            <p>{Html(policy.Controller.Name)}, {Html(policy.Controller.Address)}, <a href="mailto:{Html(policy.Controller.Email)}">{Html(policy.Controller.Email)}</a>.
            Write to us for a copy of what we hold about you, to have it corrected, erased, handed over or no longer used, or to take back a consent. With an
            account you get the copy and the erasure at once, by yourself.</p>
            <p>You may complain to the {Html(policy.Complaints.Name)}, <a href="{Html(policy.Complaints.Website)}">{Html(policy.Complaints.Website)}</a>, telephone {Html(policy.Complaints.Telephone)}.
            No decision about you is made by a machine alone.</p>
            <h2>What is kept</h2>
            <table><tr><th>What</th><th>Why</th><th>Until</th></tr>

            """);
        foreach (var rule in policy.Rules.Where(rule => rule.Basis != LawfulBasis.NotPersonal)) page.Append(Row(rule));
        page.Append("</table>\n<h2>Who else receives what</h2>\n<table><tr><th>Who</th><th>What for</th></tr>\n");
        foreach (var processor in policy.Processors)
        {
            var name = processor.PrivacyPolicy is { } link ? $"<a href=\"{Html(link)}\">{Html(processor.Name)}</a>" : Html(processor.Name);
            var purposes = processor.Disclosures.Select(disclosure => $"{Html(disclosure.Purpose)} ({Html(Words(disclosure.DataClasses))}{(disclosure.Source == DisclosureSource.Website ? "; by the website" : "")})");
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{name}</td><td>{string.Join("<br>", purposes)}</td></tr>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"</table>\n<h2>Changes</h2>\n<p>Decided by {Html(policy.DecidedBy)}, who review this policy every year.</p>\n<table><tr><th>Edition</th><th>Date</th><th>What has changed</th></tr>\n");
        foreach (var change in policy.Changes)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(change.Number)}</td><td>{Day(change.Date)}</td><td>{Html(change.What)}</td></tr>\n");
        return page.Append("</table>\n").ToString();
    }

    private static string Row(RetentionRule rule)
    {
        string[] parts = [rule.Subject is { } subject ? $"{Words(subject)}:" : "", Words(rule.Classes), rule.When is null ? "" : $"({rule.When})"];
        var what = string.Join(' ', parts.Where(part => part.Length > 0));
        var why = $"{rule.Purpose} ({Words(rule.Basis)}{(rule.Law is null ? "" : $", {rule.Law}")})";
        var until = (rule.Period is null ? "until " : $"{PolicyWords.Period(rule.Period)} after ") + rule.Clock + rule.Action switch
        {
            RetentionAction.Restrict => "; then only what the law demands is left",
            RetentionAction.Anonymise => "; then nothing in it is about you",
            _ => "",
        };
        return $"<tr><td>{Html(Capital(what))}</td><td>{Html(why)}</td><td>{Html(until)}</td></tr>\n";
    }

    private static string Words(IEnumerable<DataClass> classes) => string.Join(", ", classes.Select(one => PolicyWords.Of(one.ToString())));

    private static string Words(Subject subject) => PolicyWords.Of(subject.ToString());

    private static string Words(LawfulBasis basis) => PolicyWords.Of(basis.ToString());

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Day(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Html(string text) => HtmlPage.Encode(text);
}
