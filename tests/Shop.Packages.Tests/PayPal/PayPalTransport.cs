using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PaypalServerSdk.Standard;
using PaypalServerSdk.Standard.Authentication;
using PaypalServerSdk.Standard.Http.Client;

namespace Shop.Packages.Tests.PayPal;

/// <summary>One attempt as it went over the wire.</summary>
internal sealed record PayPalAttempt(HttpMethod Method, Uri Uri, HttpRequestHeaders Headers, string? ContentType, string? Body)
{
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join("|", values) : null;
}

/// <summary>Plays PayPal: gives out tokens that are numbered, and answers each other call with the next prepared answer, the last again and again.</summary>
internal sealed class PayPalTransport(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    private readonly Lock mutex = new();

    /// <summary>The calls for a token.</summary>
    public List<PayPalAttempt> TokenCalls { get; } = [];

    /// <summary>The other calls.</summary>
    public List<PayPalAttempt> Calls { get; } = [];

    public PayPalAttempt Only => Calls.ShouldHaveSingleItem();

    public Func<int, HttpResponseMessage> Token { get; init; } = number => Answer(TokenJson(number))();

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static string TokenJson(int number, int expiresIn = 32400) =>
        $$"""{"scope":"https://uri.paypal.com/services","access_token":"A21-{{number}}","token_type":"Bearer","app_id":"APP-1","expires_in":{{expiresIn}},"nonce":"n"}""";

    public static Func<HttpResponseMessage> Answer(string text, int status = 200, params (string Name, string Value)[] headers) =>
        () =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in headers)
            {
                response.Headers.Add(name, value);
            }

            return response;
        };

    public static Func<HttpResponseMessage> Break() => () => throw new HttpRequestException("The network is gone.");

    public PaypalServerSdkClient Client(TimeSpan? clockSkew = null, Action<HttpClientConfiguration.Builder>? http = null) =>
        new PaypalServerSdkClient.Builder()
            .ClientCredentialsAuth(new ClientCredentialsAuthModel.Builder("id", "secret").OAuthClockSkew(clockSkew).Build())
            .Environment(PaypalServerSdk.Standard.Environment.Sandbox)
            .HttpClientConfig(http ?? (builder => builder.HttpClientInstance(new HttpClient(this), false)))
            .Build();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var attempt = new PayPalAttempt(
            request.Method, request.RequestUri!, request.Headers, request.Content?.Headers.ContentType?.ToString(), body);
        HttpResponseMessage answer;
        lock (mutex)
        {
            if (request.RequestUri!.AbsolutePath == "/v1/oauth2/token")
            {
                TokenCalls.Add(attempt);
                answer = Token(TokenCalls.Count);
            }
            else
            {
                Calls.Add(attempt);
                answer = answers[Math.Min(Calls.Count, answers.Length) - 1]();
            }
        }

        answer.RequestMessage = request;
        return answer;
    }
}
