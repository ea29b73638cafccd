using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Functions.Orders;
using Shop.Functions.Platform;
using static Shop.Functions.Privacy.Exports.ExportText;

namespace Shop.Functions.Privacy.Exports;

/// <summary>The page of an order: what was bought, where it went, the money, and what happened.</summary>
public sealed class ExportOrderPage(PersonalRow order, ShopTime shopTime)
{
    /// <summary>Steps of the journal and facts about money, as the customer would say them; others are told by their own words.</summary>
    private static readonly FrozenDictionary<string, string> Steps = new Dictionary<string, string>
    {
        [JournalKinds.Placed] = "You placed the order",
        [JournalKinds.PaymentStarted] = "You went to pay",
        [JournalKinds.CheckoutExpired] = "A payment page was closed without a payment",
        [JournalKinds.CaptureDeclined] = "Your payment was declined",
        [JournalKinds.Expired] = "The order was given up, because nobody had paid it in time",
        [JournalKinds.Cancelled] = "The order was cancelled",
        [JournalKinds.RefundRequested] = "We agreed to refund you",
        [JournalKinds.RefundWithdrawn] = "We took back a refund that we had agreed to",
        [JournalKinds.RemainderClosed] = "We decided not to send the rest of the order, whose price goes back to you",
        [JournalKinds.ReviewResolved] = "We looked at the money and decided",
        [JournalKinds.Shipped] = "A parcel left",
        [JournalKinds.Delivered] = "A parcel arrived",
        [JournalKinds.ShipmentCorrected] = "We corrected what we had noted of a parcel",
        [JournalKinds.ShipmentVoided] = "A parcel that we had noted did not leave",
        ["shipment_collected"] = "The carrier had a parcel",
        ["shipment_in_transit"] = "A parcel was moving",
        ["shipment_out_for_delivery"] = "A parcel was out for delivery",
        ["shipment_failed"] = "A parcel could not be delivered",
        ["shipment_returned"] = "A parcel came back to us",
        [JournalKinds.DisputeReopened] = "Your bank asked about the payment again",
        ["capture_pending"] = "Your payment was on its way",
        ["capture_completed"] = "We received your payment",
        ["capture_denied"] = "A payment did not go through",
        ["capture_reversed"] = "The provider took the payment back",
        ["refund_pending"] = "A refund was on its way to you",
        ["refund_succeeded"] = "We refunded you",
        ["refund_failed"] = "A refund did not reach you",
        ["reversal_completed"] = "The provider took this much of the payment back",
        ["dispute_inquiry"] = "We were asked a question about the payment",
        ["dispute_open"] = "Your bank asked about the payment",
        ["dispute_won"] = "The bank's question was settled",
        ["dispute_lost"] = "Your bank returned the payment to you",
    }.ToFrozenDictionary();

    private readonly string? _currency = order.Text(nameof(OrderEntity.Currency));

    /// <summary>Part by part.</summary>
    public IEnumerable<string> Parts()
    {
        var number = order.Text(nameof(OrderEntity.Number)) ?? order.Key;
        yield return Title($"Order {number}");
        var closed = order.Time(nameof(OrderEntity.ClosedAt)) is { } at ? $" · {Html(Words(order.Text(nameof(OrderEntity.ClosedReason)) ?? "ended"))} on {Day(at)}" : "";
        yield return $"<p class=\"lead\">Placed on {Time(order.Time(nameof(OrderEntity.PlacedAt)))} · {Sum(nameof(OrderEntity.Gross))}{closed} · <a href=\"../index.html\">everything we hold about you</a></p>\n";
        yield return Section("What you ordered", Goods());
        yield return Section("Where it went", Delivery());
        if (Money() is { Length: > 0 } money) yield return Section("The money", money);
        if (Documents() is { Length: > 0 } documents) yield return Section("Invoices and credit notes", documents);
        if (Parcels() is { Length: > 0 } parcels) yield return Section("Parcels", parcels);
        if (NotSent() is { Length: > 0 } notSent) yield return Section("What is not sent any more", notSent);
        if (Decisions() is { Length: > 0 } decisions) yield return Section("What our staff decided", decisions);
        if (Attempts() is { Length: > 0 } attempts) yield return Section("Payment pages that were opened for you", attempts);
        if (Mails() is { Length: > 0 } mails) yield return Section("Mails to you about it", mails);
        yield return Section("What happened", Happened());
        yield return $"<p class=\"note\">Everything that is stored of this order, as it is stored, is in <a href=\"{Html(number)}.json\">{Html(number)}.json</a>.</p>\n</body></html>\n";
    }

