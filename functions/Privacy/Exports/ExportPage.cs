using System.Globalization;
using System.Text;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.LegalHolds;
using static Shop.Functions.Privacy.Exports.ExportText;

namespace Shop.Functions.Privacy.Exports;

/// <summary>The first page of a copy, to be read without a connection: no scripts, nothing from elsewhere, every value escaped.</summary>
public sealed class ExportPage(ExportContents contents)
{
    private readonly ShopTime _time = new(contents.Policy.Zone);

    /// <summary>Part by part.</summary>
    public IEnumerable<string> Parts()
    {
        yield return Title("Everything we hold about you");
        yield return $"""
            <p class="lead">As of {Time(contents.At)}. These pages are for reading; the same is in <a href="account.json">account.json</a> and in one file for each
            order, exactly as it is stored.</p>

            """;
        yield return Section("You", You());
        if (Addresses() is { Length: > 0 } addresses) yield return Section("Your addresses", addresses);
        if (Consents() is { Length: > 0 } consents) yield return Section("What you agreed to", consents);
        yield return Section("Your orders", Orders());
        if (StaffActions() is { Length: > 0 } actions) yield return Section("What our staff did with your data", actions);
        if (Holds() is { Length: > 0 } holds) yield return Section("Legal holds", holds);
        if (Breaches() is { Length: > 0 } breaches) yield return Section("Data breaches", breaches);
        var subjects = contents.Rows.Select(row => row.Kind?.Subject).Append(Subject.Order).OfType<Subject>().ToHashSet();
        foreach (var part in new ExportNotice(contents.Policy, contents.Controller).Parts(subjects)) yield return part;
        yield return "</body></html>\n";
    }

    private IEnumerable<PersonalRow> RowsOf<T>() => contents.Rows.Where(row => row.Kind?.Type == typeof(T));

    private string Time(DateTimeOffset? time) => _time.Time(time);

    private string Day(DateTimeOffset time) => _time.Day(time);

    private string You()
    {
        var profile = RowsOf<AccountEntity>().First();
        var table = new StringBuilder("<table class=\"label\">");
        foreach (var (label, name) in new[] { ("Name", nameof(AccountEntity.Name)), ("Company", nameof(AccountEntity.Company)), ("E-mail address", nameof(AccountEntity.Email)), ("Telephone", nameof(AccountEntity.Phone)) })
            table.Append(Row(label, profile.Text(name) is { } text ? Html(text) : null));
        table.Append(Row("Customer since", profile.Time(nameof(AccountEntity.OpenedAt)) is { } opened ? Day(opened) : null));
        table.Append(Row("Last here on", profile.Time(nameof(AccountEntity.LastSeenDay)) is { } seen ? ShopTime.StoredDay(seen) : null));
        return table.Append(Row("Number of your account", $"<span class=\"note\">{Html(contents.AccountId)}</span>")).Append("</table>\n").ToString();
    }

    private string Addresses() => string.Concat(RowsOf<AddressEntity>().Select(address =>
    {
        string[] names = [nameof(AddressEntity.Name), nameof(AddressEntity.Line1), nameof(AddressEntity.Line2), nameof(AddressEntity.City), nameof(AddressEntity.Region), nameof(AddressEntity.Postcode), nameof(AddressEntity.Country)];
        var label = address.Text(nameof(AddressEntity.Label)) is { } known ? $"<strong>{Html(known)}</strong><br>" : "";
        return $"<p>{label}{Lines(names.Select(address.Text))}</p>\n";
    }));

    private string Consents() => string.Concat(RowsOf<ConsentEntity>().Select(step =>
    {
        if (step.Text(nameof(ConsentEntity.Purpose)) == ConsentEntity.Age) return Age(step);
        var given = step.Values.FirstOrDefault(value => value.Name == nameof(ConsentEntity.Given))?.Stored is true;
        var wording = step.Text(nameof(ConsentEntity.Wording)) is { } version ? $" (wording {Html(version)})" : "";
        var confirmedAt = step.Time(nameof(ConsentEntity.ConfirmedAt));
        var parent = step.Text(nameof(ConsentEntity.ParentName)) is { } name
            ? $"; your parent {Html(name)} ({Html(step.Text(nameof(ConsentEntity.ParentEmail)) ?? "")}) {(confirmedAt is null ? "was to agree" : "agreed")} for you"
            : "";
        var confirmation = confirmedAt is { } at ? $"; confirmed on {Time(at)}" : given ? "; not confirmed, so it does not count" : "";
        return $"<p>{Time(step.Time(nameof(ConsentEntity.At)))}: you {(given ? "agreed to" : "withdrew your consent to")} {Html(step.Text(nameof(ConsentEntity.Purpose)) ?? "")}{wording}{parent}{confirmation}.</p>\n";
    }));

