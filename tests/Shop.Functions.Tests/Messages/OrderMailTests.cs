using System.Text.RegularExpressions;
using Shop.Functions.Accounts;
using Shop.Functions.Messages;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Policy;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Messages;

/// <summary>What customers read.</summary>
public sealed partial class OrderMailTests
{
    private static readonly ControllerOptions Controller = new() { Name = "Racks & Co <Ltd>", Address = "1 Example Street, London", Email = "shop@example.com" };

    private static readonly Order Full = Unpaid.With(Capture()).With(Parcel()).With(new ShipmentEvent(1, "event", ShipmentStatus.Delivered, Noon.AddMinutes(20))).With(Refund(amount: 2_499));

    [Theory]
    [InlineData("received", "We have your order {0}", "£120.00")]
    [InlineData("paid", "We have received your payment for order {0}", "We have received £120.00 for your order {0}")]
    [InlineData("shipped-1", "A parcel of order {0} is on its way", "15501234567890")]
    [InlineData("delivered-1", "A parcel of order {0} has arrived", "arrived on 20 November 2026, as DPD tells us")]
    [InlineData("refunded-", "We have refunded £24.99 for order {0}", "sent £24.99 back on 20 November 2026")]
    public void Each_mail_says_its_fact_in_text_and_in_html(string key, string subject, string words)
    {
        var mail = Of(Full, key);
        mail.Subject.ShouldBe(string.Format(System.Globalization.CultureInfo.InvariantCulture, subject, Full.Number));
        mail.Id.ShouldStartWith($"order-{Full.Id}-{key}");
        mail.To.ShouldBe("ada@example.com");
        mail.ReplyTo.ShouldBe((Controller.Name, "support@example.com"), "who misses a parcel writes to support, not to the privacy officer");
        var expected = words.Replace("{0}", Full.Number, StringComparison.Ordinal);
        mail.Text.ShouldContain(expected);
        System.Net.WebUtility.HtmlDecode(Tags().Replace(mail.Html!, "")).ShouldContain(expected);
        foreach (var text in new[] { mail.Text, mail.Html! })
        {
            text.ShouldContain("https://api.example.com/api/tracking?link=abc");
            text.ShouldNotContain("12 St James", Case.Insensitive, "where the goods go stays with the order");
            text.ShouldNotContain("{{");
            text.ShouldNotContain("{%");
        }

        mail.Unsubscribe.ShouldBeNull("it is no advertising");
        Lines(mail.Text).Max().ShouldBeLessThan(200);
        mail.Text.ShouldNotContain("\n\n\n");
    }

    [Fact]
    public void An_order_that_has_ended_says_how_and_what_becomes_of_the_money()
    {
        Of(Unpaid with { Closed = new(Noon, ClosingReason.Expired) }, "cancelled").Text.ShouldContain("was not paid in time and has ended on 20 November 2026. Nothing is owed.");
        var cancelled = Of(Unpaid.With(Capture()).Cancel(Noon), "cancelled");
        cancelled.Subject.ShouldBe($"Order {Unpaid.Number} is cancelled");
        cancelled.Text.ShouldContain("What you have paid goes back to you.");
        Of(Unpaid.Cancel(Noon), "cancelled").Text.ShouldContain("Should a payment of yours still come, it goes back to you.");
        Of(Unpaid.EndAsSoldOut(Noon), "cancelled").Text.ShouldContain("was cancelled on 20 November 2026: what it asks for is not there any more.");
        Of(Unpaid.With(Capture()).Cancel(Noon).With(Refund(status: FactStatus.Pending)), "cancelled").Text.ShouldContain("What you have paid goes back to you.");
        Of(Unpaid.With(Capture()).Cancel(Noon).With(Refund()), "cancelled").Text.ShouldNotContain("back to you", Case.Insensitive, "it has gone back already");
    }

    [Fact]
    public void What_came_after_the_mail_about_its_money_is_told_by_its_number()
    {
        var refund = Full.Ledger.Single(fact => fact.Kind == FactKind.Refund).Key;
        var late = Full with
        {
            Documents =
            [
                new(DocumentKind.Invoice, [Full.Ledger[0].Key], "2026", Noon, [], "2026-000007", Noon),
                new(DocumentKind.CreditNote, [refund], "C2026", Noon, [], "C2026-000003", Noon),
            ],
            Notifications = [.. OrderNotification.Due(Full, Noon.AddHours(1)).Select(told => new NotificationMark(told.Key, Noon, NotificationState.Sent, Document: ""))],
        };
        var (invoice, note) = (Of(late, "invoice-2026-000007"), Of(late, "invoice-C2026-000003"));
        (invoice.Subject, note.Subject).ShouldBe(($"Your invoice for order {Full.Number}", $"Your credit note for order {Full.Number}"));
        invoice.Text.ShouldContain($"The invoice for your order {Full.Number} has the number 2026-000007.");
        note.Text.ShouldContain($"The credit note for your order {Full.Number} has the number C2026-000003.");
        System.Net.WebUtility.HtmlDecode(Tags().Replace(note.Html!, "")).ShouldContain("has the number C2026-000003.");
    }

