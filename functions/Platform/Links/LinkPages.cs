using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Platform.Links;

/// <summary>
/// Pages behind a link in a mail. Opening one changes nothing, for programs that look for viruses open every link in a mail;
/// what its button sends does.
/// </summary>
public static class LinkPages
{
    /// <summary>The field that the button sends.</summary>
    private const string AnswerField = "answer";

    private const string Yes = "yes";

    /// <summary>
    /// Counted by the link, and not by who follows it: whoever has one has it from a mail, programs that look for viruses open many
    /// from one address, and so does a mail provider that unsubscribes its customers. A link that is not good costs nothing and tells nothing.
    /// </summary>
    public static readonly RateRule Rate = new("link", 60, TimeSpan.FromHours(1)) { Unstored = 20, FailsOpen = true };

    /// <param name="question">HTML.</param>
    public static HtmlPage Ask(string title, string question, string button) => Ask(title, question, AnswerField, Yes, button);

    /// <inheritdoc cref="Ask(string, string, string)" />
    public static HtmlPage Ask(string title, string question, string field, string value, string button) => new(
        title, $"<p>{question}</p><form method=\"post\"><input type=\"hidden\" name=\"{field}\" value=\"{value}\"><button>{button}</button></form>");

    public static async Task<bool> IsAnsweredAsync(HttpRequest request, CancellationToken cancellation) =>
        await FormFields.ReadAsync(request, AnswerField, cancellation) == Yes;

    public static HtmlPage NoAnswer { get; } = new("Nothing was answered", "<p>Open the link again and press the button.</p>", 400);

    public static HtmlPage TooMany { get; } = new(
        "Too often", "<p>This link was used very often in a short time. Nothing has changed: try it again in an hour.</p>", 429);

    public static HtmlPage NotTaken { get; } = new(
        "Not done yet", "<p>A service that this needs does not answer at the moment. Nothing has changed: try the same link again later.</p>", 503);

    /// <param name="instead">What to do now that its time is over; HTML.</param>
    public static HtmlPage NotGood(LinkState state, string instead) => state == LinkState.Expired
        ? new("This link is out of date", $"<p>Its time is over, and it has had no effect. {instead}</p>", 410)
        : new("This is no link of ours", "<p>Perhaps your mail program has broken it in two: copy all of it into the address bar.</p>", 400);
}
