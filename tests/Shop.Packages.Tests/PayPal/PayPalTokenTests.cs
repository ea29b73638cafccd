using System.Net;
using System.Text;
using PaypalServerSdk.Standard;
using PaypalServerSdk.Standard.Exceptions;
using PaypalServerSdk.Standard.Models;
using static Shop.Packages.Tests.PayPal.PayPalTransport;

namespace Shop.Packages.Tests.PayPal;

public sealed class PayPalTokenTests
{
    private static readonly GetOrderInput SomeOrder = new() { Id = "5O1" };

    [Fact]
    public async Task A_token_is_fetched_when_the_first_call_needs_it_and_then_kept()
    {
        var transport = new PayPalTransport(Answer("{}"));
        var client = transport.Client();
        transport.TokenCalls.ShouldBeEmpty();

        await client.OrdersController.GetOrderAsync(SomeOrder, Stop);
        await client.PaymentsController.GetRefundAsync(new GetRefundInput { RefundId = "1" }, Stop);

        var token = transport.TokenCalls.ShouldHaveSingleItem();
        token.Method.ShouldBe(HttpMethod.Post);
        token.Uri.ToString().ShouldBe("https://api-m.sandbox.paypal.com/v1/oauth2/token");
        token.Header("Authorization").ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("id:secret")));
        token.ContentType.ShouldBe("application/x-www-form-urlencoded");
        token.Body.ShouldBe("grant_type=client_credentials");
        transport.Calls.ShouldAllBe(call => call.Header("Authorization") == "Bearer A21-1");
    }

    [Fact]
    public async Task Calls_at_the_same_time_share_one_token()
    {
        var transport = new PayPalTransport(Answer("{}"));
        var client = transport.Client();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => client.OrdersController.GetOrderAsync(SomeOrder))));

        transport.TokenCalls.Count.ShouldBe(1);
        transport.Calls.Count.ShouldBe(40);
    }

    [Fact]
    public async Task A_refused_token_is_kept_all_the_same()
    {
        var transport = new PayPalTransport(Answer("""{"error":"invalid_token"}""", 401), Answer("{}"));
        var client = transport.Client();

        await Should.ThrowAsync<ErrorException>(() => client.OrdersController.GetOrderAsync(SomeOrder));
        await client.OrdersController.GetOrderAsync(SomeOrder, Stop);

        transport.TokenCalls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(60, 1)]
    [InlineData(-60, 2)]
    public async Task Only_a_negative_clock_skew_renews_a_token_early(int skewSeconds, int fetched)
    {
        var transport = new PayPalTransport(Answer("{}")) { Token = number => Answer(TokenJson(number, expiresIn: 30))() };
        var client = transport.Client(TimeSpan.FromSeconds(skewSeconds));

        await client.OrdersController.GetOrderAsync(SomeOrder, Stop);
        await client.OrdersController.GetOrderAsync(SomeOrder, Stop);

        transport.TokenCalls.Count.ShouldBe(fetched);
    }

    [Theory]
    [InlineData("""{"access_token":"A21","token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"A21","token_type":"Bearer","expires_in":0}""")]
    public async Task A_token_that_does_not_say_how_long_it_lives_is_not_used(string token)
    {
        var transport = new PayPalTransport(Answer("{}")) { Token = _ => Answer(token)() };

        var refusal = await Should.ThrowAsync<ApiException>(() => transport.Client().OrdersController.GetOrderAsync(SomeOrder));

        refusal.Message.ShouldStartWith("OAuth token is expired");
        transport.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_credentials_are_told_apart()
    {
        var transport = new PayPalTransport(Answer("{}"))
        {
            Token = _ => Answer("""{"error":"invalid_client","error_description":"Client Authentication failed"}""", 401)(),
        };

        var refusal = await Should.ThrowAsync<OAuthProviderException>(() => transport.Client().OrdersController.GetOrderAsync(SomeOrder));

        refusal.Error.ShouldBe(OAuthProviderError.InvalidClient);
        refusal.ErrorDescription.ShouldBe("Client Authentication failed");
        refusal.ResponseCode.ShouldBe(401);
    }

    [Fact]
    public async Task After_a_failure_the_next_call_fetches_again()
    {
        var transport = new PayPalTransport(Answer("{}"))
        {
            Token = number => number == 1 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : Answer(TokenJson(number))(),
        };
        var client = transport.Client();

        var failure = await Should.ThrowAsync<ApiException>(() => client.OrdersController.GetOrderAsync(SomeOrder));
        await client.OrdersController.GetOrderAsync(SomeOrder, Stop);

        failure.ResponseCode.ShouldBe(503);
        transport.Only.Header("Authorization").ShouldBe("Bearer A21-2");
    }

    [Fact]
    public async Task A_token_can_be_fetched_for_calls_of_one_s_own_and_is_not_kept()
    {
        var transport = new PayPalTransport(Answer("{}"));
        var client = transport.Client();

        var token = await client.ClientCredentialsAuth.FetchTokenAsync();
        await client.OrdersController.GetOrderAsync(SomeOrder, Stop);

        token.AccessToken.ShouldBe("A21-1");
        token.TokenType.ShouldBe("Bearer");
        token.ExpiresIn.ShouldBe(32400);
        (token.Expiry!.Value - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).ShouldBeInRange(32300, 32400);
        transport.Only.Header("Authorization").ShouldBe("Bearer A21-2");
    }

    [Fact]
    public async Task A_client_without_credentials_is_built_and_fails_only_at_the_call()
    {
        var transport = new PayPalTransport(Answer("{}")) { Token = _ => Answer("""{"error":"invalid_client"}""", 401)() };
        var client = new PaypalServerSdkClient.Builder().HttpClientConfig(http => http.HttpClientInstance(new HttpClient(transport), false)).Build();

        client.ClientCredentialsAuthModel.ShouldBeNull();
        await Should.ThrowAsync<OAuthProviderException>(() => client.OrdersController.GetOrderAsync(SomeOrder));
    }
}
