using PaypalServerSdk.Standard.Authentication;
using PaypalServerSdk.Standard.Controllers;
using PaypalServerSdk.Standard.Http;
using PaypalServerSdk.Standard.Http.Client;

namespace PaypalServerSdk.Standard;

/// <summary>The way to PayPal. Keep one: it holds the access token.</summary>
public sealed class PaypalServerSdkClient : IConfiguration
{
    private PaypalServerSdkClient(Environment environment, ClientCredentialsAuthModel credentials, HttpClientConfiguration http)
    {
        Environment = environment;
        HttpClientConfiguration = http;
        ClientCredentialsAuthModel = credentials;

        var transport = new Transport(http, GetBaseUri());
        OAuthAuthorizationController = new OAuthAuthorizationController(transport);
        var auth = new ClientCredentialsAuthManager(credentials, OAuthAuthorizationController);
        ClientCredentialsAuth = auth;
        OrdersController = new OrdersController(transport, auth);
        PaymentsController = new PaymentsController(transport, auth);
    }

    public OrdersController OrdersController { get; }

    public PaymentsController PaymentsController { get; }

    public OAuthAuthorizationController OAuthAuthorizationController { get; }

    public IHttpClientConfiguration HttpClientConfiguration { get; }

    public Environment Environment { get; }

    public IClientCredentialsAuth ClientCredentialsAuth { get; }

    /// <summary>Null if the client was built without an id or a secret.</summary>
    public ClientCredentialsAuthModel ClientCredentialsAuthModel { get; }

    public string GetBaseUri(Server alias = Server.Default) => Environment switch
    {
        Environment.Production => "https://api-m.paypal.com",
        _ => "https://api-m.sandbox.paypal.com",
    };

    /// <summary>As this client, but with the HTTP configuration back at its defaults.</summary>
    public Builder ToBuilder()
    {
        var builder = new Builder().Environment(Environment);
        return ClientCredentialsAuthModel is null
            ? builder
            : builder.ClientCredentialsAuth(ClientCredentialsAuthModel.ToBuilder().Build());
    }

    public class Builder
    {
        private readonly HttpClientConfiguration.Builder http = new();
        private Environment environment = Standard.Environment.Sandbox;
        private ClientCredentialsAuthModel credentials = new();

        public Builder ClientCredentialsAuth(ClientCredentialsAuthModel clientCredentialsAuthModel)
        {
            credentials = clientCredentialsAuthModel ?? throw new ArgumentNullException(nameof(clientCredentialsAuthModel));
            return this;
        }

        public Builder Environment(Environment environment)
        {
            this.environment = environment;
            return this;
        }

        public Builder HttpClientConfig(Action<HttpClientConfiguration.Builder> action)
        {
            ArgumentNullException.ThrowIfNull(action);
            action(http);
            return this;
        }

        public PaypalServerSdkClient Build()
        {
            var complete = credentials?.OAuthClientId is not null && credentials.OAuthClientSecret is not null;
            return new PaypalServerSdkClient(environment, complete ? credentials : null, http.Build());
        }
    }
}
