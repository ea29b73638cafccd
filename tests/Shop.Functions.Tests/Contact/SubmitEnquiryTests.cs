using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shop.Functions.Contact;
using Shop.Functions.Messages;
using Shop.Functions.Newsletter;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.Visitors;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Platform.RateLimiting;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Mail;

namespace Shop.Functions.Tests.Contact;

/// <summary>What people write reaches the desk or is told not to have, and stays nowhere.</summary>
public sealed class SubmitEnquiryTests(OneShop one) : IClassFixture<OneShop>, IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        // Another hour, another share for whoever writes from here.
        one.Shop.Clock.Advance(TimeSpan.FromHours(25));
        one.Shop.Mail.Fault = null;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task It_is_handed_to_the_desk_with_the_sender_to_answer_to_and_nothing_is_stored()
    {
        var before = one.Shop.Mail.Mails.Count;
        one.Shop.Calls.Reset();
        var response = await SendAsync(body => body["orderNumber"] = "7K2Q-M9XD-4TFA");
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.TextAsync());
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var reference = (await response.JsonAsync())["reference"]!.GetValue<string>();
        var mail = one.Shop.Mail.Mails.Skip(before).ShouldHaveSingleItem();
        (mail.From, mail.To.ShouldHaveSingleItem(), mail.Subject).ShouldBe(("shop@example.com", "desk@example.com", "[Enquiry] A UPS: which?"));
        mail.Message.ReplyTo.ToString().ShouldBe("\"Ada Lovelace\" <ada@example.com>");
        mail.Message.MessageId.ShouldBe($"contact-{reference}@example.com");
        mail.Text.ShouldContain(reference);
        mail.Text.ShouldContain("7K2Q-M9XD-4TFA");
        mail.Text.ReplaceLineEndings("\n").ShouldContain("Four servers.\n.\nAda\u00a0L. 漢字");
        one.Shop.Calls.Calls.ShouldBeEmpty("storage has no part in it");
        one.Shop.Log.Entries.ShouldNotContain(entry => entry.Text.Contains("ada@example.com") || entry.Text.Contains("Four servers"));
    }

    [Fact]
    public async Task Support_has_its_own_mailbox()
    {
        (await SendAsync(body => body["kind"] = "support")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        one.Shop.Mail.Mails[^1].To.ShouldBe(["support@example.com"]);
        one.Shop.Mail.Mails[^1].Subject.ShouldStartWith("[Support] ");
    }

    [Fact]
    public async Task A_receipt_is_sent_only_if_asked_for_and_carries_nothing_that_was_typed()
    {
        var response = await SendAsync(body => (body["receipt"], body["name"]) = (true, "Buy now http://evil.example"));
        var receipt = one.Shop.Mail.Mails[^1];
        receipt.To.ShouldBe(["ada@example.com"]);
        foreach (var typed in new[] { "evil", "Buy now", "A UPS", "Four servers" }) (receipt.Raw + receipt.Text).ShouldNotContain(typed);

        (await SendAsync(body => (body["receipt"], body["email"]) = (true, "ADA@example.com"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var third = await SendAsync(body => body["receipt"] = true);
        third.StatusCode.ShouldBe(HttpStatusCode.Accepted, "the desk has it all the same");
        one.Shop.Mail.Mails[^1].To.ShouldBe(["desk@example.com"], "nobody is flooded with receipts");
    }

    [Theory]
    [InlineData("550 5.1.1 nobody here")]
    [InlineData("451 4.3.0 not now")]
    public async Task The_answer_does_not_tell_whether_there_is_such_a_mailbox(string answer)
    {
        var taken = await SendAsync(body => body["receipt"] = true);
        one.Shop.Mail.Fault = new(MailStep.Recipient, answer, "ghost@example.com");
        var refused = await SendAsync(body => (body["receipt"], body["email"]) = (true, "ghost@example.com"));
        one.Shop.Mail.Mails[^1].To.ShouldBe(["desk@example.com"]);
        (refused.StatusCode, Members(await refused.JsonAsync())).ShouldBe((taken.StatusCode, Members(await taken.JsonAsync())));
        one.Shop.Log.Entries.ShouldNotContain(entry => entry.Text.Contains("ghost@example.com"));

        static string Members(JsonNode answer) => string.Join(',', answer.AsObject().Select(member => member.Key));
    }

    /// <summary>No sender's address is set: nobody has foreseen what comes of that.</summary>
    [Fact]
    public async Task Whatever_goes_wrong_the_proof_of_work_counts_again()
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch);
        var links = new LinkOptions { Keys = { Convert.ToBase64String(new byte[LinkOptions.KeyLength]) }, Address = "https://api.example.com" };
        var proofs = new ProofOfWork(new(Options.Create(links), clock), clock);
        var limits = Limits.Of(one.Shop.Tables(), clock);
        var forms = new VisitorForms(proofs, limits);
        var smtp = new SmtpMail(Options.Create(new MailOptions()), clock);
        var enquiry = new SubmitEnquiry(smtp, forms, limits, Options.Create(new ContactOptions { Desk = "desk@example.com" }), NullLogger<SubmitEnquiry>.Instance);
        var newsletter = new JoinNewsletter(new(smtp, limits, NullLogger<NewsletterPost>.Instance), new(Options.Create(links), clock), forms);
        var body = new JsonObject { ["name"] = "Ada", ["email"] = "ada@example.com", ["kind"] = "enquiry", ["subject"] = "A UPS", ["text"] = "Which?" };
        for (var i = 0; i < 2; i++) await Should.ThrowAsync<MimeKit.ParseException>(() => enquiry.Run(Request(body, "contact"), TestContext.Current.CancellationToken));
        body = new() { ["email"] = "ada@example.com", ["under16"] = false };
        for (var i = 0; i < 2; i++) await Should.ThrowAsync<MimeKit.ParseException>(() => newsletter.Run(Request(body, "newsletter"), TestContext.Current.CancellationToken));

        HttpRequest Request(JsonObject body, string what)
        {
            if (!body.ContainsKey("proof"))
            {
                var proof = Work.Done(proofs.Ask(what).Token);
                body["proof"] = new JsonObject { ["challenge"] = proof.Challenge, ["answer"] = proof.Answer };
            }

            var request = new DefaultHttpContext().Request;
            (request.ContentType, request.Body) = ("application/json", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body.ToJsonString())));
            return request;
        }
    }

    [Theory]
    [InlineData("name", "Ada\r\nBcc: eve@example.com")]
    [InlineData("subject", "Hello\nBcc: eve@example.com")]
    [InlineData("subject", "Hello\rBcc: eve@example.com")]
    [InlineData("orderNumber", "1\nBcc: eve@example.com")]
    [InlineData("email", "ada@example.com\nBcc: eve@example.com")]
    [InlineData("email", "ada@example.com, eve@example.com")]
    [InlineData("email", "Ada <ada@example.com>")]
    [InlineData("text", "with a bell\a")]
    [InlineData("name", "Ada\u2028Bcc: eve@example.com")]
    [InlineData("kind", "complaint")]
    public async Task What_could_end_a_header_or_name_somebody_else_is_refused(string member, string value)
    {
        var before = one.Shop.Mail.Mails.Count;
        await (await SendAsync(body => body[member] = value)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        one.Shop.Mail.Mails.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("\"Eve\" <eve@example.com>, Ada")]
    [InlineData("=?utf-8?q?x=0D=0ABcc:_eve@example.com?=")]
    public async Task A_strange_name_is_a_name_and_no_more(string name)
    {
        (await SendAsync(body => (body["name"], body["subject"]) = (name, name))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var mail = one.Shop.Mail.Mails[^1];
        mail.To.ShouldBe(["desk@example.com"]);
        mail.Message.ReplyTo.Mailboxes.ShouldHaveSingleItem().Address.ShouldBe("ada@example.com");
        (mail.Message.Cc.Count, mail.Message.Bcc.Count).ShouldBe((0, 0));
        mail.Message.Headers.Select(header => header.Field).ShouldBeSubsetOf(
            ["From", "Date", "Subject", "Message-Id", "To", "Reply-To", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]);
    }

    [Theory]
    [InlineData("451 4.3.0 not now")]
    [InlineData("550 5.1.1 ada@example.com nobody here")]
    public async Task When_the_server_does_not_take_it_the_sender_is_told_and_may_send_the_same_again(string answer)
    {
        var visitor = one.Shop.Anonymous();
        var body = await BodyAsync(visitor);
        one.Shop.Mail.Fault = new(MailStep.Recipient, answer);
        var before = one.Shop.Mail.Mails.Count;
        one.Shop.Calls.Reset();
        var refused = await PostAsync(visitor, body);
        (await refused.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "mail-not-taken"))["title"]!.GetValue<string>().ShouldContain("nothing of it is kept");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        one.Shop.Calls.Calls.ShouldBeEmpty();
        one.Shop.Log.Entries.ShouldNotContain(entry => entry.Text.Contains("ada@example.com"));
        one.Shop.Mail.Fault = null;
        (await PostAsync(visitor, body)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await (await PostAsync(visitor, body)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "proof-used");
        one.Shop.Mail.Mails.Count.ShouldBe(before + 1);
    }

    /// <summary>Else a stranger could use up the share of all who have the same network address, for nothing.</summary>
    [Theory]
    [InlineData("contact")]
    [InlineData("newsletter")]
    public async Task Without_work_nothing_is_sent_and_nobodys_share_is_used_up_and_ten_an_hour_are_enough(string form)
    {
        var visitor = one.Shop.Anonymous();
        var before = one.Shop.Mail.Mails.Count;
        var body = await FormAsync(0);
        body["proof"]!["answer"] = "not worked out";
        one.Shop.Calls.Reset();
        for (var i = 0; i < 11; i++) await (await SendFormAsync(body)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "proof-not-valid");
        one.Shop.Calls.Calls.ShouldBeEmpty("to look at a proof costs no storage call");
        one.Shop.Mail.Mails.Count.ShouldBe(before);

        body = await FormAsync(0);
        (await SendFormAsync(body)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        // The same work again is no work.
        for (var i = 0; i < 11; i++) await (await SendFormAsync(body)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "proof-used");
        for (var i = 1; i < 10; i++) (await SendFormAsync(await FormAsync(i))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        body = await FormAsync(10);
        var refused = await SendFormAsync(body);
        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        one.Shop.Mail.Mails.Count.ShouldBe(before + 10);
        await (await SendFormAsync(body)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many");
        one.Shop.Clock.Advance(TimeSpan.FromHours(1));
        (await SendFormAsync(await FormAsync(11))).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        async Task<JsonObject> FormAsync(int number) => form == "contact"
            ? await BodyAsync(visitor)
            : new() { ["email"] = $"reader-{number}@example.com", ["under16"] = false, ["proof"] = await visitor.ProofAsync(form) };

        Task<HttpResponseMessage> SendFormAsync(JsonObject form) => visitor.PostAsJsonAsync(form.ContainsKey("subject") ? "api/contact" : "api/newsletter", form, TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(Action<JsonObject> change)
    {
        var visitor = one.Shop.Anonymous();
        var body = await BodyAsync(visitor);
        change(body);
        return await PostAsync(visitor, body);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient visitor, JsonObject body) =>
        visitor.PostAsJsonAsync("api/contact", body, TestContext.Current.CancellationToken);

    private static async Task<JsonObject> BodyAsync(HttpClient visitor) => new()
    {
        ["name"] = "Ada Lovelace",
        ["email"] = "ada@example.com",
        ["kind"] = "enquiry",
        ["subject"] = "A UPS: which?",
        ["text"] = "Four servers.\r\n.\r\nAda\u00a0L. 漢字",
        ["proof"] = await visitor.ProofAsync("contact"),
    };
}
