using PaypalServerSdk.Standard.Authentication;

namespace PaypalServerSdk.Standard;

public interface IConfiguration
{
    Environment Environment { get; }

    IClientCredentialsAuth ClientCredentialsAuth { get; }

    ClientCredentialsAuthModel ClientCredentialsAuthModel { get; }

    string GetBaseUri(Server alias = Server.Default);
}
