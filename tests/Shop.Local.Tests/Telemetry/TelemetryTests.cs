using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Local.Stripe;
using Shop.Local.Telemetry;

namespace Shop.Local.Tests.Telemetry;

/// <summary>What the app's own process tells of itself to a receiver of OpenTelemetry's protocol: one shop for all of it.</summary>
public sealed class TelemetryTests
{
    private const string Name = "Augusta Unheard-of";
    /// <summary>In bytes; 1.5 MB a day and instance.</summary>
    private const int MostOfAnIdleMinute = 1024;

    private const string Email = "augusta.unheard@example.com";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_and_what_becomes_of_its_order_are_one_trace_that_names_nobody_and_idle_timers_tell_nothing()
    {
        await using var shop = await LocalShop.StartAsync(
            new LocalShopOptions { Ports = LocalPorts.Free, SettingsFile = LocalSettings.Sample, Automatic = false, Telemetry = true }, Stop);
        var told = shop.Telemetry.ShouldNotBeNull();
        using var customer = new HttpClient { BaseAddress = shop.Host.Address };
        customer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shop.SignIn!.IssueToken(Email));
        var order = await PaidOrderAsync(shop, customer);

        var look = await ArrivedAsync(told, span => span.Name == "process AdvanceOrder");
        var applied = told.Traces.SelectMany(spans => spans).First(span => span.Name == "process ApplyPaymentEvent");

        applied.Attributes["shop.order.id"].ShouldBe(order);
        applied.Attributes["shop.payment.status"].ShouldBe("paid");
        var trace = told.Trace(applied.TraceId);
        var webhook = trace.First(span => span.Name == "POST webhooks/stripe");
        webhook.ParentId.ShouldBeEmpty("the trace begins with the delivery");
        Under(trace, webhook).ShouldContain(span => span.Name == "function ReceiveStripeWebhook");
        Under(trace, webhook).ShouldContain(applied);
        Under(trace, applied).ShouldContain(span => span.Source.StartsWith("Azure.Data.Tables", StringComparison.Ordinal) && span.Name == "TableClient.UpdateEntity" && span.Attributes["url.full"].EndsWith("/orders", StringComparison.Ordinal), "the order's change");
        look.TraceId.ShouldBe(applied.TraceId);

        await MetricAsync(told, "shop.payment.latency", "shop.provider=stripe");
        await MetricAsync(told, "shop.webhook.deliveries", "shop.outcome=queued shop.provider=stripe");
        await ShouldShowAsync(shop, applied.TraceId);
        await ShouldTellNothingWhileIdleAsync(shop, told);
        var said = told.Traces.SelectMany(spans => spans).Select(span => span.Text).Concat(told.Metrics.Select(metric => $"{metric.Name} {metric.Attributes}")).ToList();
        said.Count.ShouldBeGreaterThan(20);
        // Nor whose account it is: a trace outlives an erasure.
        var accountId = (await customer.GetFromJsonAsync<JsonObject>("api/account", Stop))!["id"]!.GetValue<string>();
        foreach (var value in (string[])[Name, accountId, "Unheard", Email, "12 St James", shop.SignIn.IssueToken(Email)[..20]])
            said.ShouldAllBe(text => !text.Contains(value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A minute of an idle shop is one run of the timer that sends what is due. One request tells that all is told that there was.</summary>
    private static async Task ShouldTellNothingWhileIdleAsync(LocalShop shop, TelemetryReceiver told)
    {
        using var visitor = new HttpClient { BaseAddress = shop.Host.Address };
        var before = await BytesOfRequestAsync();
        await NextMetricsAsync();
        var (traces, metrics) = (told.Traces.Count, told.Metrics);
        var (bytes, requests, spansBefore) = (told.MetricBytes, told.MetricRequests, told.SpanBytes);

        await shop.Host.InvokeAsync("SweepOrders", null, Stop);
        await NextMetricsAsync();
        await BytesOfRequestAsync();

        told.Traces.Count.ShouldBe(traces + 1, "the request's");
        told.Metrics.ShouldBe(metrics);
        // Numbers are told once a minute, also when there are none.
        var spans = told.SpanBytes - spansBefore - before;
        var numbers = (told.MetricBytes - bytes) / (told.MetricRequests - requests);
        (spans + numbers).ShouldBeLessThan(MostOfAnIdleMinute, $"{spans} bytes of spans and {numbers} of numbers");

        async Task<long> BytesOfRequestAsync()
        {
            var (bytes, id) = (told.SpanBytes, System.Diagnostics.ActivityTraceId.CreateRandom().ToHexString());
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/products/BOOK-POWER");
            request.Headers.Add("traceparent", $"00-{id}-b7ad6b7169203331-01");
            (await visitor.SendAsync(request, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
            await ArrivedAsync(told, span => span.TraceId == id && span.Name == "function ReadProduct");
            return told.SpanBytes - bytes;
        }

        async Task NextMetricsAsync()
        {
            var requests = told.MetricRequests;
            // The first may have been on its way already.
            await UntilAsync(() => told.MetricRequests > requests + 1);
        }
    }

    private static async Task ShouldShowAsync(LocalShop shop, string traceId)
    {
        using var browser = new HttpClient { BaseAddress = shop.Host.Address };
        var list = await browser.GetStringAsync("telemetry", Stop);
        list.ShouldContain($"/telemetry/traces/{traceId}");
        list.ShouldContain("shop.payment.latency");
        (await browser.GetStringAsync($"telemetry/traces/{traceId}", Stop)).ShouldContain("process ApplyPaymentEvent");
        (await browser.GetAsync("telemetry/traces/0", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.PostAsync("telemetry/v1/traces", new StringContent("{}"), Stop)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    private static async Task<string> PaidOrderAsync(LocalShop shop, HttpClient customer)
    {
        (await customer.PostAsJsonAsync("api/account", new { name = Name }, Stop)).EnsureSuccessStatusCode();
        var order = await (await customer.PlaceOrderAsync("order-1", "UPS-LI-1500", name: Name)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Stop);
        var id = order!["id"]!.GetValue<string>();
        (await customer.PostAsJsonAsync($"api/orders/{id}/payments", new { provider = "stripe", returnUrl = $"{shop.Host.Address}back", cancelUrl = $"{shop.Host.Address}back" }, Stop)).EnsureSuccessStatusCode();
        await shop.Stripe!.PayAsync(shop.Stripe.Sessions[0].Id, PaymentOutcome.Succeeds);
        await shop.Stripe.DeliverAsync(Stop);
        await shop.Host.DrainQueuesAsync(Stop);
        return id;
    }

    private static async Task<ReceivedSpan> ArrivedAsync(TelemetryReceiver told, Func<ReceivedSpan, bool> matches)
    {
        ReceivedSpan? found = null;
        await UntilAsync(() => (found = told.Traces.SelectMany(spans => spans).FirstOrDefault(matches)) is not null);
        return found!;
    }

    private static Task MetricAsync(TelemetryReceiver told, string name, string attributes) =>
        UntilAsync(() => told.Metrics.Any(metric => metric.Name == name && metric.Attributes == attributes));

    private static async Task UntilAsync(Func<bool> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(LongestWait);
            await Task.Delay(BetweenLooks, TimeProvider.System, Stop);
        }
    }

    /// <returns>All spans that the one is above of.</returns>
    private static IEnumerable<ReceivedSpan> Under(IReadOnlyList<ReceivedSpan> trace, ReceivedSpan one) =>
        trace.Where(span => span.ParentId == one.Id).SelectMany(span => Under(trace, span).Prepend(span));
}
