using System.Net;

namespace Shop.Local.Tests.SignIn;

public sealed class SignInAuthorityTests(SignInTest.SharedAuthority shared) : SignInTest(shared)
{
    [Fact]
    public async Task A_storefront_signs_someone_in_with_a_code_and_pkce_and_the_tokens_validate_through_discovery()
    {
        var page = await Browser.GetAsync(AuthorizeUrl(), Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);

        var html = await page.Content.ReadAsStringAsync(Cancellation);
        var back = await SubmitAsync(html, "Ada@Example.com", "Ada Lovelace", "Shop.Finance", "Shop.Privacy");
        back.AbsoluteUri.ShouldStartWith(RedirectUri + "?code=");
        Query(back)["state"].ShouldBe("the state & more");

        var tokens = await RedeemAsync(Query(back)["code"]);
        var access = await ValidateAsync((string)tokens["access_token"]!, ApiClientId);
        Claim(access, "ver").ShouldBe("2.0");
        Claim(access, "preferred_username").ShouldBe("Ada@Example.com");
        Claim(access, "email").ShouldBe("Ada@Example.com");
        Claim(access, "name").ShouldBe("Ada Lovelace");
        Claim(access, "scp").ShouldBe("Shop.Access");
        Claim(access, "azp").ShouldBe(StorefrontClientId);
        Guid.TryParse(Claim(access, "oid"), out _).ShouldBeTrue();
        access.ClaimsIdentity.FindAll("roles").Select(role => role.Value).ShouldBe(["Shop.Finance", "Shop.Privacy"]);

        var id = await ValidateAsync((string)tokens["id_token"]!, StorefrontClientId);
        Claim(id, "nonce").ShouldBe("the nonce");
        Claim(id, "oid").ShouldBe(Claim(access, "oid"));
        Claim(id, "sub").ShouldNotBe(Claim(access, "oid"));
    }

    [Fact]
    public async Task Whoever_has_signed_in_is_known_to_their_browser_until_they_sign_out()
    {
        async Task<Dictionary<string, string>> AskedSilentlyAsync() => Query((await Browser.GetAsync(AuthorizeUrl() + "&prompt=none", Cancellation)).Headers.Location!);
        (await AskedSilentlyAsync())["error"].ShouldBe("login_required");
        await SubmitAsync(await (await Browser.GetAsync(AuthorizeUrl(), Cancellation)).Content.ReadAsStringAsync(Cancellation), "ada@example.com", "", "Shop.Finance");

        var access = await ValidateAsync((string)(await RedeemAsync((await AskedSilentlyAsync())["code"]))["access_token"]!, ApiClientId);
        (Claim(access, "email"), Claim(access, "roles")).ShouldBe(("ada@example.com", "Shop.Finance"));

        await Browser.GetAsync($"{Tenant}/oauth2/v2.0/logout", Cancellation);
        (await AskedSilentlyAsync())["error"].ShouldBe("login_required");
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var code = await CodeAsync();
        await RedeemAsync(code);
        (await TokenAsync(CodeForm(code, Verifier))).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_code_without_its_verifier_is_worth_nothing()
    {
        (await TokenAsync(CodeForm(await CodeAsync(), "another-verifier-of-at-least-forty-three-characters"))).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_request_without_pkce_is_sent_back_with_an_error()
    {
        var answer = await Browser.GetAsync(AuthorizeUrl(challenge: ""), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var query = Query(answer.Headers.Location!);
        query["error"].ShouldBe("invalid_request");
        query["state"].ShouldBe("the state & more");
    }

    [Theory]
    [InlineData("https://evil.example/signed-in")]
    [InlineData("https://shop.example.evil.example/")]
    [InlineData("https://shop.example@evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task Nobody_is_sent_to_an_address_that_is_not_configured(string address)
    {
        var answer = await Browser.GetAsync(AuthorizeUrl(redirectUri: address), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_configured_origin_is_an_address_to_come_back_to()
    {
        (await Browser.GetAsync(AuthorizeUrl(redirectUri: "https://shop.example/back"), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_page_asks_again_for_what_is_not_an_address_and_shows_what_was_typed_as_text()
    {
        var page = await (await Browser.GetAsync(AuthorizeUrl(), Cancellation)).Content.ReadAsStringAsync(Cancellation);
        var answer = await PostPageAsync(page, "<b>ada</b>", "\"><script>", []);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var html = await answer.Content.ReadAsStringAsync(Cancellation);
        html.ShouldContain("role=\"alert\"");
        html.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task Signing_out_goes_back_to_the_storefront_and_nowhere_else()
    {
        var logout = $"{Tenant}/oauth2/v2.0/logout?post_logout_redirect_uri=";
        var back = await Browser.GetAsync(logout + Uri.EscapeDataString(RedirectUri), Cancellation);
        back.Headers.Location.ShouldBe(new Uri(RedirectUri));
        var elsewhere = await Browser.GetAsync(logout + "https%3A%2F%2Fevil.example", Cancellation);
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.OK);
        elsewhere.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_browser_of_the_storefront_may_call_the_token_endpoint_and_none_may_read_token_for()
    {
        async Task<bool> Allowed(string path, string origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(Authority.Address, path));
            request.Headers.Add("Origin", origin);
            var answer = await Browser.SendAsync(request, Cancellation);
            return answer.Headers.Contains("Access-Control-Allow-Origin");
        }

        var tokenPath = new Uri(Tenant + "/oauth2/v2.0/token").AbsolutePath;
        (await Allowed(tokenPath, "https://shop.example")).ShouldBeTrue();
        (await Allowed(tokenPath, "https://evil.example")).ShouldBeFalse();
        (await Allowed("/token-for", "http://localhost:5173")).ShouldBeFalse();
    }
}
