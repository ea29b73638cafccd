using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;

namespace Shop.Functions.Accounts;

/// <summary>What people see whom the link of a consent has led here.</summary>
public static class ConsentPages
{
    public static HtmlPage Ask(ConsentLink link) => LinkPages.Ask(
        link.Parent is null ? "Do you agree?" : "Do you agree, as a parent?",
        $"For <strong>{HtmlPage.Encode(link.Email)}</strong>{(link.Parent is null ? "" : ", whose owner is under 16 and named you as a parent")}: “{HtmlPage.Encode(ConsentWording.TextOf(link.Wording))}”",
        "Yes, I agree");

    public static HtmlPage Confirmed { get; } = new(
        "Thank you", "<p>The consent is on record. It can be withdrawn at any time in the account.</p>");

    public static HtmlPage UsedUp { get; } = new(
        "This link has no effect any more", "<p>Since it was sent, the consent has been withdrawn or given anew, or the account has changed. Nothing has been agreed to by this link.</p>", 410);

    public static HtmlPage NotGood(LinkState state) => LinkPages.NotGood(state, "Give the consent again in the account, and another one is sent.");
}