    /// <returns>Whether such a step is told in words of its own, and not in those of the code.</returns>
    public static bool HasWordsFor(string kind) => Steps.ContainsKey(kind);

    /// <returns>A step in words.</returns>
    private static string StepOf(string kind) => Steps.GetValueOrDefault(kind) is { } known ? known : Sentence(Words(kind)).TrimEnd('.');

    private string Time(DateTimeOffset? time) => shopTime.Time(time);

    private string Day(DateTimeOffset time) => shopTime.Day(time);

    private string Sum(string name) => ExportText.Money(order.Number(name), _currency);

    private string Goods()
    {
        var table = new StringBuilder("<table><tr><th>Item</th><th class=\"sum\">Quantity</th><th class=\"sum\">Price each</th><th class=\"sum\">VAT</th><th class=\"sum\">Total</th></tr>\n");
        foreach (var line in order.List(nameof(OrderEntity.Lines)))
        {
            var rate = line.Number("vatBasisPoints") is { } points ? (points / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%" : "";
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html(line.Text("name") ?? "")}<br><span class=\"note\">{Html(line.Text("sku") ?? "")}</span></td>");
            table.Append(CultureInfo.InvariantCulture, $"<td class=\"sum\">{line.Number("quantity")}</td><td class=\"sum\">{ExportText.Money(line.Number("unitNet"), _currency)}</td>");
            table.Append(CultureInfo.InvariantCulture, $"<td class=\"sum\">{rate}</td><td class=\"sum\">{ExportText.Money(line.Number("gross"), _currency)}</td></tr>\n");
        }

