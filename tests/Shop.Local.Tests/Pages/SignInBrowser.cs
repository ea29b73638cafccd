using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace Shop.Local.Tests.Pages;

/// <summary>Signs in as the page does, with what <c>/storefront/settings.json</c> says: authorization code and PKCE.</summary>
internal sealed class SignInBrowser(string origin) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false }) { DefaultRequestHeaders = { { "Origin", origin } } };

    /// <returns>An access token for the API.</returns>
    public async Task<string> SignInAsync(JsonNode settings, string email)
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var clientId = settings["clientId"]!.GetValue<string>();
        var authority = settings["authority"]!.GetValue<string>();
        var discovery = (await _http.GetFromJsonAsync<JsonNode>($"{authority}/.well-known/openid-configuration", TestContext.Current.CancellationToken))!;
        discovery["issuer"]!.GetValue<string>().ShouldBe(authority);

        var code = await CodeAsync(discovery["authorization_endpoint"]!.GetValue<string>(), new()
        {
            ["client_id"] = clientId,
            ["response_type"] = "code",
            ["redirect_uri"] = $"{origin}/",
            ["scope"] = settings["scope"]!.GetValue<string>(),
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
            ["email"] = email,
        });
        var exchanged = await _http.PostAsync(
            discovery["token_endpoint"]!.GetValue<string>(),
            new FormUrlEncodedContent([new("client_id", clientId), new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", $"{origin}/"), new("code_verifier", verifier)]),
            TestContext.Current.CancellationToken);
        exchanged.StatusCode.ShouldBe(HttpStatusCode.OK);
        exchanged.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([origin]);
        return JsonNode.Parse(await exchanged.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["access_token"]!.GetValue<string>();
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> CodeAsync(string endpoint, Dictionary<string, string> form)
    {
        var sentBack = await _http.PostAsync(endpoint, new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
        sentBack.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        sentBack.Headers.Location!.GetLeftPart(UriPartial.Path).ShouldBe($"{origin}/");
        return HttpUtility.ParseQueryString(sentBack.Headers.Location.Query)["code"]!;
    }
}