    [Fact]
    public void All_that_was_accepted_as_payment_is_what_we_have_received()
    {
        var pounds = Unpaid.With(Capture(amount: 5_000), Capture("pi_2", amount: 2_500)).Resolved(ReviewChoice.Accept);
        Of(pounds, "paid").Text.ShouldContain("We have received £75.00 for");
        var mixed = Unpaid.With(Capture(amount: 5_000), Capture("pi_2", amount: 2_500) with { Currency = "EUR" }).Resolved(ReviewChoice.Accept);
        Of(mixed, "paid").Text.ShouldContain("We have received £50.00 and €25.00 for");
    }

    [Fact]
    public void The_number_of_the_document_is_in_the_mail_about_its_money()
    {
        var order = Unpaid.With(Capture()).With(Refund(amount: 2_499), Refund("re_2", amount: 1)).Issued();
        var invoice = order.Documents.Single(document => document.Kind == DocumentKind.Invoice).Number!;
        Of(order, "paid").Text.ShouldContain($"Your invoice has the number {invoice}.");
        Of(order, "paid").Html!.ShouldContain(invoice);
        foreach (var refund in OrderNotification.Due(order, Noon.AddHours(1)).Where(one => one.Kind == NotificationKind.Refunded))
        {
            var note = order.Documents.Single(document => document.Kind == DocumentKind.CreditNote && document.Facts.Contains(refund.Money[0].Key)).Number!;
            Of(order, refund.Key).Text.ShouldContain($"The credit note has the number {note}.");
        }

        Of(Unpaid.With(Capture()), "paid").Text.ShouldNotContain("invoice", Case.Insensitive, "it has no number yet");
    }

    [Fact]
    public void Days_and_times_are_the_shops()
    {
        var late = Unpaid with { PlacedAt = new(2026, 6, 30, 23, 30, 0, TimeSpan.Zero), ExpiresAt = new(2026, 7, 1, 23, 30, 0, TimeSpan.Zero) };
        Of(late, "received", late.PlacedAt).Text.ShouldContain("of 1 July 2026.\nWe send it once it is paid; without a payment it ends on 2 July 2026, 00:30.");
    }

    [Fact]
    public void Nothing_that_people_typed_is_html_or_a_header()
    {
        var order = (Full with { Lines = [Full.Lines[0] with { Name = "UPS <script>alert(1)</script> {{ total }}" }], Shipments = [Full.Shipments[0] with { Carrier = "<img src=x>\r\nBcc: eve@example.com" }] });
        foreach (var key in new[] { "received", "shipped-1" })
        {
            var mail = Of(order, key, name: "Ada <b>&\"' Lovelace");
            mail.Html!.ShouldNotContain("<script");
            mail.Html!.ShouldNotContain("<img");
            mail.Html!.ShouldNotContain("<b>");
            mail.Html!.ShouldContain("Ada &lt;b&gt;&amp;");
            mail.Text.ShouldContain("Hello Ada <b>&\"' Lovelace,");
            mail.Text.ShouldContain("UPS <script>alert(1)</script> {{ total }}");
            mail.Subject.ShouldNotContain('\n');
        }
    }

    [Fact]
    public void A_mail_fetches_nothing_and_runs_nothing()
    {
        foreach (var notification in OrderNotification.Due(Full, Noon.AddHours(1)))
        {
            var html = Of(Full, notification.Key).Html!;
            html.ShouldNotContain("src=");
            html.ShouldNotContain("url(");
            html.ShouldNotContain("@import");
            html.ShouldNotContain("<link");
            Handler().IsMatch(html).ShouldBeFalse();
            Address().Matches(html).Select(match => match.Value).Distinct().ShouldBe(["https://api.example.com"]);
            html.ShouldContain("<html lang=\"en-GB\">");
            html.ShouldContain("prefers-color-scheme: dark");
        }
    }

    private static IEnumerable<int> Lines(string text) => text.Split('\n').Where(line => !line.Contains("https://", StringComparison.Ordinal)).Select(line => line.Length);

    private static Email Of(Order order, string key, DateTimeOffset? now = null, string name = "Ada Lovelace")
    {
        var notification = OrderNotification.Due(order, now ?? Noon.AddHours(1)).First(one => one.Key.StartsWith(key, StringComparison.Ordinal));
        var account = new AccountEntity { Email = "ada@example.com", Name = name };
        return OrderMail.Of(order, notification, account, new("https://api.example.com/api/tracking?link=abc"), Controller, "support@example.com", new ShopTime(TimeZoneInfo.FindSystemTimeZoneById("Europe/London")));
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\son\w+=")]
    private static partial Regex Handler();

    [GeneratedRegex("https?://[^/\"< ]*")]
    private static partial Regex Address();
}
