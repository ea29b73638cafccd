using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shop.Functions.Platform.Visitors;

namespace Shop.Local.Commands;

/// <summary>What somebody does who has no account: writes to the desk, joins the newsletter and leaves it. Nothing of it is stored here.</summary>
/// <param name="mail">The page with every mail.</param>
/// <param name="provider">The page with the mailing provider's list.</param>
internal sealed partial class DemoLettersWalk(HttpClient visitor, Uri mail, Uri provider, Action<string> step)
{
    public async Task RunAsync(string reader, CancellationToken cancellation)
    {
        await Write(reader, cancellation);
        await Join(reader, cancellation);
    }

    private async Task Write(string reader, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["name"] = "Grace Hopper",
            ["email"] = reader,
            ["kind"] = "enquiry",
            ["subject"] = "A UPS for a small rack",
            ["text"] = "Which one would you take for four servers?",
            ["receipt"] = true,
            ["proof"] = await Work("contact", cancellation),
        };
        var response = await visitor.PostAsJsonAsync("api/contact", body, cancellation);
        DemoFailedException.Unless(response.StatusCode, HttpStatusCode.Accepted, "POST /api/contact");
        var sent = (await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation))!;
        var mails = await visitor.GetStringAsync(mail, cancellation);
        DemoFailedException.Unless(mails.Contains("[Enquiry] A UPS for a small rack", StringComparison.Ordinal), "The desk has no mail.");
        step($"POST /api/contact → 202: the desk has it by mail (reference {sent["reference"]}), and it is stored nowhere.");
    }

    private async Task Join(string reader, CancellationToken cancellation)
    {
        var body = new JsonObject { ["email"] = reader, ["under16"] = false, ["proof"] = await Work("newsletter", cancellation) };
        DemoFailedException.Unless((await visitor.PostAsJsonAsync("api/newsletter", body, cancellation)).StatusCode, HttpStatusCode.Accepted, "POST /api/newsletter");
        var join = await Link("/api/newsletter/confirm", cancellation);
        DemoFailedException.Unless((await visitor.GetAsync(join, cancellation)).StatusCode, HttpStatusCode.OK, "GET /api/newsletter/confirm");
        DemoFailedException.Unless(!await IsKnown(reader, cancellation), "Opening a link has put somebody on the list.");
        await Press(join, "answer", "yes", cancellation);
        DemoFailedException.Unless(await IsKnown(reader, cancellation), "The button has put nobody on the list.");
        step($"POST /api/newsletter → 202, a link by mail; opened it does nothing, and its button puts {reader} on the mailing provider's list.");
        await Press(await Link("/api/newsletter/unsubscribe", cancellation), "List-Unsubscribe", "One-Click", cancellation);
        await Press(join, "answer", "yes", cancellation, HttpStatusCode.Gone);
        step("POST /api/newsletter/unsubscribe at one click → 200: off the list, and the older link puts nobody back (410).");
    }

    private async Task<JsonObject> Work(string what, CancellationToken cancellation)
    {
        var challenge = (await visitor.GetFromJsonAsync<JsonObject>($"api/{what}/challenge", cancellation))!["token"]!.GetValue<string>();
        var answer = Enumerable.Range(0, int.MaxValue).Select(number => number.ToString(CultureInfo.InvariantCulture)).First(number => ProofOfWork.IsDone(new(challenge, number)));
        return new() { ["challenge"] = challenge, ["answer"] = answer };
    }

    private async Task Press(Uri link, string field, string value, CancellationToken cancellation, HttpStatusCode expected = HttpStatusCode.OK) => DemoFailedException.Unless(
        (await visitor.PostAsync(link, new FormUrlEncodedContent([new(field, value)]), cancellation)).StatusCode, expected, $"POST {link.AbsolutePath}");

    /// <summary>Opens the link in the newest mail that has one to this path, and presses the button.</summary>
    public async Task Agree(string path, CancellationToken cancellation)
    {
        var link = await Link(path, cancellation);
        DemoFailedException.Unless((await visitor.GetAsync(link, cancellation)).StatusCode, HttpStatusCode.OK, $"GET {path}");
        await Press(link, "answer", "yes", cancellation);
    }

    public async Task<bool> HasLink(string path, CancellationToken cancellation) => await FindLink(path, cancellation) is not null;

    /// <returns>Whether there is a mail to somebody with a link to this path.</returns>
    public async Task<bool> HasMail(string recipient, string path, CancellationToken cancellation) =>
        (await visitor.GetStringAsync(mail, cancellation)).Contains(recipient, StringComparison.Ordinal) && await HasLink(path, cancellation);

    private async Task<Uri> Link(string path, CancellationToken cancellation) =>
        await FindLink(path, cancellation) ?? throw new DemoFailedException($"There is no mail with a link to {path}.");

    /// <summary>The newest mail stands first.</summary>
    private async Task<Uri?> FindLink(string path, CancellationToken cancellation) =>
        Links().Matches(WebUtility.HtmlDecode(await visitor.GetStringAsync(mail, cancellation))).Select(match => new Uri(match.Value)).FirstOrDefault(link => link.AbsolutePath == path);

    private async Task<bool> IsKnown(string reader, CancellationToken cancellation) =>
        (await visitor.GetStringAsync(provider, cancellation)).Contains(reader, StringComparison.Ordinal);

    [GeneratedRegex(@"http://\S+\?link=[\w-]+")]
    private static partial Regex Links();
}
