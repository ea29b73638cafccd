using System.ComponentModel.DataAnnotations;
using Shop.Functions.Platform;

namespace Shop.Functions.Contact;

/// <summary>Settings <c>Contact__*</c>: whose mailbox gets what people write by the contact form.</summary>
public sealed class ContactOptions : IValidatableObject
{
    public const string Section = "Contact";

    /// <summary>The desk's address.</summary>
    public string Desk { get; set; } = "";

    /// <summary>The address for support, where that is another one.</summary>
    public string? Support { get; set; }

    public string MailboxOf(ContactKind kind) => kind == ContactKind.Support && !string.IsNullOrEmpty(Support) ? Support : Desk;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!EmailAddress.Is(Desk)) yield return new("Contact__Desk is missing or no e-mail address: set the address that gets what people write.");
        if (!string.IsNullOrEmpty(Support) && !EmailAddress.Is(Support))
            yield return new("Contact__Support is no e-mail address: set the address for support, or leave it out.");
    }
}
