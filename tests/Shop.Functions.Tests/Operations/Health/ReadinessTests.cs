using System.Net;
using System.Text;
using Shop.Functions.Payments.PayPal;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Payments.Stripe;

namespace Shop.Functions.Tests.Operations.Health;

/// <summary>The app after a first deployment, when the vault's secrets are still to be written: it runs, says so, and takes no money.</summary>
public sealed class ReadinessTests(StorageEmulator emulator)
{
    private const string Unresolved = "@Microsoft.KeyVault(SecretUri=https://kv-1.vault.azure.net/secrets/stripe-webhook-secret)";

    [Fact]
    public async Task A_shop_with_all_its_secrets_is_ready()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ready = await shop.Anonymous().GetAsync("api/health/ready", TestContext.Current.CancellationToken);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ready.JsonAsync())["ready"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Operators_see_how_each_provider_is_reconciled_and_nobody_else_does()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await shop.Host.InvokeAsync("ReconcileEvents", null, TestContext.Current.CancellationToken);
        shop.Clock.Advance(TimeSpan.FromMinutes(90));

        var detail = (await shop.As("olga@example.com", "Shop.Operator").ReadAsync("api/health/ready"))["parts"]!.AsArray().Single(part => part!["name"]!.GetValue<string>() == "stripe")!["detail"]!;
        detail["lagSeconds"]!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(90 * 60);
        detail["isLate"]!.GetValue<bool>().ShouldBeTrue();
        detail["lastSuccessAt"]!.GetValue<DateTimeOffset>().ShouldBe(shop.Clock.GetUtcNow() - TimeSpan.FromMinutes(90));
        foreach (var other in (HttpClient[])[shop.Anonymous(), shop.As("fred@example.com", "Shop.Fulfilment")])
            (await other.ReadAsync("api/health/ready"))["parts"]!.AsArray().ShouldAllBe(part => part!["detail"] == null);
    }

    [Fact]
    public async Task While_storage_does_not_answer_it_lives_and_is_not_ready_and_asking_again_asks_nobody()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var gate = shop.Calls.Hold(request => request.RequestUri!.AbsolutePath.Contains("/reconciliation", StringComparison.Ordinal));
        var operations = shop.As("olga@example.com", "Shop.Operator");

        var asking = operations.GetAsync("api/health/ready", TestContext.Current.CancellationToken);
        await gate.ArrivedAsync();
        shop.Clock.Advance(TimeSpan.FromSeconds(6));
        gate.Open();
        var ready = await asking;
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var tables = (await ready.JsonAsync())["parts"]![0]!;
        (tables["name"]!.GetValue<string>(), tables["status"]!.GetValue<string>(), tables["detail"]!["failure"]!.GetValue<string>()).ShouldBe(("tables", "not_answering", "no_answer"));

        shop.Calls.Reset();
        (await operations.GetAsync("api/health/ready", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await shop.Anonymous().ReadAsync("api/health/live"))["status"]!.GetValue<string>().ShouldBe("live");
        shop.Calls.Calls.ShouldBeEmpty();
        shop.Clock.Advance(TimeSpan.FromSeconds(11));
        (await operations.GetAsync("api/health/ready", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_its_secrets_a_provider_is_named_its_payments_are_refused_and_its_webhooks_put_off()
    {
        await using var shop = await RunningShop.StartAsync(emulator, new Dictionary<string, string?> { ["Stripe:WebhookSecrets:0"] = Unresolved });
        var ready = await shop.Anonymous().GetAsync("api/health/ready", TestContext.Current.CancellationToken);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.JsonAsync())["parts"]!.AsArray().Select(part => (part!["name"]!.GetValue<string>(), part["status"]!.GetValue<string>()))
            .ShouldBe([("tables", "ready"), ("queues", "ready"), ("stripe", "not_configured"), ("paypal", "ready"), ("mail", "ready"), ("links", "ready"), ("newsletter", "ready"), ("carrier-parcelco", "ready")]);

        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await (await ada.StartPaymentAsync(order)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "provider-not-set-up");
        (await ada.PaymentStatusAsync(order)).ShouldBe("awaiting");
        shop.Stripe.Sessions.ShouldBeEmpty();

        const string Body = "{}";
        using var forged = new HttpRequestMessage(HttpMethod.Post, "api/webhooks/stripe") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        forged.Headers.TryAddWithoutValidation("Stripe-Signature", Webhook.Sign(shop, Body, Unresolved));
        var answer = await shop.Anonymous().SendAsync(forged, TestContext.Current.CancellationToken);
        await answer.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "provider-not-set-up");
    }

    [Theory]
    [InlineData(Unresolved, "whsec_abc", false)]
    [InlineData("sk_test_abc", Unresolved, false)]
    [InlineData("sk_test_abc", "whsec_abc", true)]
    public void Stripe_starts_with_references_that_lead_nowhere_and_knows_that_it_is_not_set_up(string key, string secret, bool isSetUp)
    {
        var options = new StripeOptions { ApiKey = key, WebhookSecrets = [secret] };
        options.Validate(new(options)).ShouldBeEmpty();
        options.IsSetUp.ShouldBe(isSetUp);
    }

    [Theory]
    [InlineData(Unresolved, "WH1", false)]
    [InlineData("secret", Unresolved, false)]
    [InlineData("secret", "WH1", true)]
    public void PayPal_starts_with_references_that_lead_nowhere_and_knows_that_it_is_not_set_up(string secret, string webhookId, bool isSetUp)
    {
        var options = new PayPalOptions { ClientId = "client", ClientSecret = secret, WebhookIds = [webhookId] };
        options.Validate(new(options)).ShouldBeEmpty();
        options.IsSetUp.ShouldBe(isSetUp);
    }
}
