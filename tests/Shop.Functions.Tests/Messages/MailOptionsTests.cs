using System.ComponentModel.DataAnnotations;
using MailKit.Security;
using Shop.Functions.Messages;
using Shop.Functions.Tests.Payments.PayPal;

namespace Shop.Functions.Tests.Messages;

/// <summary>Mail settings are checked at the start, and TLS is no choice.</summary>
public sealed class MailOptionsTests
{
    private static MailOptions Right => new() { Host = "smtp.example.com", UserName = "shop", Password = "x", From = "shop@example.com", PrivacyOfficer = "privacy@example.com" };

    private static readonly string Root = PayPalSigner.Root.ExportCertificatePem();

    public static readonly Dictionary<string, Action<MailOptions>> Wrong = new()
    {
        ["Mail__Host is missing"] = options => options.Host = "",
        ["Mail__Host is missing or no host name"] = options => options.Host = "smtp://example.com",
        ["Mail__Port must be"] = options => options.Port = 0,
        ["Mail__UserName is missing"] = options => options.UserName = "",
        ["Mail__Password is missing"] = options => options.Password = "",
        ["Mail__From is missing or no e-mail address"] = options => options.From = "Shop <shop@example.com>",
        ["Mail__PrivacyOfficer is missing or no e-mail address"] = options => options.PrivacyOfficer = "a@example.com, b@example.com",
        ["Mail__PrivacyOfficerDeputy is no e-mail address"] = options => options.PrivacyOfficerDeputy = "deputy",
        ["Mail__PrivacyOfficerDeputy is no e-mail address, or the same"] = options => options.PrivacyOfficerDeputy = options.PrivacyOfficer,
        ["Mail__LocalRootCertificate must not be set for a server elsewhere"] = options => options.LocalRootCertificate = Root,
        ["Mail__LocalRootCertificate is not a certificate in PEM"] = options => (options.Host, options.LocalRootCertificate) = ("127.0.0.1", "certificate"),
    };

    public static TheoryData<string> Complaints => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Complaints))]
    public void What_is_wrong_is_named(string complaint)
    {
        var options = Right;
        Wrong[complaint](options);
        Complain(options).ShouldHaveSingleItem().ShouldStartWith(complaint);
    }

    [Fact]
    public void Only_a_server_on_this_machine_needs_no_password_and_may_have_a_root_of_its_own()
    {
        Complain(Right).ShouldBeEmpty();
        Right.IsLocal.ShouldBeFalse();
        foreach (var host in new[] { "127.0.0.1", "localhost", "::1" })
        {
            var local = new MailOptions { Host = host, From = "shop@example.com", PrivacyOfficer = "privacy@example.com", LocalRootCertificate = Root };
            Complain(local).ShouldBeEmpty();
            local.IsLocal.ShouldBeTrue();
        }

        new MailOptions { Host = "localhost.example.com" }.IsLocal.ShouldBeFalse();
    }

    [Theory]
    [InlineData(587, SecureSocketOptions.StartTls)]
    [InlineData(25, SecureSocketOptions.StartTls)]
    [InlineData(465, SecureSocketOptions.SslOnConnect)]
    public void Tls_is_no_choice(int port, SecureSocketOptions expected)
    {
        foreach (var host in new[] { "smtp.example.com", "127.0.0.1" })
            new MailOptions { Host = host, Port = port }.Security.ShouldBe(expected);
    }

    [Fact]
    public void The_deputy_is_asked_after_the_officer()
    {
        var options = Right;
        options.PrivacyOfficers.ShouldBe(["privacy@example.com"]);
        options.PrivacyOfficerDeputy = "deputy@example.com";
        Complain(options).ShouldBeEmpty();
        options.PrivacyOfficers.ShouldBe(["privacy@example.com", "deputy@example.com"]);
    }

    private static List<string> Complain(MailOptions options)
    {
        var complaints = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), complaints, validateAllProperties: true);
        return [.. complaints.Select(complaint => complaint.ErrorMessage!)];
    }
}
