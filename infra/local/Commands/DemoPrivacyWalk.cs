using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Shop.Local.Commands.DemoCalls;

namespace Shop.Local.Commands;

/// <summary>
/// What becomes of somebody's data, from the first order to the last record, over HTTP only: a copy of it, what a year
/// takes away, an erasure with what stays and why, the chain of purge reports, and the clock of a breach; and before that what
/// somebody without an account does, of which nothing is stored.
/// </summary>
/// <param name="mark">Twelve characters that stand in every value of somebody who has never been here, and nowhere else.</param>
/// <param name="run">Makes everybody else somebody new as well: the data may be an earlier run's.</param>
internal sealed class DemoPrivacyWalk(Uri api, Uri signIn, Uri storefront, Uri mail, Uri newsletter, StoreScan store, string mark, string run, Action<string> print) : IDisposable
{
    private const int Days = 400;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _ada = new() { BaseAddress = api };
    private readonly HttpClient _officer = new() { BaseAddress = api };
    private readonly HttpClient _packer = new() { BaseAddress = api };
    private readonly HttpClient _finance = new() { BaseAddress = api };
    private readonly HttpClient _child = new() { BaseAddress = api };
    private readonly HttpClient _visitor = new() { BaseAddress = api };
    private readonly HttpClient _signIn = new() { BaseAddress = signIn };

