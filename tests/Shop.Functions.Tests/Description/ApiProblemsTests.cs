using System.Text.Json.Nodes;
using Shop.Functions.Platform.Links;
using Shop.Functions.Tracking;

namespace Shop.Functions.Tests.Description;

/// <summary>Who reads the description is told which problems an operation has, in its own words, and how often it may be called.</summary>
public sealed class ApiProblemsTests
{
    [Theory]
    [InlineData("/newsletter/confirm")]
    [InlineData("/newsletter/parent")]
    [InlineData("/newsletter/unsubscribe")]
    [InlineData("/account/consents/confirm")]
    public void What_a_button_answers_is_a_page_also_where_it_is_too_often_or_not_possible_now(string path)
    {
        var responses = Operation(path, "post")["responses"]!;
        foreach (var status in (string[])["429", "503"]) responses[status]!["content"]!["text/html"].ShouldNotBeNull($"{path} {status}");
    }

    [Fact]
    public void A_link_to_a_parcel_that_is_used_too_often_answers_people_and_programs() =>
        Operation("/tracking", "get")["responses"]!["429"]!["content"]!.AsObject().Select(kind => kind.Key).ShouldBe(["text/html", "application/problem+json"]);

    [Theory]
    [InlineData("/orders", "post", "429", "You have done this often in a short time.")]
    [InlineData("/account/export", "get", "429", "You have done this often in a short time.")]
    [InlineData("/contact", "post", "429", "You have done this often in a short time.")]
    [InlineData("/account/consents", "post", "429", "You have given consents often")]
    [InlineData("/webhooks/stripe", "post", "400", "The Stripe-Signature does not fit")]
    [InlineData("/webhooks/paypal", "post", "400", "The PayPal signature headers do not fit")]
    [InlineData("/webhooks/carriers/{carrier}", "post", "400", "The Carrier-Signature does not fit")]
    public void An_example_says_what_the_operation_says(string path, string verb, string status, string title)
    {
        var examples = Operation(path, verb)["responses"]![status]!["content"]!["application/problem+json"]!["examples"]!.AsObject();
        var own = examples.Where(example => example.Key is "too-many" or "bad-signature").ShouldHaveSingleItem().Value!["value"]!;
        own["title"]!.GetValue<string>().ShouldStartWith(title);
    }

    [Fact]
    public void A_limit_is_told_with_its_number_and_whom_it_is_for()
    {
        SaysOf("/orders", "post").ShouldEndWith("At most 60 orders an hour for each account by default.");
        SaysOf("/account/export", "get").ShouldEndWith("At most 10 copies a day for each account.");
        SaysOf("/newsletter/confirm", "post").ShouldContain($"At most {LinkPages.Rate.Most} uses an hour for each link.");
        SaysOf("/orders/{id}/tracking/stream", "get").ShouldContain($"At most {OpenStreams.MostOfAccount} streams at once for each account");
        // Whoever can be told 429 can read how often is too often.
        FunctionContract.All.Where(function => function.Limits.IsEmpty && (function.Problems.Any(problem => problem.Status == 429) || function.Answers.Any(answer => answer.Status == 429)))
            .Select(function => function.Name).ShouldBeEmpty();
    }

    private static JsonNode Operation(string path, string verb) => ApiContract.Document["paths"]![path]![verb]!;

    private static string SaysOf(string path, string verb) => Operation(path, verb)["description"]!.GetValue<string>();
}
