using System.ComponentModel.DataAnnotations;
using Shop.Functions.Messages;

namespace Shop.Functions.Tests.Messages;

/// <summary>Mail settings are checked at the start, and TLS is no choice.</summary>
public sealed class MailOptionsTests
{
    private static MailOptions Right => new() { Host = "smtp.example.com", UserName = "shop", Password = "x", From = "shop@example.com", PrivacyOfficer = "privacy@example.com" };

    public static readonly Dictionary<string, Action<MailOptions>> Wrong = new()
    {
        ["Mail__Host is missing"] = options => options.Host = "",
        ["Mail__Host is missing or no host name"] = options => options.Host = "smtp://example.com",
        ["Mail__Port must be"] = options => options.Port = 0,
        ["Mail__UserName is missing"] = options => options.UserName = "",
        ["Mail__Password is missing"] = options => options.Password = "",
        ["Mail__From is missing or no e-mail address"] = options => options.From = "Shop <shop@example.com>",
        ["Mail__PrivacyOfficer is missing or no e-mail address"] = options => options.PrivacyOfficer = "a@example.com, b@example.com",
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
    public void Only_a_server_on_this_machine_needs_no_password_and_no_tls()
    {
        Complain(Right).ShouldBeEmpty();
        Right.IsLocal.ShouldBeFalse();
        foreach (var host in new[] { "127.0.0.1", "localhost", "::1" })
        {
            var local = new MailOptions { Host = host, From = "shop@example.com", PrivacyOfficer = "privacy@example.com" };
            Complain(local).ShouldBeEmpty();
            local.IsLocal.ShouldBeTrue();
        }

        new MailOptions { Host = "localhost.example.com" }.IsLocal.ShouldBeFalse();
    }

    private static List<string> Complain(MailOptions options)
    {
        var complaints = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), complaints, validateAllProperties: true);
        return [.. complaints.Select(complaint => complaint.ErrorMessage!)];
    }
}
