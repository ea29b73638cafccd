using System.Text.Json;
using Stripe;
using static Shop.Packages.Tests.Stripe.StripeTransport;

namespace Shop.Packages.Tests.Stripe;

public sealed class StripeTelemetryTests
{
    [Fact]
    public async Task With_telemetry_the_next_call_reports_the_last_one_and_an_id_is_kept_in_the_configuration_directory()
    {
        var directory = Directory.CreateTempSubdirectory("stripe-telemetry");
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", directory.FullName);
        try
        {
            var stripe = new StripeTransport(Answer("""{"id":"re_1"}""", 200, ("Request-Id", "req_1")));
            var http = new SystemNetHttpClient(new HttpClient(stripe), maxNetworkRetries: 0);
            var client = new StripeClient("sk_test_123", httpClient: http, apiBase: "http://stripe.test");

            await client.V1.Refunds.GetAsync("re_1", cancellationToken: TestContext.Current.CancellationToken);
            await client.V1.Refunds.GetAsync("re_1", cancellationToken: TestContext.Current.CancellationToken);

            stripe.Attempts[0].Header("X-Stripe-Client-Telemetry").ShouldBeNull();
            using var report = JsonDocument.Parse(stripe.Attempts[1].Header("X-Stripe-Client-Telemetry")!);
            var last = report.RootElement.GetProperty("last_request_metrics");
            last.GetProperty("request_id").GetString().ShouldBe("req_1");
            last.GetProperty("request_duration_ms").GetInt64().ShouldBeGreaterThanOrEqualTo(0);
            last.GetProperty("usage").EnumerateArray().Select(u => u.GetString()).ShouldBe(["stripe_client"]);
            var id = await System.IO.File.ReadAllTextAsync(
                Path.Combine(directory.FullName, "stripe", "telemetry_id"), TestContext.Current.CancellationToken);
            id.Trim().Length.ShouldBe(32);
            stripe.Attempts[0].Header("X-Stripe-Client-User-Agent")!.ShouldContain(id.Trim());
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", null);
            directory.Delete(recursive: true);
        }
    }
}