    // The payment page sends the browser back to a storefront that does not run here.
    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false });

    private readonly string _customer = $"ada.{mark}@example.com";

    private int _steps;

    /// <exception cref="DemoFailedException">A step ended otherwise than it should.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await SignIn(_ada, _customer, [], cancellation);
        await SignIn(_officer, "privacy@shop.example", ["Shop.Privacy"], cancellation);
        await SignIn(_packer, "warehouse@shop.example", ["Shop.Fulfilment"], cancellation);
        await SignIn(_finance, "finance@shop.example", ["Shop.Finance"], cancellation);
        await SignIn(_child, $"charlie.{run}@example.com", [], cancellation);
        var letters = new DemoLettersWalk(_visitor, mail, newsletter, Step);
        await letters.RunAsync($"grace.{run}@example.com", cancellation);
        var account = await OpenAccount(cancellation);
        var staff = new DemoStaffWalk(_officer, _finance, mark, Step);
        await Consent(letters, cancellation);
        await ConsentOfChild(letters, cancellation);
        var paid = await PlaceOrder("paid", cancellation);
        await Pay(paid, cancellation);
        await Deliver(paid, cancellation);
        await staff.Refund(_ada, paid, cancellation);
        var unpaid = await PlaceOrder("unpaid", cancellation);
        await Export(paid, cancellation);

        await MoveClock(unpaid, cancellation);
        await Purge(paid, unpaid, cancellation);
        await ReadWhatIsLeft(paid, unpaid, cancellation);
        DemoFailedException.Unless((await store.LookAsync(mark, account, cancellation)).Found.Count > 0, "Nothing of Ada is stored, so that nothing can be lost.");
        await staff.Hold(_ada, account, cancellation);
        await staff.ListErasures(await Erase(paid, cancellation), cancellation);
        await staff.ReviewPolicy(cancellation);
        await VerifyReports(cancellation);
        await OpenBreach(cancellation);
        var (rows, messages, files) = await store.SearchAsync(mark, account, cancellation);
        Step($"Every table, queue and file of the store has been searched for Ada: {rows} rows, {messages} messages, {files} files, and nothing is found.");
        print("\nNothing of Ada is left but what tax law wants, and that says nothing of Ada.");
    }

    public void Dispose()
    {
        foreach (var client in (HttpClient[])[_ada, _officer, _packer, _finance, _child, _visitor, _signIn, _browser]) client.Dispose();
    }

    private async Task SignIn(HttpClient client, string email, string[] roles, CancellationToken cancellation) =>
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenCommand.FetchAsync(_signIn, email, null, roles, cancellation));

    /// <returns>The account's id.</returns>
    private async Task<string> OpenAccount(CancellationToken cancellation)
    {
        var person = new { name = $"Ada Lovelace {mark}", company = $"Analytical Engines {mark} Ltd", phone = "+44 20 7946 0018" };
        var account = await Done(_ada.PostAsJsonAsync("api/account", person, cancellation), HttpStatusCode.Created, "POST /api/account");
        await Done(_ada.PostAsJsonAsync("api/account/addresses", new { label = "Office", name = $"Ada Lovelace {mark}", line1 = $"12 St James's Square {mark}", city = "London", postcode = "SW1Y 4JH", country = "GB" }, cancellation), HttpStatusCode.Created, "POST /api/account/addresses");
        Step($"{_customer} has an account and an address.");
        return IdOf(account);
    }

    private async Task Consent(DemoLettersWalk letters, CancellationToken cancellation)
    {
        const string Path = "api/account/consents";
        await Done(_ada.PostAsJsonAsync(Path, new { purpose = "marketing", given = true, wording = "2026-2", under16 = false }, cancellation), HttpStatusCode.Created, $"POST /{Path}");
        await Until(() => letters.HasLink($"/{Path}/confirm", cancellation), "a mail asks whether the consent was meant", cancellation);
        DemoFailedException.Unless(!(await Get(_ada, Path, cancellation))["marketing"]!.GetValue<bool>(), "A consent counts that nobody has confirmed.");
        await letters.Agree($"/{Path}/confirm", cancellation);
        DemoFailedException.Unless((await Get(_ada, Path, cancellation))["marketing"]!.GetValue<bool>(), "A consent that was confirmed does not count.");
        Step($"POST /{Path} → 201: it counts once the button behind the link in a mail is pressed, and not before.");
    }

    private async Task ConsentOfChild(DemoLettersWalk letters, CancellationToken cancellation)
    {
        const string Path = "api/account/consents";
        await Done(_child.PostAsJsonAsync("api/account", new { name = "Charlie" }, cancellation), HttpStatusCode.Created, "POST /api/account");
        var parent = new { name = "Pat", email = $"pat.{run}@example.com" };
        await Done(_child.PostAsJsonAsync(Path, new { purpose = "marketing", given = true, wording = "2026-2", under16 = true, parent }, cancellation), HttpStatusCode.Created, $"POST /{Path} under 16");
        await Until(() => letters.HasMail(parent.email, $"/{Path}/confirm", cancellation), "the parent is asked by mail", cancellation);
        await letters.Agree($"/{Path}/confirm", cancellation);
        DemoFailedException.Unless((await Get(_child, Path, cancellation))["marketing"]!.GetValue<bool>(), "A consent that the parent has confirmed does not count.");
        Step($"POST /{Path} by somebody under 16 → 201: the parent is asked by mail, and it counts once they have agreed.");
    }

    private async Task<JsonNode> PlaceOrder(string key, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/orders")
        {
            Content = JsonContent.Create(new
            {
                lines = new[] { new { sku = "UPS-LI-1500", quantity = 1 } },
                deliveryAddress = new { name = $"Ada Lovelace {mark}", line1 = $"12 St James's Square {mark}", city = "London", postcode = "SW1Y 4JH", country = "GB" },
                purchaseOrderNumber = $"PO-{mark}",
            }),
        };
        request.Headers.Add("Idempotency-Key", key);
        return await Done(_ada.SendAsync(request, cancellation), HttpStatusCode.Created, "POST /api/orders");
    }

    private async Task Pay(JsonNode order, CancellationToken cancellation)
    {
        var id = IdOf(order);
        var body = new { provider = "stripe", returnUrl = $"{storefront}thanks", cancelUrl = $"{storefront}basket" };
        var started = await Done(_ada.PostAsJsonAsync($"api/orders/{id}/payments", body, cancellation), HttpStatusCode.OK, $"POST /api/orders/{id}/payments");
        await _browser.PostAsync(new Uri(started["redirectUrl"]!.GetValue<string>()), new FormUrlEncodedContent([new("outcome", "pay")]), cancellation);
        await Until(
            async () => (await Get(_ada, $"api/orders/{id}", cancellation))["payment"]!["status"]!.GetValue<string>() == "paid",
            $"order {order["number"]} is paid",
            cancellation);
    }

    private async Task Deliver(JsonNode order, CancellationToken cancellation)
    {
        var path = $"api/orders/{IdOf(order)}/shipments";
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { carrier = "DPD", trackingNumber = $"1550{mark}" }) };
        request.Headers.Add("Idempotency-Key", "parcel");
        await Done(_packer.SendAsync(request, cancellation), HttpStatusCode.Created, $"POST /{path}");
        var delivered = new { eventId = "DPD-1", kind = "delivered", at = order["placedAt"]!.GetValue<DateTimeOffset>() };
        await Done(_packer.PostAsJsonAsync($"{path}/1/events", delivered, cancellation), HttpStatusCode.OK, $"POST /{path}/1/events");
        Step($"Order {order["number"]} is paid and delivered. Another one is placed, and nobody pays it.");
    }

    private async Task Export(JsonNode order, CancellationToken cancellation)
    {
        var response = await _ada.GetAsync("api/account/export", cancellation);
        DemoFailedException.Unless(response.StatusCode, HttpStatusCode.OK, "GET /api/account/export");
        Step($"GET /api/account/export → 200, {response.Content.Headers.ContentDisposition!.FileName}");
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(cancellation));
        foreach (var file in zip.Entries) print($"   {file.FullName,-32} {file.Length,7} bytes");
        DemoFailedException.Unless(zip.GetEntry($"orders/{order["number"]}.json") is not null, "The copy has no file of the order.");
        using var page = new StreamReader(zip.GetEntry("index.html")?.Open() ?? Stream.Null);
        DemoFailedException.Unless((await page.ReadToEndAsync(cancellation)).Contains("Ada Lovelace", StringComparison.Ordinal), "The copy does not say whose it is.");
    }

    private async Task MoveClock(JsonNode unpaid, CancellationToken cancellation)
    {
        var now = await Done(_officer.PostAsJsonAsync("admin/clock", new { days = Days }, cancellation), HttpStatusCode.OK, "POST /admin/clock");
        Step($"POST /admin/clock: it is {Days} days later, {now["now"]!.GetValue<DateTimeOffset>():d MMMM yyyy}.");
        await Done(_officer.PostAsJsonAsync("admin/functions/SweepOrders", new { }, cancellation), HttpStatusCode.Accepted, "POST /admin/functions/SweepOrders");
        await Until(async () => (await Get(_ada, $"api/orders/{IdOf(unpaid)}", cancellation))["cancelled"]!.GetValue<bool>(), $"order {unpaid["number"]} is given up", cancellation);
    }

    private async Task Purge(JsonNode paid, JsonNode unpaid, CancellationToken cancellation)
    {
        var preview = await Get(_officer, "api/privacy/purge-preview", cancellation);
        Step("GET /api/privacy/purge-preview → 200: a purge would now");
        foreach (var item in preview["items"]!.AsArray())
            print($"   {item!["action"],-8} {item["rule"],-16} {item["key"]}{(item["nextDue"] is { } next ? $", next due {next} ({item["nextRule"]})" : "")}");
        var deleted = preview["items"]!.AsArray().Where(item => item!["action"]!.GetValue<string>() == "delete").Select(item => item!["key"]!.GetValue<string>()).ToList();
        foreach (var order in (JsonNode[])[paid, unpaid])
            DemoFailedException.Unless(deleted.Any(key => key.Contains(IdOf(order), StringComparison.Ordinal)), $"The preview does not name order {order["number"]}'s data to be deleted.");

        var before = Newest(await Get(_officer, "api/privacy/purges", cancellation));
        await Done(_officer.PostAsJsonAsync("admin/functions/PurgeExpiredData", new { }, cancellation), HttpStatusCode.Accepted, "POST /admin/functions/PurgeExpiredData");
        JsonNode? report = null;
        await Until(async () => Number(report = Newest(await Get(_officer, "api/privacy/purges", cancellation))) > Number(before), "the purge has left a report", cancellation);
        Step($"PurgeExpiredData has run and left report {report!["number"]}:");
        Show(report["counts"]!);
        DemoFailedException.Unless(Sorted(report["counts"]!) == Sorted(preview["counts"]!), "The purge did not do what the preview said.");
    }

    private async Task ReadWhatIsLeft(JsonNode paid, JsonNode unpaid, CancellationToken cancellation)
    {
        var gone = await _ada.GetAsync($"api/orders/{IdOf(unpaid)}", cancellation);
        DemoFailedException.Unless(gone.StatusCode, HttpStatusCode.NotFound, $"GET /api/orders/{IdOf(unpaid)}");
        var left = await Get(_ada, $"api/orders/{IdOf(paid)}", cancellation);
        DemoFailedException.Unless(left["deliveryAddress"] is null, "The delivery address is still there.");
        Step($"Order {unpaid["number"]}, which nobody paid, is gone; order {paid["number"]} has lost its address and its tracking number.");
    }

    /// <returns>The erasure's reference.</returns>
    private async Task<string> Erase(JsonNode paid, CancellationToken cancellation)
    {
        var asked = await Done(_ada.PostAsync("api/account/erasure", null, cancellation), HttpStatusCode.Accepted, "POST /api/account/erasure");
        Step($"POST /api/account/erasure → 202, to be confirmed before {asked["confirmBefore"]!.GetValue<DateTimeOffset>():HH:mm:ss}");
        var confirmation = new { confirmation = asked["confirmation"]!.GetValue<string>() };
        var erased = await Done(_ada.PostAsJsonAsync("api/account/erasure", confirmation, cancellation), HttpStatusCode.OK, "POST /api/account/erasure with the confirmation");
        Step("POST /api/account/erasure with the confirmation → 200. What stays, why and until when:");
        Show(erased);
        var stays = erased["stays"]!.AsArray();
        DemoFailedException.Unless(stays.Count == 1 && stays[0]!["orderId"]!.GetValue<string>() == IdOf(paid), "Something else stays than the sale.");
        foreach (var path in (string[])["api/account", $"api/orders/{IdOf(paid)}", "api/account/export"])
            DemoFailedException.Unless((await _ada.GetAsync(path, cancellation)).StatusCode, HttpStatusCode.NotFound, $"GET /{path}");
        return erased["reference"]!.GetValue<string>();
    }

    private async Task VerifyReports(CancellationToken cancellation)
    {
        var chain = await Get(_officer, "api/privacy/purges", cancellation);
        DemoFailedException.Unless(chain["verified"]!.GetValue<bool>(), "The chain of reports is broken.");
        Step($"GET /api/privacy/purges → 200: {chain["items"]!.AsArray().Count} report{(chain["items"]!.AsArray().Count == 1 ? "" : "s")}, the chain is whole, policy {chain["items"]![0]!["policy"]}.");
    }

    private async Task OpenBreach(CancellationToken cancellation)
    {
        var now = (await Get(_officer, "admin/clock", cancellation))["now"]!.GetValue<DateTimeOffset>();
        var body = new { noticedAt = now.AddHours(-5), awareAt = now.AddHours(-3), whatHappened = "A laptop with order lists was stolen from a van." };
        var breach = await Done(_officer.PostAsJsonAsync("api/privacy/breaches", body, cancellation), HttpStatusCode.Created, "POST /api/privacy/breaches");
        var clock = breach["clock"]!;
        var left = clock["hoursLeft"]!.GetValue<double>();
        Step($"POST /api/privacy/breaches → 201: to be reported before {clock["dueAt"]!.GetValue<DateTimeOffset>():d MMMM yyyy HH:mm}, {left.ToString("0.0", CultureInfo.InvariantCulture)} hours left. Still missing: {string.Join(", ", breach["missing"]!.AsObject().Select(member => member.Key))}.");
        DemoFailedException.Unless(clock["state"]!.GetValue<string>() == "running" && left is > 68.9 and <= 69, "The clock does not show 72 hours less three.");
    }

    private static JsonNode? Newest(JsonNode purges) => purges["items"]!.AsArray().FirstOrDefault();

    private static int Number(JsonNode? report) => report?["number"]!.GetValue<int>() ?? 0;

    private static string IdOf(JsonNode order) => order["id"]!.GetValue<string>();

    private static string Sorted(JsonNode counts) => string.Join('\n', counts.AsArray().Select(count => count!.ToJsonString()).Order(StringComparer.Ordinal));

    private void Step(string text) => print($"\n{++_steps}. {text}");

    private void Show(JsonNode json) => print(json.ToJsonString(Readable));
}
