using System.Net;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Payments.Checkouts;

/// <summary>Where customers are sent back to: the storefront, and nowhere else.</summary>
public sealed class ReturnUrlTests(OneShop one) : IClassFixture<OneShop>
{
    public static TheoryData<string> Elsewhere =>
    [
        "https://evil.example/thanks",
        "http://shop.example/thanks",
        "https://shop.example:8443/thanks",
        "https://shop.example@evil.example/",
        "https://user@shop.example/thanks",
        "https://shop.example:x@evil.example/",
        "https://shop.example.evil.example/thanks",
        "https://evilshop.example/thanks",
        "https://sub.shop.example/thanks",
        "https://shop.example./thanks",
        "https://shop.example%2eevil.example/thanks",
        "https://shop.example\t.evil.example/",
        "https://shop.example\n.evil.example/",
        "https://evil.example\\@shop.example/",
        "https://shop.example\\@evil.example/",
        "https://shop.example/two words",
        " https://shop.example/thanks",
        "https:evil.example",
        "//evil.example/thanks",
        "/thanks",
        "javascript:alert(document.domain)",
        "javascript://shop.example/%0aalert(1)",
        "data:text/html,hello",
        "ftp://shop.example/thanks",
        "https://",
        "",
        " ",
        "https://shop.example/thanks\r\nX-Header: 1",
        "https://shop.example/" + Long,
    ];

    private static string Long => new('a', 1_000);

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task An_address_that_is_not_on_the_storefront_is_refused(string url)
    {
        var ada = await one.Shop.Customer();
        var order = await ada.OrderAsync();
        one.Shop.Calls.Reset();
        var back = await (await ada.StartPaymentAsync(order, new { provider = "stripe", returnUrl = url, cancelUrl = "https://shop.example/basket" }))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        back["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe("returnUrl");
        var away = await (await ada.StartPaymentAsync(order, new { provider = "stripe", returnUrl = "https://shop.example/thanks", cancelUrl = url }))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        away["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe("cancelUrl");
        one.Shop.Calls.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://shop.example")]
    [InlineData("https://shop.example:443/thanks?order={CHECKOUT_SESSION_ID}#top")]
    [InlineData("HTTPS://SHOP.EXAMPLE/thanks")]
    public async Task Every_page_of_the_storefront_will_do(string url)
    {
        var ada = await one.Shop.Customer();
        var order = await ada.OrderAsync($"key-{url.Length}");
        (await ada.StartPaymentAsync(order, new { provider = "stripe", returnUrl = url, cancelUrl = url })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("paypal ")]
    [InlineData("Stripe")]
    [InlineData("")]
    [InlineData("adyen")]
    public async Task An_unknown_provider_is_named(string provider)
    {
        var ada = await one.Shop.Customer();
        var order = await ada.OrderAsync();
        var problem = await (await ada.StartPaymentAsync(order, new { provider, returnUrl = "https://shop.example/a", cancelUrl = "https://shop.example/b" }))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        problem["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe("provider");
    }
}
