using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;

namespace Shop.Functions.Newsletter;

/// <summary>What people see whom a link of the newsletter has led here.</summary>
public static class NewsletterPages
{
    /// <summary>RFC 8058, section 3.1: what a mail program sends, and our own button as well.</summary>
    public const string OneClickField = "List-Unsubscribe";

    public const string OneClick = "One-Click";

    public static HtmlPage AskToJoin(string email) => LinkPages.Ask(
        "Our newsletter", $"Shall the newsletter come to <strong>{HtmlPage.Encode(email)}</strong>? The address is then forwarded to our mailing provider, Vertical Response.",
        "Yes, send it to me");

    public static HtmlPage AskParent(string child) => LinkPages.Ask(
        "Our newsletter for your child", $"Do you agree, as a parent, that the newsletter may come to <strong>{HtmlPage.Encode(child)}</strong>? The address is then forwarded to our mailing provider, Vertical Response, once it has been confirmed there as well.",
        "Yes, I agree");

    public static HtmlPage AskToLeave(string email) => LinkPages.Ask(
        "Leave the newsletter", $"Shall <strong>{HtmlPage.Encode(email)}</strong> be taken off the list?", OneClickField, OneClick, "Take it off");

    public static HtmlPage Joined(Uri unsubscribe) => new(
        "You are on the list", $"<p>The newsletter comes to you from now on. You can <a href=\"{HtmlPage.Encode(unsubscribe.ToString())}\">leave the list</a> whenever you like.</p>");

    public static HtmlPage ParentAgreed { get; } = new(
        "Thank you", "<p>We now ask at your child’s address. Only when that is answered as well, it is on the list.</p>");

    public static HtmlPage Left { get; } = new("You have left the list", "<p>The address is off the list of our newsletter.</p>");

    public static HtmlPage UsedUp { get; } = new(
        "This link has been used", "<p>Since this link was sent, the address has been taken off the list. To join again, ask for the newsletter again.</p>", 410);

    public static HtmlPage Refused { get; } = new(
        "This address cannot be put on the list", "<p>Our mailing provider writes to this address no more, most likely because somebody has told it so. Write to us if that is wrong.</p>", 409);

    public static HtmlPage NotGood(LinkState state) =>
        LinkPages.NotGood(state, "Ask for the newsletter again; to leave it, use the link in any newsletter or write to us.");
}
