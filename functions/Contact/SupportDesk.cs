using Microsoft.Extensions.Options;
using Shop.Functions.Messages;

namespace Shop.Functions.Contact;

/// <summary>Whoever answers a mail about their order writes to support.</summary>
public sealed class SupportDesk(IOptions<ContactOptions> options) : ICustomerDesk
{
    public string Address => options.Value.MailboxOf(ContactKind.Support);
}
