using System.ComponentModel.DataAnnotations;
using Shop.Functions.Payments.PayPal;

namespace Shop.Functions.Tests.Payments.PayPal;

/// <summary>A setting that is missing or dangerous keeps the app from starting, and the message names it.</summary>
public sealed class PayPalOptionsTests
{
    private static PayPalOptions Good => new() { ClientId = "id", ClientSecret = "secret", WebhookIds = ["8PT597110X687430LKGECATA"] };

    private static string Root => PayPalSigner.Root.ExportCertificatePem();

    [Fact]
    public void Real_settings_are_good()
    {
        Problems(Good).ShouldBeEmpty();
        Problems(Changed(options => options.Live = true)).ShouldBeEmpty();
        Problems(Changed(options => options.Verification = PayPalVerification.Postback)).ShouldBeEmpty();
        Problems(Changed(options => (options.ApiBase, options.SandboxRootCertificate) = ("http://127.0.0.1:7074", Root))).ShouldBeEmpty();
    }

    [Fact]
    public void Each_that_is_missing_is_named()
    {
        var problems = string.Join('\n', Problems(new()));
        foreach (var name in (string[])["PayPal__ClientId", "PayPal__ClientSecret", "PayPal__WebhookIds__0"]) problems.ShouldContain(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("WEBHOOK_ID")]
    [InlineData("a|b")]
    public void A_webhook_id_that_is_none_is_refused_and_so_is_the_simulators(string id) =>
        Problems(Changed(options => options.WebhookIds.Add(id))).ShouldHaveSingleItem().ShouldContain("PayPal__WebhookIds__1");

    [Theory]
    [InlineData("http://paypal.example")]
    [InlineData("http://127.0.0.1:7074/")]
    [InlineData("https://paypal.example/v2")]
    [InlineData("7074")]
    public void Another_server_is_spoken_to_in_the_clear_on_this_machine_only(string address) =>
        Problems(Changed(options => options.ApiBase = address)).ShouldHaveSingleItem().ShouldContain("PayPal__ApiBase");

    [Fact]
    public void With_real_money_neither_another_server_nor_another_root_is_believed()
    {
        Problems(Changed(options => (options.Live, options.ApiBase) = (true, "https://paypal.example"))).ShouldHaveSingleItem().ShouldContain("PayPal__ApiBase");
        Problems(Changed(options => (options.Live, options.SandboxRootCertificate) = (true, Root))).ShouldHaveSingleItem().ShouldContain("PayPal__SandboxRootCertificate");
    }

    [Fact]
    public void A_root_that_is_no_certificate_is_refused() =>
        Problems(Changed(options => options.SandboxRootCertificate = "certificate")).ShouldHaveSingleItem().ShouldContain("PayPal__SandboxRootCertificate");

    private static PayPalOptions Changed(Action<PayPalOptions> change)
    {
        var options = Good;
        change(options);
        return options;
    }

    private static List<string> Problems(PayPalOptions options) => [.. options.Validate(new ValidationContext(options)).Select(problem => problem.ErrorMessage!)];
}
