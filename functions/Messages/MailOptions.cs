using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using MailKit.Security;
using Shop.Functions.Platform;

namespace Shop.Functions.Messages;

/// <summary>Settings <c>Mail__*</c>: the server that takes the shop's mail, and who gets what.</summary>
public sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>The name of the SMTP server.</summary>
    public string Host { get; set; } = "";

    /// <summary>Of the SMTP server, where it takes mail from those who sign in and offers STARTTLS; 465 for TLS from the first byte.</summary>
    [Range(1, 65535, ErrorMessage = "Mail__Port must be between 1 and 65535.")]
    public int Port { get; set; } = 587;

    public string UserName { get; set; } = "";

    [Secret]
    public string Password { get; set; } = "";

    /// <summary>The address that mail comes from.</summary>
    public string From { get; set; } = "";

    /// <summary>Who is told of breaches.</summary>
    public string PrivacyOfficer { get; set; } = "";

    /// <summary>Who is told instead when the privacy officer's mailbox takes no mail; empty for nobody.</summary>
    public string? PrivacyOfficerDeputy { get; set; }

    /// <summary>PEM; what the certificate of a server on this machine is issued under, trusted besides nothing else. Empty for the public roots.</summary>
    public string? LocalRootCertificate { get; set; }

    /// <summary>Only a server on this machine may take mail from anybody and have a certificate of its own making.</summary>
    public bool IsLocal => Host is "127.0.0.1" or "localhost" or "::1";

    /// <summary>Whether the password is one: after a first deployment it is still a reference that leads nowhere.</summary>
    public bool IsSetUp => !VaultReference.IsUnresolved(Password);

    /// <summary>Who is told of breaches, each only if all before cannot be.</summary>
    public IReadOnlyList<string> PrivacyOfficers => string.IsNullOrEmpty(PrivacyOfficerDeputy) ? [PrivacyOfficer] : [PrivacyOfficer, PrivacyOfficerDeputy];

    /// <summary>Never without TLS (RFC 8314 for the port that speaks nothing else).</summary>
    public SecureSocketOptions Security => Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host.Length == 0 || Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return new("Mail__Host is missing or no host name: set the SMTP server, for instance smtp.example.com.");
        if (!IsLocal && UserName.Length == 0)
            yield return new("Mail__UserName is missing: set the name that the shop signs in to the SMTP server with.");
        if (!IsLocal && Password.Length == 0)
            yield return new("Mail__Password is missing: set the password that the shop signs in to the SMTP server with.");
        if (!IsAddress(From)) yield return new("Mail__From is missing or no e-mail address: set the address that mail comes from.");
        if (!IsAddress(PrivacyOfficer))
            yield return new("Mail__PrivacyOfficer is missing or no e-mail address: set the address that is told of breaches.");
        if (!string.IsNullOrEmpty(PrivacyOfficerDeputy) && (!IsAddress(PrivacyOfficerDeputy) || PrivacyOfficerDeputy == PrivacyOfficer))
            yield return new("Mail__PrivacyOfficerDeputy is no e-mail address, or the same as Mail__PrivacyOfficer: set another address, or leave it out.");
        if (string.IsNullOrEmpty(LocalRootCertificate)) yield break;
        if (!IsLocal) yield return new("Mail__LocalRootCertificate must not be set for a server elsewhere: anybody who has its key could take the mail.");
        if (!LocalRoot.IsCertificate(LocalRootCertificate)) yield return new("Mail__LocalRootCertificate is not a certificate in PEM.");
    }

    private static bool IsAddress(string text) => MailAddress.TryCreate(text, out var address) && address.Address == text;
}