    private string Age(PersonalRow decision)
    {
        var isUnder16 = decision.Values.FirstOrDefault(value => value.Name == nameof(ConsentEntity.Under16))?.Stored is true;
        var note = decision.Text(nameof(ConsentEntity.Note)) is { } text ? $". They noted: “{Html(text)}”" : "";
        return $"<p>{Time(decision.Time(nameof(ConsentEntity.At)))}: our staff decided that you are {(isUnder16 ? "under 16" : "16 or older")} ({Html(Words(decision.Text(nameof(ConsentEntity.Reason)) ?? ""))}){note}.</p>\n";
    }

    private string Orders()
    {
        if (contents.Orders.IsEmpty) return "<p>None.</p>\n";
        var table = new StringBuilder("<table><tr><th>Order</th><th>Placed</th><th>How it stands</th><th class=\"sum\">Total</th></tr>\n");
        foreach (var row in contents.Rows.Where(row => OrderIndex.IsPlace(row.Key)))
        {
            var order = ExportContents.ListedOrder.Of(row);
            var state = ListedStates.LatestOf(row.Values.Select(value => (value.Name, value.Stored as string)));
            var standing = state?.Split('|') is [var payment, var goods, var cancelled, ..] ? StandingOf(payment, goods, cancelled == bool.TrueString) : "";
            table.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"orders/{Html(order.Number)}.html\">{Html(order.Number)}</a></td><td>{Day(order.PlacedAt)}</td><td>{standing}</td>");
            table.Append(CultureInfo.InvariantCulture, $"<td class=\"sum\">{Money(row.Number("Gross"), row.Text("Currency"))}</td></tr>\n");
        }

        return table.Append("</table>\n").ToString();
    }

    /// <summary>Rows of an earlier version say why goods have not left; that follows from the payment.</summary>
    private static string StandingOf(string payment, string goods, bool isCancelled)
    {
        var left = Enum.TryParse<FulfilmentStatus>(goods, out var status) && status != FulfilmentStatus.Unfulfilled ? Html(Words(goods)) : isCancelled ? "cancelled" : null;
        if (payment == nameof(PaymentStatus.Awaiting)) return left ?? "not paid yet";
        return left is null ? Html(Words(payment)) : $"{Html(Words(payment))}, {left}";
    }

    private string StaffActions() => string.Concat(RowsOf<StaffAccessEntity>().Select(action =>
    {
        var order = action.Text(nameof(StaffAccessEntity.OrderNumber)) is { } number ? $" order {Html(number)}" : "";
        var role = action.Text(nameof(StaffAccessEntity.Role)) is { } known ? $"staff, {Html(known)}" : "staff";
        return $"<p>{Time(action.Time(nameof(StaffAccessEntity.At)))}: {role}, {DoneOf(action.Text(nameof(StaffAccessEntity.What)) ?? "", order.Length > 0)}{order}.</p>\n";
    }));

    private static string DoneOf(string what, bool isOfOrder) => what switch
    {
        "read_order" => "read your",
        "read_shipment" => "looked at a parcel of",
        "read_documents" => "looked at the list of invoices of",
        "read_document" => "looked at an invoice or a credit note of",
        "read_tracking" => "followed the parcels of",
        "search_orders" => isOfOrder ? "searched for your" : "searched for your orders",
        "read_refunds" => "looked at the refunds of",
        "read_refund" => "looked at a refund of",
        "cancel_order" => "asked to cancel",
        "find_accounts" => "looked your account up by your e-mail address",
        "take_copy" => "took a copy like this one on your behalf",
        "ask_for_erasure" => "asked on your behalf for your account to be erased",
        _ => Html(Words(what)),
    };

    private string Holds() => string.Concat(RowsOf<LegalHoldEntity>().Select(hold =>
    {
        var note = hold.Text("Reason") is { } text ? $". Our staff noted: “{Html(text)}”" : "";
        return $"<p>Since {Time(hold.Time(nameof(LegalHoldEntity.PlacedAt)))} nothing may be deleted ({Html(Words(hold.Text("Code") ?? PlaceLegalHold.OtherReason))}){note}.</p>\n";
    }));

    private string Breaches()
    {
        var text = new StringBuilder();
        if (RowsOf<BreachAccountsRow>().Any()) text.Append("<p>Your account is on the list of those that a data breach affected.</p>\n");
        foreach (var revision in RowsOf<BreachEntity>())
        {
            foreach (var line in revision.Values.Where(value => value.Classes is [DataClass.Note]).Select(value => value.Stored).OfType<string>())
                text.Append(CultureInfo.InvariantCulture, $"<p>You are named in what we wrote about one: “{Html(line)}”</p>\n");
        }

        return text.ToString();
    }
}
