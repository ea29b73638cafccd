using System.Globalization;
using System.Text;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Policy;
using static Shop.Functions.Privacy.Exports.ExportText;

namespace Shop.Functions.Privacy.Exports;

/// <summary>What goes with a copy (GDPR, Article 15(1)): purposes, recipients, periods, rights, complaint, source, and that no program decides.</summary>
public sealed class ExportNotice(RetentionPolicy policy, ControllerOptions controller)
{
    /// <summary>What the published policy asks people to write into a letter's address or an e-mail's subject.</summary>
    private const string ForTheAttentionOf = "GDPR/The Data Controller";

    /// <summary>Part by part.</summary>
    /// <param name="subjects">What the copy is about.</param>
    public IEnumerable<string> Parts(IReadOnlyCollection<Subject> subjects)
    {
        yield return Section("Why we hold it, and for how long", Purposes(subjects));
        yield return Section("Who else receives it", Recipients());
        yield return Section("Where we have it from", """
            <p>From you: what you typed when you opened your account, ordered or wrote to us. Your e-mail address comes from your sign-in (Microsoft Entra).
            Stripe or PayPal tell us whether a payment came; your card or account number they keep to themselves. When a parcel left and arrived, and what was
            decided about an order, our staff have noted.</p>

            """);
        yield return Section("Your rights", """
            <p>You can at any time ask us</p>
            <ul><li>for a copy like this one,</li><li>to correct what is wrong: name, telephone number and addresses you can change yourself in your account,</li>
            <li>to erase what no law makes us keep: in your account, or by writing to us,</li><li>to restrict what we do with it,</li>
            <li>to hand it to you or to another company: the .json files beside these pages are made for that,</li>
            <li>to stop doing what we do in our own interest, and you can withdraw a consent whenever you like.</li></ul>
            <p>No program decides about you and none makes a profile of you: we take no automated decisions in the sense of Article 22.</p>

            """);
        yield return Section("Whom to ask, and whom to complain to", Contacts());
    }

    private string Purposes(IReadOnlyCollection<Subject> subjects)
    {
        var table = new StringBuilder("<table><tr><th>What for</th><th>Which data</th><th>On what grounds</th><th>How long</th></tr>\n");
        foreach (var rule in policy.Rules.Where(rule => rule.Subject is { } about && subjects.Contains(about)))
        {
            var when = rule.When is null ? "" : $" <span class=\"note\">Where {Html(rule.When)}.</span>";
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(Sentence(rule.Purpose))}{when}</td><td>{Html(string.Join(", ", rule.Classes.Select(KindOf)))}</td><td>{Grounds(rule)}</td><td>{HowLong(rule)}</td></tr>\n");
        }

        return table.Append("</table>\n").ToString();
    }

    private static string KindOf(DataClass dataClass) => dataClass switch
    {
        DataClass.Operational => "times and states",
        DataClass.Identity => "who you are",
        DataClass.Contact => "how to reach you",
        DataClass.Delivery => "where goods go",
        DataClass.OrderFiscal => "the sale: goods, prices, VAT",
        DataClass.PaymentReference => "references of payments",
        DataClass.Consent => "what you agreed to",
        DataClass.Note => "what our staff wrote",
        DataClass.Staff => "who of our staff acted",
        _ => Words(dataClass.ToString()),
    };

    private static string Grounds(RetentionRule rule)
    {
        var basis = rule.Basis switch
        {
            LawfulBasis.Contract => "our contract with you (Article 6(1)(b))",
            LawfulBasis.LegalObligation => "a law obliges us (Article 6(1)(c))",
            LawfulBasis.LegitimateInterest => "our legitimate interest (Article 6(1)(f))",
            _ => Words(rule.Basis.ToString()),
        };
        return rule.Law is null ? basis : $"{basis}: {Html(rule.Law)}";
    }

    private static string HowLong(RetentionRule rule) =>
        rule.Period is { } period ? $"{PolicyWords.Period(period)} from: {Html(rule.Clock)}" : $"until: {Html(rule.Clock)}";

    private static string Recipients()
    {
        var list = new StringBuilder("<p>Nobody buys it, and nobody gets it who is not named here.</p>\n<ul>");
        foreach (var processor in Processors.OfShop)
        {
            var purposes = string.Join("; ", processor.Disclosures.Select(disclosure =>
                Html(disclosure.Purpose) + (disclosure.Source == DisclosureSource.Website ? " (only what you give on our website)" : "")));
            var policy = processor.PrivacyPolicy is { } link ? $" <span class=\"note\">Its own policy: {Html(link)}</span>" : "";
            list.Append(CultureInfo.InvariantCulture, $"<li><strong>{Html(processor.Name)}</strong>: {purposes}.{policy}</li>\n");
        }

        return list.Append("</ul>\n").ToString();
    }

    private string Contacts() => $"""
        <p>{Html(controller.Name)} answers for your data. Write to {Html(controller.Email)} with “{Html(ForTheAttentionOf)}” in the subject,
        or to {Html(controller.Address)}, for the attention of the data controller.</p>
        <p>You can complain to the supervisory authority: {SupervisoryAuthority.Name}, {SupervisoryAuthority.Address},
        telephone {SupervisoryAuthority.Telephone}, {SupervisoryAuthority.Page}.</p>

        """;
}
