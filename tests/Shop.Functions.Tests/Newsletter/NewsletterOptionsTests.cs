using System.ComponentModel.DataAnnotations;
using Shop.Functions.Newsletter;

namespace Shop.Functions.Tests.Newsletter;

/// <summary>What the shop must know of the mailing provider is checked at the start.</summary>
public sealed class NewsletterOptionsTests
{
    [Theory]
    [InlineData("token", "25288767452069", null, null)]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://kv-1.vault.azure.net/secrets/newsletter-token)", "1", "", null)]
    [InlineData("token", "1", "http://127.0.0.1:7077", null)]
    [InlineData("", "1", null, "Newsletter__ApiKey is missing")]
    [InlineData("token", "", null, "Newsletter__ListId is missing")]
    [InlineData("token", "1/../2", null, "Newsletter__ListId is missing or no list's id")]
    [InlineData("token", "1", "http://mail.example.com", "Newsletter__ApiBase is no https address")]
    [InlineData("token", "1", "mail.example.com", "Newsletter__ApiBase is no https address")]
    public void What_is_wrong_is_named(string key, string list, string? api, string? complaint)
    {
        var options = new NewsletterOptions { ApiKey = key, ListId = list, ApiBase = api };
        var complaints = options.Validate(new ValidationContext(options)).Select(one => one.ErrorMessage!).ToList();
        if (complaint is null) complaints.ShouldBeEmpty();
        else complaints.ShouldHaveSingleItem().ShouldStartWith(complaint);
        options.IsSetUp.ShouldBe(key == "token");
    }
}
