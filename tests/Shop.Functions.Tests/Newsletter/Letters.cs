using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Mail;

namespace Shop.Functions.Tests.Newsletter;

/// <summary>What a reader does: asks, opens what comes by mail, and presses buttons.</summary>
internal static partial class Letters
{
    public static async Task<HttpResponseMessage> AskForNewsletterAsync(this HttpClient visitor, string email, string? parent = null)
    {
        var body = new JsonObject { ["email"] = email, ["under16"] = parent is not null, ["proof"] = await visitor.ProofAsync("newsletter") };
        if (parent is not null) body["parentEmail"] = parent;
        return await visitor.PostAsJsonAsync("api/newsletter", body, TestContext.Current.CancellationToken);
    }

    /// <returns>The link in the last mail to this address.</returns>
    public static Uri LinkTo(this MailSink sink, string email) =>
        new(Link().Match(sink.Mails.Last(mail => mail.To.Contains(email)).Text.ReplaceLineEndings("\n")).Value);

    /// <summary>The button on the page: it sends what the page's form has in it.</summary>
    public static async Task<HttpResponseMessage> PressAsync(this HttpClient visitor, Uri link)
    {
        var page = await visitor.GetAsync(link, TestContext.Current.CancellationToken);
        page.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var field = Hidden().Match(await page.TextAsync());
        field.Success.ShouldBeTrue();
        return await visitor.SendFormAsync(link, field.Groups[1].Value, field.Groups[2].Value);
    }

    public static Task<HttpResponseMessage> SendFormAsync(this HttpClient visitor, Uri link, string field, string value) =>
        visitor.PostAsync(link, new FormUrlEncodedContent([new(field, value)]), TestContext.Current.CancellationToken);

    [GeneratedRegex(@"^http\S+\?link=\S+$", RegexOptions.Multiline)]
    private static partial Regex Link();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\">")]
    private static partial Regex Hidden();
}
