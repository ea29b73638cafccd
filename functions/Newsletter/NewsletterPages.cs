using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;

namespace Shop.Functions.Newsletter;

/// <summary>
/// What people see whom a link has led here. Opening a page changes nothing, for programs that look for viruses open every link
/// in a mail; what is sent by the button does.
/// </summary>
public static class NewsletterPages
{
    /// <summary>The field that the button sends.</summary>
    public const string AnswerField = "answer";

    public const string Yes = "yes";

    /// <summary>RFC 8058, section 3.1: what a mail program sends, and our own button as well.</summary>
    public const string OneClickField = "List-Unsubscribe";

    public const string OneClick = "One-Click";

    public static HtmlPage AskToJoin(string email) => Ask(
        "Our newsletter", $"Shall the newsletter come to <strong>{HtmlPage.Encode(email)}</strong>? The address is then forwarded to our mailing provider, Vertical Response.",
        AnswerField, Yes, "Yes, send it to me");

    public static HtmlPage AskParent(string child) => Ask(
        "Our newsletter for your child", $"Do you agree, as a parent, that the newsletter may come to <strong>{HtmlPage.Encode(child)}</strong>? The address is then forwarded to our mailing provider, Vertical Response, once it has been confirmed there as well.",
        AnswerField, Yes, "Yes, I agree");

    public static HtmlPage AskToLeave(string email) => Ask(
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

    public static HtmlPage NotTaken { get; } = new(
        "Not done yet", "<p>A service that this needs does not answer at the moment. Nothing has changed: try the same link again later.</p>", 503);

    public static HtmlPage NotGood(LinkState state) => state == LinkState.Expired
        ? new("This link is out of date", "<p>Its time is over, and it has had no effect. Ask for the newsletter again; to leave it, use the link in any newsletter or write to us.</p>", 410)
        : new("This is no link of ours", "<p>Perhaps your mail program has broken it in two: copy all of it into the address bar.</p>", 400);

    public static HtmlPage NoAnswer { get; } = new("Nothing was answered", "<p>Open the link again and press the button.</p>", 400);

    private static HtmlPage Ask(string title, string question, string field, string value, string button) => new(
        title, $"<p>{question}</p><form method=\"post\"><input type=\"hidden\" name=\"{field}\" value=\"{value}\"><button>{button}</button></form>");
}
