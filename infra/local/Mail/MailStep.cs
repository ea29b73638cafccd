namespace Shop.Local.Mail;

/// <summary>Where in a conversation the sink misbehaves.</summary>
public enum MailStep
{
    SignIn,

    Sender,

    Recipient,

    /// <summary>When the whole mail is there.</summary>
    Message,
}
