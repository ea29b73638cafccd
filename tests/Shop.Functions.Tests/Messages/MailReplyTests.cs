using Shop.Functions.Messages;

namespace Shop.Functions.Tests.Messages;

/// <summary>Which refusals are for ever: those of this mailbox, and nothing that can be put right while it stays the same.</summary>
public sealed class MailReplyTests
{
    [Theory]
    // No such mailbox, or one that takes no mail from us.
    [InlineData(MailStage.Recipient, 550, "", true)]
    [InlineData(MailStage.Recipient, 551, "user not local", true)]
    [InlineData(MailStage.Recipient, 552, "mailbox full", true)]
    [InlineData(MailStage.Recipient, 553, "<x@example.com> is no name", true)]
    [InlineData(MailStage.Recipient, 550, "5.1.1 <x@example.com> is unknown", true)]
    [InlineData(MailStage.Recipient, 550, "5.1.10 no such recipient", true)]
    [InlineData(MailStage.Recipient, 550, "5.1.1\nmore of it", true)]
    [InlineData(MailStage.Recipient, 550, "5.2.1 switched off", true)]
    [InlineData(MailStage.Recipient, 552, "5.2.2 full", true)]
    [InlineData(MailStage.Recipient, 550, "5.4.1 access denied", true)]
    [InlineData(MailStage.Recipient, 550, "5.7.1 not for you", true)]
    // The sender, the server, a policy, the way there.
    [InlineData(MailStage.Recipient, 553, "5.1.7 sender", false)]
    [InlineData(MailStage.Recipient, 550, "5.1.8 sender's domain", false)]
    [InlineData(MailStage.Recipient, 550, "5.3.2 closed", false)]
    [InlineData(MailStage.Recipient, 550, "5.4.4 no route", false)]
    [InlineData(MailStage.Recipient, 550, "5.7.8 password", false)]
    [InlineData(MailStage.Recipient, 550, "5.7.25 no name of ours", false)]
    [InlineData(MailStage.Recipient, 550, "5.7.60 may not send as this", false)]
    [InlineData(MailStage.Recipient, 554, "", false)]
    [InlineData(MailStage.Recipient, 554, "5.7.1 relaying denied", false)]
    [InlineData(MailStage.Recipient, 530, "5.7.1 sign in first", false)]
    [InlineData(MailStage.Recipient, 503, "5.5.1 not in this order", false)]
    // Codes that disagree: what is put off is put off.
    [InlineData(MailStage.Recipient, 550, "4.1.1 later", false)]
    [InlineData(MailStage.Recipient, 450, "5.1.1 grey", false)]
    [InlineData(MailStage.Recipient, 421, "4.3.2 closing", false)]
    [InlineData(MailStage.Recipient, 452, "4.2.2 full for now", false)]
    // At the end of the data a server may still blame the address, and most of all its filters.
    [InlineData(MailStage.Message, 550, "5.1.1 unknown after all", true)]
    [InlineData(MailStage.Message, 554, "5.1.2 no such domain", true)]
    [InlineData(MailStage.Message, 550, "5.1.7 sender", false)]
    [InlineData(MailStage.Message, 550, "5.1.8 sender's domain", false)]
    [InlineData(MailStage.Message, 550, "", false)]
    [InlineData(MailStage.Message, 550, "5.7.1 looks like spam", false)]
    [InlineData(MailStage.Message, 552, "5.2.2 full", false)]
    [InlineData(MailStage.Message, 554, "5.3.4 too large", false)]
    [InlineData(MailStage.Message, 451, "4.1.1 later", false)]
    // The session is no word about a mailbox.
    [InlineData(MailStage.Session, 550, "5.1.1 whatever", false)]
    [InlineData(MailStage.Session, 553, "", false)]
    [InlineData(MailStage.Session, 535, "5.7.8 password", false)]
    [InlineData(MailStage.Session, 534, "5.7.9 too weak", false)]
    [InlineData(MailStage.Session, 554, "5.7.1 blocked", false)]
    public void Only_a_refusal_of_this_mailbox_is_final(MailStage stage, int status, string text, bool isFinal) =>
        MailReply.Of(stage, status, text).IsFinal.ShouldBe(isFinal);

    [Theory]
    [InlineData("5.1.1 <ada@example.com> is unknown", "Recipient 550 5.1.1")]
    [InlineData("5.7.134", "Recipient 550 5.7.134")]
    [InlineData("5.1.1<ada@example.com>", "Recipient 550")]
    [InlineData("5.1.1234 ada@example.com", "Recipient 550")]
    [InlineData("3.1.1 ada@example.com", "Recipient 550")]
    [InlineData("10.5.1.1 is blocked", "Recipient 550")]
    [InlineData("", "Recipient 550")]
    public void It_is_written_without_the_servers_words(string text, string written) =>
        MailReply.Of(MailStage.Recipient, 550, text).ToString().ShouldBe(written);
}
