using System.ComponentModel.DataAnnotations;
using Shop.Functions.Contact;

namespace Shop.Functions.Tests.Contact;

/// <summary>Whose mailbox it goes to is checked at the start.</summary>
public sealed class ContactOptionsTests
{
    [Theory]
    [InlineData("desk@example.com", null, null)]
    [InlineData("desk@example.com", "", null)]
    [InlineData("", null, "Contact__Desk is missing")]
    [InlineData("Desk <desk@example.com>", null, "Contact__Desk is missing or no e-mail address")]
    [InlineData("desk@example.com", "support", "Contact__Support is no e-mail address")]
    public void What_is_wrong_is_named(string desk, string? support, string? complaint)
    {
        var options = new ContactOptions { Desk = desk, Support = support };
        var complaints = options.Validate(new ValidationContext(options)).Select(one => one.ErrorMessage!).ToList();
        if (complaint is null) complaints.ShouldBeEmpty();
        else complaints.ShouldHaveSingleItem().ShouldStartWith(complaint);
    }

    [Fact]
    public void Support_goes_to_the_desk_unless_it_has_a_mailbox_of_its_own()
    {
        var options = new ContactOptions { Desk = "desk@example.com" };
        options.MailboxOf(ContactKind.Support).ShouldBe("desk@example.com");
        options.Support = "support@example.com";
        options.MailboxOf(ContactKind.Support).ShouldBe("support@example.com");
        options.MailboxOf(ContactKind.Enquiry).ShouldBe("desk@example.com");
    }
}
