using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Web;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;

namespace Shop.Functions.Tests.Platform.Links;

/// <summary>Links that carry everything: nobody can change, read or prolong one, and a key can be replaced while they are on their way.</summary>
public sealed class SignedLinksTests
{
    private static readonly string FirstKey = Convert.ToBase64String([.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly string SecondKey = Convert.ToBase64String([.. Enumerable.Repeat((byte)2, 32)]);

    private readonly ManualClock _clock = new(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void What_a_link_carries_comes_back_until_its_time_is_over()
    {
        var links = Links(FirstKey);
        var token = Sign(links);
        var opened = links.Open("join", token, SealedJson.Default.Sealed);
        (opened.State, opened.Content, opened.IssuedAt).ShouldBe((LinkState.Good, new Sealed("ada@example.com"), _clock.GetUtcNow()));
        links.Open("join", token, SealedJson.Default.Sealed).Id.ShouldBe(opened.Id);
        links.Open("join", Sign(links), SealedJson.Default.Sealed).Id.ShouldNotBe(opened.Id);

        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        links.Open("join", token, SealedJson.Default.Sealed).State.ShouldBe(LinkState.Good);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var late = links.Open("join", token, SealedJson.Default.Sealed);
        (late.State, late.Content).ShouldBe((LinkState.Expired, null));
    }

    [Fact]
    public void A_link_is_an_address_of_this_api_and_shows_nothing_of_what_it_carries()
    {
        var links = Links(FirstKey);
        var link = links.To("api/newsletter/confirm", "join", new("ada@example.com"), SealedJson.Default.Sealed, TimeSpan.FromHours(1));
        link.GetLeftPart(UriPartial.Path).ShouldBe("https://api.example.com/api/newsletter/confirm");
        var token = HttpUtility.ParseQueryString(link.Query)["link"]!;
        links.Open("join", token, SealedJson.Default.Sealed).Content.ShouldBe(new Sealed("ada@example.com"));
        System.Text.Encoding.Latin1.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token)).ShouldNotContain("ada");
        link.ToString().Length.ShouldBeLessThan(300);
    }

    [Fact]
    public void Whatever_is_changed_in_it_spoils_it()
    {
        var links = Links(FirstKey);
        var token = Sign(links);
        for (var i = 0; i < token.Length; i++)
        {
            var changed = string.Concat(token.AsSpan(0, i), token[i] == 'A' ? "B" : "A", token.AsSpan(i + 1));
            // The last character may hold bits that no byte needs: another spelling of the same link is no other link.
            if (System.Buffers.Text.Base64Url.IsValid(changed) && !IsSame(changed, token))
                links.Open("join", changed, SealedJson.Default.Sealed).State.ShouldBe(LinkState.Invalid, $"character {i}");
        }

        foreach (var wrong in new[] { null, "", "A", "AQ", token[..^4], token + "AAAA", token + "=", "%" + token, new string('A', 10_000), "é" })
            links.Open("join", wrong, SealedJson.Default.Sealed).State.ShouldBe(LinkState.Invalid, wrong);
    }

    [Fact]
    public void A_link_for_one_thing_is_none_for_another() =>
        Links(FirstKey).Open("leave", Sign(Links(FirstKey)), SealedJson.Default.Sealed).State.ShouldBe(LinkState.Invalid);

    [Fact]
    public void A_key_is_replaced_in_two_steps_and_no_link_breaks()
    {
        var old = Sign(Links(FirstKey));
        var both = Links(SecondKey, FirstKey);
        both.Open("join", old, SealedJson.Default.Sealed).State.ShouldBe(LinkState.Good);
        Links(SecondKey).Open("join", Sign(both), SealedJson.Default.Sealed).State.ShouldBe(LinkState.Good, "the first key signs");
        Links(SecondKey).Open("join", old, SealedJson.Default.Sealed).State.ShouldBe(LinkState.Invalid);
    }

    [Fact]
    public void Without_a_key_nothing_is_signed_and_a_reference_to_the_vault_is_no_key()
    {
        const string Unresolved = "@Microsoft.KeyVault(SecretUri=https://kv-1.vault.azure.net/secrets/links-key)";
        Should.Throw<UnavailableException>(() => Sign(Links(Unresolved)));
        Should.Throw<UnavailableException>(() => Links(Unresolved).Open("join", Sign(Links(FirstKey)), SealedJson.Default.Sealed));
        Complaints(new() { Keys = [Unresolved] }).ShouldBeEmpty();
        Links(FirstKey, Unresolved).Open("join", Sign(Links(FirstKey)), SealedJson.Default.Sealed).State.ShouldBe(LinkState.Good);
    }

    [Theory]
    [InlineData("Links__Keys__0 is missing")]
    [InlineData("Links__Keys__0 is not 32 bytes", "short")]
    [InlineData("Links__Keys__0 is not 32 bytes", "AAAA")]
    [InlineData("Links__Keys has more than two keys", "1", "1", "1")]
    public void What_is_wrong_with_the_keys_is_named(string complaint, params string[] keys) =>
        Complaints(new() { Keys = [.. keys.Select(key => key == "1" ? FirstKey : key)] }).ShouldHaveSingleItem().ShouldStartWith(complaint);

    [Theory]
    [InlineData("https://api.example.com", true)]
    [InlineData("https://api.example.com/", true)]
    [InlineData("http://127.0.0.1:7071", true)]
    [InlineData("http://api.example.com", false)]
    [InlineData("https://api.example.com/api", false)]
    [InlineData("https://api.example.com/?a=b", false)]
    [InlineData("https://somebody@api.example.com", false)]
    [InlineData("api.example.com", false)]
    [InlineData(null, false)]
    public void Links_lead_to_an_address_of_our_own(string? address, bool isRight) => new LinkOptions { Address = address }.HasAddress.ShouldBe(isRight);

    private static bool IsSame(string left, string right) =>
        System.Buffers.Text.Base64Url.DecodeFromChars(left).AsSpan().SequenceEqual(System.Buffers.Text.Base64Url.DecodeFromChars(right));

    private static string Sign(SignedLinks links) => links.Sign("join", new("ada@example.com"), SealedJson.Default.Sealed, TimeSpan.FromHours(1));

    private static List<string> Complaints(LinkOptions options) => [.. options.Validate(new ValidationContext(options)).Select(complaint => complaint.ErrorMessage!)];

    private SignedLinks Links(params string[] keys) => new(Options.Create(new LinkOptions { Keys = [.. keys], Address = "https://api.example.com" }), _clock);
}

internal sealed record Sealed(string Email);

[JsonSerializable(typeof(Sealed))]
internal sealed partial class SealedJson : JsonSerializerContext;
