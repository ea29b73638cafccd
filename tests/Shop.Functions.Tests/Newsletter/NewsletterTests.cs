using System.Net;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Mail;
using Shop.Local.Newsletter;

namespace Shop.Functions.Tests.Newsletter;

/// <summary>Nobody is on the list who has not pressed a button, and nobody's address is stored here.</summary>
public sealed class NewsletterTests(OneShop one) : IClassFixture<OneShop>, IAsyncLifetime
{
    private RunningShop Shop => one.Shop;

    public ValueTask InitializeAsync()
    {
        // Another day: whoever was asked may be asked again.
        Shop.Clock.Advance(TimeSpan.FromHours(25));
        (Shop.Mail.Fault, Shop.Newsletter.Fault) = (null, null);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_address_is_forwarded_once_its_owner_has_pressed_the_button_and_is_stored_nowhere_here()
    {
        Shop.Calls.Reset();
        var visitor = Shop.Anonymous();
        (await visitor.AskForNewsletterAsync("ada@example.com")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var link = Shop.Mail.LinkTo("ada@example.com");
        link.ToString().ShouldStartWith(new Uri(Shop.Host.Address, "api/newsletter/confirm?link=").ToString());

        // A program that looks for viruses opens every link, and follows what it finds.
        for (var i = 0; i < 3; i++)
        {
            var page = await visitor.GetAsync(link, TestContext.Current.CancellationToken);
            page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
            (await page.TextAsync()).ShouldNotContain("href", Case.Insensitive);
        }

        Shop.Newsletter.Contacts.ShouldNotContain(contact => contact.Email == "ada@example.com");
        Shop.Calls.Writes.ShouldAllBe(call => call.EndsWith("/rateCounts", StringComparison.Ordinal) || call.EndsWith("/$batch", StringComparison.Ordinal), "all that is stored is how often a mailbox was asked, by a hash");
        Shop.Calls.Calls.ShouldBe(Shop.Calls.Writes, "and nobody is asked");
        Shop.Calls.Reset();

        var joined = await visitor.PressAsync(link);
        joined.StatusCode.ShouldBe(HttpStatusCode.OK, await joined.TextAsync());
        var contact = Listed("ada@example.com").ShouldHaveSingleItem();
        contact.Custom["consent"].ShouldBe($"newsletter-1, {Shop.Clock.GetUtcNow():O}");
        Shop.Calls.Calls.ShouldAllBe(call => call.Contains("/api/v1/", StringComparison.Ordinal), "storage has no part in it");
        Shop.Log.Entries.ShouldNotContain(entry => entry.Text.Contains("ada@example.com"));
    }

    [Fact]
    public async Task A_page_can_be_read_and_used_without_a_script_and_keeps_its_address_to_itself()
    {
        var visitor = Shop.Anonymous();
        await visitor.AskForNewsletterAsync("page@example.com");
        var page = await visitor.GetAsync(Shop.Mail.LinkTo("page@example.com"), TestContext.Current.CancellationToken);
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("form-action 'self'");
        var html = await page.TextAsync();
        html.ShouldContain("page@example.com");
        html.ShouldNotContain("<script");
        html.ShouldNotContain("style=");
        html.ShouldNotContain("http");
    }

    [Fact]
    public async Task A_link_has_its_effect_once()
    {
        var visitor = Shop.Anonymous();
        await visitor.AskForNewsletterAsync("once@example.com");
        var join = Shop.Mail.LinkTo("once@example.com");
        for (var i = 0; i < 2; i++) (await visitor.PressAsync(join)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Shop.Mail.Mails.Count(mail => mail.To.Contains("once@example.com") && mail.Subject.StartsWith("You are on", StringComparison.Ordinal)).ShouldBe(1);

        Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        (await visitor.PressAsync(Shop.Mail.LinkTo("once@example.com"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        Listed("once@example.com").ShouldBeEmpty();
        (await visitor.PressAsync(join)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        Listed("once@example.com").ShouldBeEmpty("whoever left is not put back by an old link");

        Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await visitor.AskForNewsletterAsync("once@example.com");
        (await visitor.PressAsync(Shop.Mail.LinkTo("once@example.com"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        Listed("once@example.com").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_mail_program_takes_the_address_off_at_one_press()
    {
        var visitor = Shop.Anonymous();
        await visitor.AskForNewsletterAsync("reader@example.com");
        await visitor.PressAsync(Shop.Mail.LinkTo("reader@example.com"));
        var welcome = Shop.Mail.Mails.Last(mail => mail.To.Contains("reader@example.com"));
        welcome.Message.Headers["List-Unsubscribe-Post"].ShouldBe("List-Unsubscribe=One-Click");
        var link = new Uri(welcome.Message.Headers["List-Unsubscribe"]!.Trim('<', '>'));

        (await visitor.SendFormAsync(link, "something", "else")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.PostAsync(link, null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Listed("reader@example.com").Count.ShouldBe(1);
        var multipart = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
        (await visitor.PostAsync(link, multipart, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Listed("reader@example.com").ShouldBeEmpty();
        (await visitor.SendFormAsync(link, "List-Unsubscribe", "One-Click")).StatusCode.ShouldBe(HttpStatusCode.OK, "twice is the same as once");
    }

    [Fact]
    public async Task Under_16_a_parent_agrees_first_and_then_the_child()
    {
        var visitor = Shop.Anonymous();
        (await visitor.AskForNewsletterAsync("byron@example.com", parent: "annabella@example.com")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        Shop.Mail.Mails.ShouldNotContain(mail => mail.To.Contains("byron@example.com"));
        var link = Shop.Mail.LinkTo("annabella@example.com");
        (await visitor.GetAsync(link, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Shop.Mail.Mails.ShouldNotContain(mail => mail.To.Contains("byron@example.com"));
        (await visitor.PressAsync(link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Listed("byron@example.com").ShouldBeEmpty();
        (await visitor.PressAsync(Shop.Mail.LinkTo("byron@example.com"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        Listed("byron@example.com").ShouldHaveSingleItem().Custom["consent"].ShouldEndWith(", a parent agreed");

        // A parent's link does not do what a child's does.
        var swapped = new Uri(link.ToString().Replace("newsletter/parent", "newsletter/confirm", StringComparison.Ordinal));
        (await visitor.SendFormAsync(swapped, "answer", "yes")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var own in new[] { "BYRON@example.com", "byron+mum@example.com" })
            await (await visitor.AskForNewsletterAsync("byron@example.com", parent: own)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task The_answer_is_the_same_whether_or_not_the_address_is_known_and_nobody_is_flooded()
    {
        var visitor = Shop.Anonymous();
        await visitor.AskForNewsletterAsync("known@example.com");
        await visitor.PressAsync(Shop.Mail.LinkTo("known@example.com"));
        var known = await visitor.AskForNewsletterAsync("Known@example.com");
        var unknown = await visitor.AskForNewsletterAsync("unknown@example.com");
        var before = Shop.Mail.Mails.Count;
        var third = await visitor.AskForNewsletterAsync("KNOWN@example.com");
        Shop.Mail.Mails.Count.ShouldBe(before, "two a day are enough");
        Shop.Mail.Fault = new(MailStep.Recipient, "550 5.1.1 nobody here");
        var nobody = await visitor.AskForNewsletterAsync("nobody@example.com");
        var answers = new List<string>();
        foreach (var response in new[] { known, unknown, third, nobody })
        {
            response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            answers.Add(await response.TextAsync());
        }

        answers.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_does_not_answer_is_told_and_nothing_is_lost()
    {
        var visitor = Shop.Anonymous();
        Shop.Mail.Fault = new(MailStep.Sender, "451 4.3.0 not now");
        for (var i = 0; i < 3; i++) await (await visitor.AskForNewsletterAsync("patient@example.com")).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        Shop.Mail.Fault = null;
        await visitor.AskForNewsletterAsync("patient@example.com");
        var link = Shop.Mail.LinkTo("patient@example.com");
        foreach (var fault in new[] { HttpStatusCode.InternalServerError, HttpStatusCode.TooManyRequests, HttpStatusCode.Unauthorized })
        {
            Shop.Newsletter.Fault = fault;
            (await visitor.PressAsync(link)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        Shop.Newsletter.Fault = null;
        // The mail that says so is not worth a failure: the page has the same link.
        Shop.Mail.Fault = new(MailStep.Sender, "451 4.3.0 not now");
        var joined = await visitor.PressAsync(link);
        joined.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await joined.TextAsync()).ShouldContain("newsletter/unsubscribe?link=");
        Listed("patient@example.com").Count.ShouldBe(1);
        Shop.Log.Entries.ShouldNotContain(entry => entry.Text.Contains("patient@example.com"));
    }

    [Fact]
    public async Task A_link_that_is_late_broken_or_refused_by_the_provider_puts_nobody_on_the_list()
    {
        var visitor = Shop.Anonymous();
        await visitor.AskForNewsletterAsync("gone@example.com");
        var link = Shop.Mail.LinkTo("gone@example.com");
        Shop.Newsletter.Refused.Add("gone@example.com");
        (await visitor.PressAsync(link)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        foreach (var broken in new[] { link + "x", link.ToString()[..^8], link.GetLeftPart(UriPartial.Path) })
        {
            (await visitor.GetAsync(broken, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await visitor.SendFormAsync(new(broken), "answer", "yes")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        Shop.Clock.Advance(TimeSpan.FromDays(2));
        (await visitor.GetAsync(link, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await visitor.SendFormAsync(link, "answer", "yes")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        Listed("gone@example.com").ShouldBeEmpty();
    }

    private List<MailingContact> Listed(string email) => [.. Shop.Newsletter.Contacts.Where(contact => contact.Email == email && contact.Listed)];
}
