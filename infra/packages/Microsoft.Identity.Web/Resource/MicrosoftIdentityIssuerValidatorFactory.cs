using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Validators;

namespace Microsoft.Identity.Web
{
    /// <summary>Names the HTTP client with which issuers are looked up; null means one of its own.</summary>
    public class AadIssuerValidatorOptions
    {
        public string? HttpClientName { get; set; }
    }
}

namespace Microsoft.Identity.Web.Resource
{
    /// <summary>Gives the check of a token's issuer against the authority's discovery document.</summary>
    public class MicrosoftIdentityIssuerValidatorFactory
    {
        private readonly HttpClient? _http;

        public MicrosoftIdentityIssuerValidatorFactory(
            IOptions<AadIssuerValidatorOptions> aadIssuerValidatorOptions, IHttpClientFactory httpClientFactory)
        {
            var name = aadIssuerValidatorOptions.Value.HttpClientName;
            _http = string.IsNullOrEmpty(name) ? null : httpClientFactory.CreateClient(name);
        }

        public AadIssuerValidator GetAadIssuerValidator(string aadAuthority) =>
            AadIssuerValidator.GetAadIssuerValidator(aadAuthority, _http);
    }
}
