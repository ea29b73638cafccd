using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Identity.Web;

namespace Shop.Packages.Tests.Identity;

/// <summary>An authority at <c>https://</c>, as a real one is: nothing but instance, tenant and client is set.</summary>
public sealed class IssuerLookup(IssuerLookup.HttpsAuthority authority) : IClassFixture<IssuerLookup.HttpsAuthority>, IAsyncLifetime
{
    private ProtectedApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await ProtectedApi.Start(
        new()
        {
            ["Instance"] = authority.Instance,
            ["TenantId"] = Authority.Tenant,
            ["ClientId"] = Authority.Client,
        },
        builder =>
        {
            builder.Services.AddMicrosoftIdentityWebApiAuthentication(builder.Configuration);
            builder.Services.AddHttpClient("issuers").ConfigurePrimaryHttpMessageHandler(HttpsAuthority.Trusting);
            builder.Services.Configure<AadIssuerValidatorOptions>(options => options.HttpClientName = "issuers");
            builder.Services.Configure<JwtBearerOptions>(
                JwtBearerDefaults.AuthenticationScheme, options => options.BackchannelHttpHandler = HttpsAuthority.Trusting());
        });

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task The_issuer_is_the_one_that_the_discovery_document_names()
    {
        (await _api.Call(authority.Token())).Status.ShouldBe(HttpStatusCode.OK);
        var foreign = authority.Token(claims => claims["iss"] = "https://elsewhere.example/v2.0");
        (await _api.Call(foreign)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_of_another_tenant_is_refused()
    {
        var other = Guid.Empty.ToString();
        var token = authority.Token(claims =>
        {
            claims["tid"] = other;
            claims["iss"] = $"{authority.Instance}{other}/v2.0";
        });

        (await _api.Call(token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    public sealed class HttpsAuthority() : Authority("https://127.0.0.1:0", UseCertificate)
    {
        private static readonly X509Certificate2 Certificate = SelfSigned();

        public static HttpMessageHandler Trusting() => new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == Certificate.Thumbprint,
        };

        private static void UseCertificate(WebApplicationBuilder builder) =>
            builder.WebHost.UseKestrelHttpsConfiguration()
                .ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = Certificate));

        private static X509Certificate2 SelfSigned()
        {
            using var key = RSA.Create(2048);
            var now = TimeProvider.System.GetUtcNow();
            return new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        }
    }
}
