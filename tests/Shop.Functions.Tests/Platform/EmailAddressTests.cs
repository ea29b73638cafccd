using Shop.Functions.Platform;

namespace Shop.Functions.Tests.Platform;

/// <summary>What is taken for an e-mail address can be nothing else in a header.</summary>
public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("ada.lovelace+shop@mail.example.co.uk")]
    [InlineData("o'brien@example.com")]
    [InlineData("a@xn--bcher-kva.example")]
    public void An_address_is_taken(string text) => EmailAddress.Is(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@localhost")]
    [InlineData("ada@example..com")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@example.com.")]
    [InlineData("ada@@example.com")]
    [InlineData("ada@example.com\n")]
    [InlineData("ada@example.com\r\nBcc: eve@example.com")]
    [InlineData("ada@example.com, eve@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("\"ada\"@example.com")]
    [InlineData("ada@[192.0.2.1]")]
    [InlineData("ada @example.com")]
    [InlineData("ädä@example.com")]
    [InlineData(".ada@example.com")]
    [InlineData("ada.@example.com")]
    [InlineData("a..da@example.com")]
    [InlineData("ada@exämple.com")]
    public void Anything_else_is_not(string text) => EmailAddress.Is(text).ShouldBeFalse();

    [Theory]
    [InlineData("ada@example.com", "ADA@Example.com", true)]
    [InlineData("kid+mum@gmail.com", "kid@gmail.com", true)]
    [InlineData("kid+1@gmail.com", "kid+2@gmail.com", true)]
    [InlineData("+kid@gmail.com", "@gmail.com", false)]
    [InlineData("kid@gmail.com", "mum@gmail.com", false)]
    public void What_follows_a_plus_sign_leads_to_the_same_mailbox(string one, string other, bool same) =>
        (EmailAddress.MailboxOf(one) == EmailAddress.MailboxOf(other)).ShouldBe(same);

    [Fact]
    public void It_is_as_long_as_a_server_may_take()
    {
        EmailAddress.Is($"{new string('a', 64)}@example.com").ShouldBeTrue();
        EmailAddress.Is($"{new string('a', 65)}@example.com").ShouldBeFalse();
        EmailAddress.Is($"a@{string.Concat(Enumerable.Repeat("abcdefghi.", 25))}com").ShouldBeFalse();
    }
}
