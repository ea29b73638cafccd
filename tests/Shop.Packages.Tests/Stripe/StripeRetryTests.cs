using Stripe;
using static Shop.Packages.Tests.Stripe.StripeTransport;

namespace Shop.Packages.Tests.Stripe;

/// <summary>The back-off is real (half a second at least), so the cases that wait do so at once.</summary>
public sealed class StripeRetryTests
{
    private const string Ok = """{"id":"re_1","object":"refund"}""";
    private const string Error = """{"error":{"type":"api_error","message":"again"}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conflicts_server_errors_network_errors_timeouts_and_what_Stripe_asks_for_are_retried()
    {
        StripeTransport[] cases =
        [
            new(Answer(Error, 409), Answer(Ok)),
            new(Answer(Error, 500), Answer(Ok)),
            new(Answer(Error, 503), Answer(Ok)),
            new(Answer(Error, 429, ("Stripe-Should-Retry", "true")), Answer(Ok)),
            new(Answer(Error, 400, ("Stripe-Should-Retry", "true")), Answer(Ok)),
            new(Answer(Error, 500, ("Stripe-Should-Retry", "perhaps")), Answer(Ok)),
            new(() => throw new HttpRequestException("broken"), Answer(Ok)),
            new(() => throw new TaskCanceledException("timed out"), Answer(Ok)),
        ];

        var refunds = await Task.WhenAll(cases.Select(stripe =>
            stripe.Client(retries: 1).V1.Refunds.CreateAsync(new RefundCreateOptions { Amount = 7 }, cancellationToken: Cancellation)));

        foreach (var (stripe, refund) in cases.Zip(refunds))
        {
            refund.Id.ShouldBe("re_1");
            stripe.Attempts.Count.ShouldBe(2);
            stripe.Attempts.Select(a => a.Header("Idempotency-Key")).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
            stripe.Attempts.ShouldAllBe(a => a.Body == "amount=7");
        }
    }

    [Fact]
    public async Task Other_refusals_and_what_Stripe_says_not_to_repeat_are_not_retried()
    {
        StripeTransport[] cases =
        [
            new(Answer(Error, 429)),
            new(Answer(Error, 400)),
            new(Answer(Error, 402)),
            new(Answer(Error, 409, ("Stripe-Should-Retry", "false"))),
            new(Answer(Error, 500, ("Stripe-Should-Retry", "false"))),
        ];

        foreach (var stripe in cases)
        {
            await Should.ThrowAsync<StripeException>(
                () => stripe.Client(retries: 2).V1.Refunds.GetAsync("re_1", cancellationToken: Cancellation));
            stripe.Only.Method.ShouldBe(HttpMethod.Get);
        }
    }

    [Fact]
    public async Task After_the_last_retry_the_failure_comes_out_as_it_is()
    {
        var broken = new StripeTransport(() => throw new HttpRequestException("broken"));
        var slow = new StripeTransport(() => throw new TaskCanceledException("timed out"));
        var failing = new StripeTransport(Answer(Error, 500));

        var first = Should.ThrowAsync<HttpRequestException>(() => Get(broken, 1));
        var second = Should.ThrowAsync<TaskCanceledException>(() => Get(slow, 1));
        var third = Should.ThrowAsync<StripeException>(() => Get(failing, 1));

        (await first).Message.ShouldBe("broken");
        await second;
        ((int)(await third).HttpStatusCode).ShouldBe(500);
        new[] { broken, slow, failing }.ShouldAllBe(stripe => stripe.Attempts.Count == 2);
    }

    [Fact]
    public async Task Without_retries_a_failure_comes_out_at_once()
    {
        var stripe = new StripeTransport(() => throw new HttpRequestException("broken"));

        await Should.ThrowAsync<HttpRequestException>(() => Get(stripe, 0));

        stripe.Attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_its_caller_cancelled_is_not_retried()
    {
        using var cancelled = new CancellationTokenSource();
        var stripe = new StripeTransport(() =>
        {
            cancelled.Cancel();
            throw new TaskCanceledException("gone");
        });

        await Should.ThrowAsync<TaskCanceledException>(
            () => stripe.Client(retries: 2).V1.Refunds.GetAsync("re_1", cancellationToken: cancelled.Token));

        stripe.Attempts.Count.ShouldBe(1);
    }

    [Fact]
    public void The_defaults_are_two_retries_and_eighty_seconds()
    {
        SystemNetHttpClient.DefaultMaxNumberRetries.ShouldBe(2);
        SystemNetHttpClient.DefaultHttpTimeout.ShouldBe(TimeSpan.FromSeconds(80));
        SystemNetHttpClient.MinNetworkRetriesDelay.ShouldBe(TimeSpan.FromMilliseconds(500));
        SystemNetHttpClient.MaxNetworkRetriesDelay.ShouldBe(TimeSpan.FromSeconds(5));
        SystemNetHttpClient.BuildDefaultSystemNetHttpClient().Timeout.ShouldBe(TimeSpan.FromSeconds(80));
    }

    private static Task<Refund> Get(StripeTransport stripe, int retries) =>
        stripe.Client(retries).V1.Refunds.GetAsync("re_1", cancellationToken: Cancellation);
}
