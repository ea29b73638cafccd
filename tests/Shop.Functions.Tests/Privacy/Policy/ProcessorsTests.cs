using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.RegularExpressions;
using Shop.Functions.Messages;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Newsletter;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Privacy.Policy;

/// <summary>Who receives what: as it is published, and as it is really sent.</summary>
[Collection(nameof(WholeProcess))]
public sealed partial class ProcessorsTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anyone_may_read_the_register_and_all_that_the_policy_names_are_in_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var response = await shop.Anonymous().GetAsync("api/privacy/processors", Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var processors = (await response.JsonAsync())["processors"]!.AsArray();
        processors.Select(processor => processor!["name"]!.GetValue<string>()).ShouldBe(
            ["Cartevo", "Disqus", "Google", "Microsoft", "PayPal", "QuoteValet", "Rackspace", "Stripe", "The mail server's operator", "Vertical Response"]);
        processors.Count(processor => processor!["privacyPolicy"] is not null).ShouldBe(9);
        var stripe = processors.Single(processor => processor!["name"]!.GetValue<string>() == "Stripe")!["disclosures"]!.AsArray().ShouldHaveSingleItem()!;
        stripe["dataClasses"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldBe(["order_fiscal", "payment_reference"]);
        stripe["source"]!.GetValue<string>().ShouldBe("shop");
        await (await shop.Anonymous().GetAsync("api/privacy/processors", response.Tag())).ShouldBeUnchangedAsync(response.Tag());
    }

    [Fact]
    public void Everything_that_sends_data_out_states_to_whom()
    {
        var senders = typeof(Processors).Assembly.GetTypes()
            .Where(type => type.GetField("HttpClientName", BindingFlags.Public | BindingFlags.Static) is not null).Append(typeof(SmtpMail)).ToList();
        senders.Count.ShouldBeGreaterThanOrEqualTo(4);
        senders.Where(type => !type.IsDefined(typeof(DisclosesAttribute))).ShouldBeEmpty();
        // Its mail is the one to staff that names a customer: what is said of the others is not true of it.
        typeof(UntoldRecipientMail).GetCustomAttributes<DisclosesAttribute>().ShouldHaveSingleItem().DataClasses.ShouldBe([DataClass.Contact]);
    }

    [Fact]
    public async Task What_the_shop_sends_goes_to_whom_the_register_names_and_to_payment_providers_nothing_that_identifies_a_person()
    {
        using var connections = new Connections();
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Calls.KeepsBodies = true;
        var person = await MainJobAsync(shop);

        var known = Known(shop);
        connections.Opened.ShouldAllBe(to => IPAddress.IsLoopback(to.Address));
        connections.Opened.Select(to => to.Port).Distinct().Except(known.Keys).ShouldBeEmpty("somebody else was called");
        var named = connections.Opened.Select(to => known[to.Port]).OfType<string>().Distinct().ToList();
        named.ShouldBe(["Microsoft", "PayPal", "Stripe", "The mail server's operator", "Vertical Response"], ignoreOrder: true);
        named.Except(Processors.OfShop.Where(one => one.Disclosures.Any(sent => sent.Source == DisclosureSource.Shop)).Select(one => one.Name)).ShouldBeEmpty();

        var sent = shop.Calls.Sent.Where(request => known[request.Address.Port] is "Stripe" or "PayPal").ToList();
        sent.Count(request => request.Body is not null).ShouldBeGreaterThanOrEqualTo(6);
        foreach (var request in sent)
        {
            foreach (var value in person.Values) request.Text.ShouldNotContain(value, Case.Insensitive, $"{request.Call} names the person");
            request.Headers.ShouldNotContain("Referer");
            request.Headers.ShouldNotContain("Cookie");
        }

        // Otherwise it would prove nothing: the same values do go to storage, and what is registered does go to the providers.
        foreach (var value in person.Values) shop.Calls.Sent.ShouldContain(request => request.Text.Contains(value, StringComparison.OrdinalIgnoreCase), value);
        foreach (var provider in new[] { "Stripe", "PayPal" })
            sent.ShouldContain(request => known[request.Address.Port] == provider && OrderNumber().IsMatch(request.Text));
        foreach (var mail in shop.Mail.Mails)
        {
            // What concerns the person goes to nobody else, and says no more of them than their name.
            var theirs = mail.To.Contains($"{person.Values[0]}@example.com") ? person.Values.Where(value => value == person.Values[0] || value.StartsWith("Name", StringComparison.Ordinal)) : [];
            foreach (var value in person.Values.Except(theirs)) (mail.Raw + mail.Text).ShouldNotContain(value, Case.Insensitive);
        }
    }

    [Fact]
    public async Task A_connection_to_anybody_would_be_seen()
    {
        using var connections = new Connections();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var socket = new TcpClient();
        await socket.ConnectAsync((IPEndPoint)other.LocalEndpoint, Stop);
        connections.Opened.ShouldHaveSingleItem().ShouldBe((IPEndPoint)other.LocalEndpoint);
    }

    /// <summary>Account, addresses, consents, orders paid and sent back at both providers, one of them paid twice, tracking, and a mail.</summary>
    private static async Task<Person> MainJobAsync(RunningShop shop)
    {
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 7);
        var twice = await person.Client.OrderAsync("twice", Order("twice"));
        await shop.Stripe.PayAsync(await person.Client.CheckoutAsync(twice), PaymentOutcome.Succeeds);
        await shop.Stripe.PayAsync(await shop.OpenUnnotedPageAsync(twice, attempt: 2), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        shop.Stripe.Refunds.Count.ShouldBe(2);
        var order = await person.Client.OrderAsync("paypal", Order("paypal"));
        await shop.PayPal.ApproveAsync(await person.Client.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        (await person.Client.PaymentStatusAsync(order)).ShouldBe("paid");
        await shop.PayPal.RefundAsync(shop.PayPal.Captures.Single().Id);
        await shop.SettleAsync();
        await person.Client.ReadAsync($"api/orders/{order}/tracking");
        await shop.LookAtAsync(order);
        await shop.OpenBreachAsync(TimeSpan.FromHours(70), new() { ["scope"] = new System.Text.Json.Nodes.JsonObject { ["accounts"] = new System.Text.Json.Nodes.JsonArray(person.AccountId) } });
        await shop.WatchAsync();
        await shop.SettleAsync();
        shop.Mail.Mails.ShouldNotBeEmpty();
        await shop.Anonymous().AskForNewsletterAsync("somebody.else@example.com");
        (await shop.Anonymous().PressAsync(shop.Mail.LinkTo("somebody.else@example.com"))).EnsureSuccessStatusCode();
        return person;

        object Order(string city) => new
        {
            lines = new[] { new { sku = "UPS-LI-1500", quantity = 1 } },
            deliveryAddress = new { name = Own("Recipient"), line1 = Own("Line"), city, postcode = "N1", country = "GB" },
            purchaseOrderNumber = Own("PO"),
        };

        string Own(string what) => person.Values.First(value => value.StartsWith(what, StringComparison.Ordinal));
    }

    /// <summary>Who is behind which port; null for the shop itself.</summary>
    private static Dictionary<int, string?> Known(RunningShop shop)
    {
        var known = StoragePort().Matches(shop.StorageConnectionString).ToDictionary(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), _ => (string?)"Microsoft");
        known[shop.SignIn.Address.Port] = "Microsoft";
        known[shop.Stripe.Address.Port] = "Stripe";
        known[shop.PayPal.Address.Port] = "PayPal";
        known[shop.Newsletter.Address.Port] = "Vertical Response";
        known[shop.Mail.Port] = "The mail server's operator";
        known[shop.Host.Address.Port] = null;
        return known;
    }

    [GeneratedRegex(@"Endpoint=http://127\.0\.0\.1:(\d+)/")]
    private static partial Regex StoragePort();

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex OrderNumber();
}