        foreach (var (label, name) in new[] { ("Without VAT", nameof(OrderEntity.Net)), ("VAT", nameof(OrderEntity.Vat)), ("Total", nameof(OrderEntity.Gross)) })
            table.Append(CultureInfo.InvariantCulture, $"<tr{(label == "Total" ? " class=\"total\"" : "")}><td colspan=\"4\">{label}</td><td class=\"sum\">{Sum(name)}</td></tr>\n");
        var ownNumber = Row("Your order number", order.Text(nameof(OrderEntity.PurchaseOrderNumber)) is { } own ? Html(own) : null);
        return table.Append("</table>\n").Append(ownNumber.Length > 0 ? $"<table class=\"label\">{ownNumber}</table>\n" : "").ToString();
    }

    private string Delivery() => order.Json(nameof(OrderEntity.DeliveryAddress)) is JsonObject address
        ? AddressOf(address) + (order.Json(nameof(OrderEntity.BillingAddress)) is JsonObject payer ? $"<p>The invoice names:</p>\n{AddressOf(payer)}" : "")
        : $"<p>The address is no longer held{(order.Text(nameof(OrderEntity.DeliveryCountry)) is { } country ? $"; the country ({Html(country)}) is, for the tax office" : "")}.</p>\n";

    private static string AddressOf(JsonObject address) =>
        $"<p>{Lines(((string[])["name", "line1", "line2", "city", "region", "postcode", "country"]).Select(name => address.Text(name)))}</p>\n";

    private string Money()
    {
        var table = new StringBuilder();
        // One that had no room in the ledger is held as well.
        foreach (var fact in order.List(nameof(OrderEntity.Ledger)).Append(order.Json(nameof(OrderEntity.Unrecorded))).OfType<JsonObject>())
        {
            var what = StepOf($"{fact.Text("kind")}_{fact.Text("status")}".ToLowerInvariant());
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{Time(fact.Time("at"))}</td><td>{Html(what)}<br><span class=\"note\">{Html(Provider(fact.Text("provider")))} {Html(fact.Text("objectId") ?? "")}</span></td>");
            table.Append(CultureInfo.InvariantCulture, $"<td class=\"sum\">{ExportText.Money(fact.Number("amount"), fact.Text("currency"))}</td></tr>\n");
        }

        return table.Length == 0 ? "" : $"<table>{table}</table>\n";
    }

    private string Documents() => string.Concat(order.List(nameof(OrderEntity.Documents)).Select(document =>
    {
        var totals = (document["totals"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var (net, vat) = (totals.Sum(total => total.Number("net") ?? 0), totals.Sum(total => total.Number("vat") ?? 0));
        return $"<p>{Html(Words(document.Text("kind") ?? ""))} {Html(document.Text("number") ?? "to be issued")}, {Time(document.Time("issuedAt") ?? document.Time("taxPoint"))}: {ExportText.Money(net + vat, _currency)}, of it VAT {ExportText.Money(vat, _currency)}</p>\n";
    }));

    private string Parcels() => string.Concat(order.List(nameof(OrderEntity.Shipments)).Select(parcel =>
    {
        var noted = Time(parcel.Time("shippedAt"));
        var went = parcel.Time("voidedAt") is { } back ? $"noted on {noted} and taken back on {Time(back)}" : $"left on {noted}";
        var arrived = parcel.Time("deliveredAt") is { } at ? $", arrived on {Day(at)}" : "";
        var tracking = parcel.Text("trackingNumber") is { } number ? $", number {Html(number)}" : "";
        return $"<p>Parcel {parcel.Number("number")}: {Html(parcel.Text("carrier") ?? "")}{tracking}, {went}{arrived}</p>\n{Journey(parcel.Number("number"))}";
    }));

    private string Journey(long? parcel) => string.Concat(order.List(nameof(OrderEntity.ShipmentEvents)).Where(heard => heard.Number("shipment") == parcel).Select(heard =>
        $"<p class=\"note\">{Time(heard.Time("at"))}: {Html(Words(heard.Text("kind") ?? ""))}{(heard.Text("place") is { } place ? $", {Html(place)}" : "")}</p>\n"));

    private string NotSent() => string.Concat(order.List(nameof(OrderEntity.NotSent)).Select(part => $"<p>{PartOf(part)}</p>\n"));

    /// <summary>How many of what was ordered.</summary>
    private string PartOf(JsonObject part)
    {
        var lines = order.List(nameof(OrderEntity.Lines)).ToList();
        return $"{part.Number("quantity")} × {Html(part.Number("line") is >= 0 and var line && line < lines.Count ? lines[(int)line].Text("name") ?? "" : "")}";
    }

    /// <summary>Refunds that staff promised, and what they decided about the money.</summary>
    private string Decisions()
    {
        var refunds = order.List(nameof(OrderEntity.RefundRequests)).Select(promise =>
            $"<p>{Time(promise.Time("at"))}: a refund of {ExportText.Money(promise.Number("amount"), promise.Text("currency"))}{For(promise)}{Withdrawn(promise)}{Why(promise.Text("code"), promise.Text("reason"))}</p>\n");
        var resolutions = order.List(nameof(OrderEntity.Resolutions)).Select(decided =>
            $"<p>{Time(decided.Time("at"))}: about the money, “{Html(Words(decided.Text("decision") ?? ""))}”{Why(decided.Text("code"), decided.Text("reason"))}</p>\n");
        return string.Concat(refunds.Concat(resolutions));
    }

    private string Attempts() => string.Concat(order.List(nameof(OrderEntity.Checkouts)).Select(attempt =>
        $"<p>{Time(attempt.Time("startedAt"))}: {Html(Provider(attempt.Text("provider")))} <span class=\"note\">{Html(attempt.Text("id") ?? "")}</span>, {Html(Words(attempt.Text("state") ?? ""))}</p>\n"));

    private string Mails() => string.Concat(order.List(nameof(OrderEntity.Notifications)).Select(mark =>
        $"<p>{Time(mark.Time("at"))}: {Html(Words((mark.Text("notification") ?? "").Split('-')[0]))}, {Html(Words(mark.Text("state") ?? ""))}</p>\n"));

    private string Happened()
    {
        var table = new StringBuilder("<table>");
        foreach (var step in order.List(nameof(OrderEntity.Journal)))
        {
            var by = step.Text("role") is { } role ? $", by our staff ({Html(role)})" : "";
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{Time(step.Time("at"))}</td><td>{Html(StepOf(step.Text("kind") ?? ""))}{by}{Why(step.Text("reason"), step.Text("note"))}</td>");
            table.Append(CultureInfo.InvariantCulture, $"<td class=\"sum\">{ExportText.Money(step.Number("amount"), step.Text("currency"))}</td></tr>\n");
        }

        return table.Append("</table>\n").ToString();
    }

    private string For(JsonObject promise) => promise["lines"] is JsonArray lines ? $" for {string.Join(", ", lines.OfType<JsonObject>().Select(PartOf))}" : "";

    private string Withdrawn(JsonObject promise) => promise.Time("withdrawnAt") is { } at ? $", taken back on {Time(at)}" : "";

    private static string Why(string? code, string? note) =>
        $"{(code is null ? "" : $" (reason: {Html(Words(code))})")}{(note is null ? "" : $". Our staff noted: “{Html(note)}”")}";

    private static string Provider(string? code) => code switch { "stripe" => "Stripe", "paypal" => "PayPal", _ => code ?? "" };
}
