using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Stripe;

namespace Shop.Packages.Tests.Stripe;

/// <summary>One attempt as it went over the wire.</summary>
internal sealed record Attempt(HttpMethod Method, Uri Uri, HttpRequestHeaders Headers, string? ContentType, string? Body)
{
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join("|", values) : null;

    /// <summary>The form fields in the order sent, decoded.</summary>
    public string[] Fields => [.. (Body ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries).Select(f => WebUtility.UrlDecode(f)!)];
}

/// <summary>Plays Stripe: each attempt gets the next prepared answer, the last one again and again.</summary>
internal sealed class StripeTransport(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    public List<Attempt> Attempts { get; } = [];

    public Attempt Only => Attempts.ShouldHaveSingleItem();

    public static Func<HttpResponseMessage> Answer(string json, int status = 200, params (string Name, string Value)[] headers) =>
        () =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status)
            {
                Content = new StringContent(json, Encoding.UTF8, "application/json"),
            };
            foreach (var (name, value) in headers)
            {
                response.Headers.Add(name, value);
            }

            return response;
        };

    /// <summary>A client without retries or telemetry, unless asked for.</summary>
    public StripeClient Client(int retries = 0) =>
        new("sk_test_123", httpClient: Http(retries), apiBase: "http://stripe.test");

    public SystemNetHttpClient Http(int retries = 0) => new(new HttpClient(this), retries, enableTelemetry: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Attempts.Add(new Attempt(
            request.Method, request.RequestUri!, request.Headers, request.Content?.Headers.ContentType?.ToString(), body));
        return answers[Math.Min(Attempts.Count, answers.Length) - 1]();
    }
}
