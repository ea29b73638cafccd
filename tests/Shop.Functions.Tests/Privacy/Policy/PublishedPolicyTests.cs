using System.ComponentModel.DataAnnotations;
using System.Net;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Privacy.Policy;

/// <summary>The policy says whose it is, since when it reads so, and what the code does, to people and to programs.</summary>
public sealed class PublishedPolicyTests(OneShop one) : IClassFixture<OneShop>
{
    [Fact]
    public async Task It_names_the_controller_the_changes_and_the_recipients_and_no_person_as_who_decided()
    {
        var policy = await one.Shop.Anonymous().ReadAsync("api/privacy/policy");
        policy["edition"]!.GetValue<string>().ShouldBe(PolicyEdition.All[0].Number);
        policy["date"]!.GetValue<string>().ShouldBe(PolicyEdition.All[0].Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        policy["controller"]!["name"]!.GetValue<string>().ShouldBe("Example Server Rooms Ltd");
        policy["controller"]!["email"]!.GetValue<string>().ShouldBe("data@example.com");
        policy["decidedBy"]!.GetValue<string>().ShouldBe("the directors and management team");
        policy["changes"]!.AsArray().Count.ShouldBe(PolicyEdition.All.Length);
        policy["processors"]!.AsArray().Count.ShouldBe(Processors.OfShop.Length);
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html")]
    [InlineData("text/html", "text/html")]
    [InlineData("application/json;q=0.5, text/html", "text/html")]
    [InlineData("application/json, text/html;q=0.9", "application/json")]
    [InlineData("application/json, text/html", "application/json")]
    [InlineData("text/html;q=0", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("nonsense", "application/json")]
    [InlineData(null, "application/json")]
    public async Task A_browser_gets_a_page_and_a_program_json(string? accept, string expected)
    {
        var response = await one.Shop.Anonymous().CallAsync("GET", "api/privacy/policy", null, accept is null ? [] : [("Accept", accept)]);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(expected);
        response.Headers.Vary.ShouldBe(["Origin", "Accept"]);
        response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=300");
        var again = await one.Shop.Anonymous().CallAsync("GET", "api/privacy/policy", null, [("If-None-Match", response.Tag()), .. accept is null ? Array.Empty<(string, string)>() : [("Accept", accept)]]);
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task The_page_has_every_period_recipient_and_change_and_needs_no_script()
    {
        var page = await (await one.Shop.Anonymous().CallAsync("GET", "api/privacy/policy", null, ("Accept", "text/html"))).TextAsync();
        foreach (var period in new[] { "6 years after", "10 years after", "24 months after", "30 days after" }) page.ShouldContain(period);
        foreach (var processor in Processors.OfShop) page.ShouldContain(System.Text.Encodings.Web.HtmlEncoder.Default.Encode(processor.Name));
        foreach (var change in PolicyEdition.All) page.ShouldContain($"<td>{change.Number}</td>");
        page.ShouldContain("mailto:data@example.com");
        page.ShouldContain("Information Commissioner");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("style=");
    }

    [Fact]
    public void The_change_log_goes_back_in_time_and_no_number_comes_twice()
    {
        PolicyEdition.All.Select(edition => edition.Date).ShouldBeInOrder(SortDirection.Descending);
        PolicyEdition.All.Select(edition => edition.Number).ShouldBeUnique();
    }

    [Theory]
    [InlineData("P6Y", "6 years")]
    [InlineData("P1M", "1 month")]
    [InlineData("P30D", "30 days")]
    public void A_period_is_said_as_people_say_it(string period, string words) => PolicyWords.Period(period).ShouldBe(words);

    [Theory]
    [InlineData("", "1 Street, Town", "data@example.com", "Controller__Name is missing")]
    [InlineData("Company Ltd", " ", "data@example.com", "Controller__Address is missing")]
    [InlineData("Company Ltd", "1 Street, Town", "data", "Controller__Email is missing or no e-mail address")]
    public void What_is_missing_of_the_controller_is_named(string name, string address, string email, string complaint)
    {
        var options = new ControllerOptions { Name = name, Address = address, Email = email };
        options.Validate(new ValidationContext(options)).ShouldHaveSingleItem().ErrorMessage!.ShouldStartWith(complaint);
    }
}
