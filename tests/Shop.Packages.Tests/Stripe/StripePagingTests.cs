using Stripe;
using static Shop.Packages.Tests.Stripe.StripeTransport;

namespace Shop.Packages.Tests.Stripe;

public sealed class StripePagingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Auto_paging_asks_for_the_page_after_the_last_item_until_there_is_none()
    {
        var stripe = new StripeTransport(Answer(Page(true, "re_1", "re_2")), Answer(Page(true, "re_3")), Answer(Page(false, "re_4")));
        var options = new RefundListOptions { PaymentIntent = "pi_1", Limit = 2 };

        var ids = new List<string>();
        await foreach (var refund in stripe.Client().V1.Refunds.ListAutoPagingAsync(options, cancellationToken: Cancellation))
        {
            ids.Add(refund.Id);
        }

        ids.ShouldBe(["re_1", "re_2", "re_3", "re_4"]);
        stripe.Attempts.Select(a => a.Uri.Query).ShouldBe(
        [
            "?payment_intent=pi_1&limit=2",
            "?payment_intent=pi_1&limit=2&starting_after=re_2",
            "?payment_intent=pi_1&limit=2&starting_after=re_3",
        ]);
        options.StartingAfter.ShouldBeNull();
    }

    [Fact]
    public void Paging_before_an_item_walks_backwards()
    {
        var stripe = new StripeTransport(Answer(Page(true, "re_3", "re_2")), Answer(Page(false, "re_5", "re_4")));

        var ids = stripe.Client().V1.Refunds.ListAutoPaging(new RefundListOptions { EndingBefore = "re_1" }).Select(r => r.Id).ToList();

        ids.ShouldBe(["re_2", "re_3", "re_4", "re_5"]);
        stripe.Attempts.Select(a => a.Uri.Query).ShouldBe(["?ending_before=re_1", "?ending_before=re_3"]);
    }

    [Fact]
    public async Task An_empty_page_ends_the_walk_even_if_it_promises_more()
    {
        var stripe = new StripeTransport(Answer(Page(true)));

        await foreach (var _ in stripe.Client().V1.Refunds.ListAutoPagingAsync(cancellationToken: Cancellation))
        {
            Assert.Fail("There is nothing to list.");
        }

        stripe.Attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_page_is_asked_for_only_when_it_is_needed()
    {
        var stripe = new StripeTransport(Answer(Page(true, "re_1", "re_2")));

        await foreach (var refund in stripe.Client().V1.Refunds.ListAutoPagingAsync(cancellationToken: Cancellation))
        {
            refund.Id.ShouldBe("re_1");
            break;
        }

        stripe.Attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_page_tells_whether_there_is_more()
    {
        var stripe = new StripeTransport(Answer(Page(true, "re_1", "re_2")));

        var page = await stripe.Client().V1.Refunds.ListAsync(cancellationToken: Cancellation);

        page.Object.ShouldBe("list");
        page.HasMore.ShouldBeTrue();
        page.Url.ShouldBe("/v1/refunds");
        page.Select(r => r.Id).ShouldBe(["re_1", "re_2"]);
        page.Data.Count.ShouldBe(2);
    }

    private static string Page(bool hasMore, params string[] ids)
    {
        var items = ids.Select(id => $$"""{"id":"{{id}}","object":"refund"}""");
        return $$"""{"object":"list","url":"/v1/refunds","has_more":{{(hasMore ? "true" : "false")}},"data":[{{string.Join(",", items)}}]}""";
    }
}
