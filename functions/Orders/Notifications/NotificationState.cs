namespace Shop.Functions.Orders.Notifications;

public enum NotificationState
{
    /// <summary>Somebody is about to hand it to the mail server, or has ended on the way there.</summary>
    Sending,

    /// <summary>The mail server does not take it now: it is tried again.</summary>
    Deferred,

    /// <summary>The mail server has it.</summary>
    Sent,

    /// <summary>The mail server will never take it: there is no such mailbox, or it takes nothing from this shop.</summary>
    Refused,

    /// <summary>Its time was up before the mail server took it: it is a dead letter, and is tried again only when somebody sends that back.</summary>
    GivenUp,
}
