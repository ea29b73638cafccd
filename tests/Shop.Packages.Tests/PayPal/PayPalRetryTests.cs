using PaypalServerSdk.Standard.Exceptions;
using PaypalServerSdk.Standard.Http.Client;
using PaypalServerSdk.Standard.Models;
using static Shop.Packages.Tests.PayPal.PayPalTransport;

namespace Shop.Packages.Tests.PayPal;

public sealed class PayPalRetryTests
{
    private static readonly GetOrderInput SomeOrder = new() { Id = "5O1" };
    private static readonly CaptureOrderInput SomeCapture = new() { Id = "5O1" };

    [Fact]
    public async Task A_failure_of_the_network_comes_through_as_it_is()
    {
        var transport = new PayPalTransport(Break());

        await Should.ThrowAsync<HttpRequestException>(() => transport.Client().OrdersController.GetOrderAsync(SomeOrder));

        transport.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_can_give_up()
    {
        using var givenUp = new CancellationTokenSource();
        await givenUp.CancelAsync();
        var transport = new PayPalTransport(Answer("{}"));

        await Should.ThrowAsync<OperationCanceledException>(() => transport.Client().OrdersController.GetOrderAsync(SomeOrder, givenUp.Token));

        transport.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_retried_by_default()
    {
        var transport = new PayPalTransport(Answer("{}", 503), Answer("{}"));
        var client = transport.Client(http: http => http.HttpClientInstance(new HttpClient(transport)));

        await Should.ThrowAsync<ErrorException>(() => client.OrdersController.GetOrderAsync(SomeOrder));

        transport.Calls.Count.ShouldBe(1);
        client.HttpClientConfiguration.NumberOfRetries.ShouldBe(0);
    }

    [Fact]
    public async Task Retries_are_off_where_the_client_s_own_settings_are_to_stay()
    {
        var transport = new PayPalTransport(Break(), Answer("{}"));
        using var own = new HttpClient(transport) { Timeout = TimeSpan.FromSeconds(7) };
        var client = transport.Client(http: http => Quick(http).Timeout(TimeSpan.FromSeconds(9)).HttpClientInstance(own, false));

        await Should.ThrowAsync<HttpRequestException>(() => client.OrdersController.GetOrderAsync(SomeOrder));

        transport.Calls.Count.ShouldBe(1);
        own.Timeout.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_broken_connection_is_retried_whatever_the_method()
    {
        var transport = new PayPalTransport(Break(), Answer("{}"));

        await Retrying(transport).OrdersController.CaptureOrderAsync(SomeCapture, Stop);

        transport.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_is_retried_only_for_reading()
    {
        var reading = new PayPalTransport(Answer("{}", 503), Answer("{}"));
        var writing = new PayPalTransport(Answer("{}", 503), Answer("{}"));

        await Retrying(reading).OrdersController.GetOrderAsync(SomeOrder, Stop);
        await Should.ThrowAsync<ErrorException>(() => Retrying(writing).OrdersController.CaptureOrderAsync(SomeCapture));

        reading.Calls.Count.ShouldBe(2);
        writing.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_last_answer_counts()
    {
        var transport = new PayPalTransport(Answer("{}", 429), Answer("{}", 500), Answer("{}", 503));

        var refusal = await Should.ThrowAsync<ErrorException>(() => Retrying(transport).OrdersController.GetOrderAsync(SomeOrder));

        refusal.ResponseCode.ShouldBe(503);
        transport.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_client_that_has_sent_something_cannot_be_reconfigured()
    {
        var transport = new PayPalTransport(Answer("{}"));
        using var used = new HttpClient(transport);
        (await used.GetAsync("https://paypal.test/", TestContext.Current.CancellationToken)).Dispose();

        Should.Throw<InvalidOperationException>(() => transport.Client(http: http => http.HttpClientInstance(used)));
        transport.Client(http: http => http.HttpClientInstance(used, false)).ShouldNotBeNull();
    }

    /// <summary>So a client made from another goes to PayPal's own host again.</summary>
    [Fact]
    public void A_client_made_from_another_has_lost_the_HTTP_configuration()
    {
        var transport = new PayPalTransport(Answer("{}"));
        var client = transport.Client(http: http => Quick(http).HttpClientInstance(new HttpClient(transport), false));

        var second = client.ToBuilder().Build();

        second.ClientCredentialsAuth.OAuthClientId.ShouldBe("id");
        second.HttpClientConfiguration.HttpClientInstance.ShouldNotBeSameAs(client.HttpClientConfiguration.HttpClientInstance);
        second.HttpClientConfiguration.NumberOfRetries.ShouldBe(0);
        second.HttpClientConfiguration.OverrideHttpClientConfiguration.ShouldBeTrue();
    }

    [Fact]
    public void The_defaults_are_the_vendor_s()
    {
        var defaults = new HttpClientConfiguration.Builder().Build();

        defaults.Timeout.ShouldBe(TimeSpan.FromSeconds(100));
        defaults.BackoffFactor.ShouldBe(2);
        defaults.RetryInterval.ShouldBe(1);
        defaults.MaximumRetryWaitTime.ShouldBe(TimeSpan.FromSeconds(120));
        defaults.StatusCodesToRetry.ShouldBe([408, 413, 429, 500, 502, 503, 504, 521, 522, 524]);
        defaults.RequestMethodsToRetry.ShouldBe([HttpMethod.Get, HttpMethod.Put]);
        defaults.OverrideHttpClientConfiguration.ShouldBeTrue();
        defaults.HttpClientInstance.Timeout.ShouldBe(TimeSpan.FromSeconds(100));
    }

    private static PaypalServerSdk.Standard.PaypalServerSdkClient Retrying(PayPalTransport transport) =>
        transport.Client(http: http => Quick(http).HttpClientInstance(new HttpClient(transport)));

    /// <summary>Two retries, with only the noise to wait for: a tenth of a second at most.</summary>
    private static HttpClientConfiguration.Builder Quick(HttpClientConfiguration.Builder http) => http.NumberOfRetries(2).RetryInterval(0);
}
