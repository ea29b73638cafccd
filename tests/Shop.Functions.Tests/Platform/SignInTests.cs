using System.Buffers.Text;
using System.Net;
using System.Text;
using Shop.Functions.Platform.Access;
using Shop.Functions.Tests.Architecture;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.SignIn;

namespace Shop.Functions.Tests.Platform;

/// <summary>Whoever cannot show a sound token of this shop gets nowhere, at every function that is not open to anyone.</summary>
public sealed class SignInTests(OneShop one) : IClassFixture<OneShop>
{
    private const string Ada = "ada@example.com";

    /// <summary>Method and path of each function that asks who is calling.</summary>
    public static TheoryData<string, string> Functions
    {
        get
        {
            var functions = new TheoryData<string, string>();
            var rules = new AccessRules();
            foreach (var function in HttpFunction.All.Where(function => rules[function.Name] is not Access.Anonymous))
            {
                // Whatever stands in its places, nobody gets as far as to look at it.
                foreach (var method in function.Verbs) functions.Add(method.ToUpperInvariant(), function.Path("00000000000000000000000000"));
            }

            return functions;
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task No_token_no_answer(string method, string path) => await RefusedAsync(method, path, null);

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task A_token_that_is_not_sound_is_as_good_as_none(string method, string path)
    {
        var issuer = one.Shop.SignIn;
        var good = issuer.IssueToken(Ada);
        var parts = good.Split('.');
        string[] tokens =
        [
            issuer.IssueToken(new TokenRequest(Ada) { Lifetime = TimeSpan.FromHours(-1) }),
            issuer.IssueToken(new TokenRequest(Ada) { Audience = "00000003-0000-0000-c000-000000000000" }),
            issuer.IssueToken(new TokenRequest(Ada) { Issuer = "https://login.example/v2.0" }),
            $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}",
            $"{parts[0]}.{Encode(Decode(parts[1]).Replace(Ada, "eve@example.com", StringComparison.Ordinal))}.{parts[2]}",
            "not-a-token",
            "a.b.c",
        ];
        foreach (var token in tokens) await RefusedAsync(method, path, $"Bearer {token}");
        await RefusedAsync(method, path, $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:secret"))}");
        await RefusedAsync(method, path, $"{good}");
        await RefusedAsync(method, path, "Bearer ");
    }

    [Fact]
    public async Task A_token_in_the_address_or_in_a_cookie_is_not_looked_at()
    {
        var token = one.Shop.SignIn.IssueToken(Ada);
        await (await one.Shop.Anonymous().CallAsync("GET", $"api/account?access_token={token}")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        await (await one.Shop.Anonymous().CallAsync("GET", "api/account", null, ("Cookie", $"token={token}"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task A_sound_token_lets_in() =>
        (await one.Shop.As(Ada).CallAsync("GET", "api/orders")).StatusCode.ShouldBe(HttpStatusCode.OK);

    private async Task RefusedAsync(string method, string path, string? authorization)
    {
        one.Shop.Calls.Reset();
        (string, string)[] headers = authorization is null ? [] : [("Authorization", authorization)];
        var content = method == "GET" ? null : Call.Json("{}");
        var response = await one.Shop.Anonymous().CallAsync(method, path, content, headers);
        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        response.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
        one.Shop.Calls.Calls.ShouldBeEmpty();
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
