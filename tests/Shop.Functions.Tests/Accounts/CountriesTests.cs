using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Shop.Functions.Accounts;
using Shop.Functions.Platform.Http;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Accounts;

/// <summary>Which countries there are, and where an address has no postcode.</summary>
public sealed class CountriesTests(OneShop one) : IClassFixture<OneShop>
{
    /// <summary>Codes that the CLDR knows and ISO has not given to a country: groups, islands that belong to one, countries that are no more, and Kosovo.</summary>
    private static readonly string[] Others =
    [
        "AC", "AN", "BU", "CP", "CQ", "CS", "DD", "DG", "DY", "EA", "EU", "EZ", "FX", "HV", "IC", "NH", "QO", "RH", "SU", "TA", "TP", "UK", "UN", "VD", "XA", "XB",
        "XK", "YD", "YU", "ZR", "ZZ",
    ];

    /// <summary>.NET is told to carry no data of cultures; Node, which the tests need anyhow, has those of the Unicode CLDR.</summary>
    [Fact]
    public async Task They_are_the_regions_of_the_unicode_cldr_that_iso_has_given_a_code()
    {
        const string Script = """
            const names = new Intl.DisplayNames("en-GB", { type: "region", fallback: "none" });
            const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
            console.log(letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => names.of(code)).map((code) => `${code} ${names.of(code)}`).join("\n"));
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", Script]) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 }).ShouldNotBeNull();
        var known = (await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split((char[])['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        Countries.All.Select(code => $"{code} {Countries.NameOf(code)}").ShouldBe(known.Where(entry => !Others.Contains(entry[..2])), ignoreOrder: true);
    }

    [Theory]
    [InlineData("GB", "N1", null)]
    [InlineData("HK", null, null)]
    [InlineData("AE", "  ", null)]
    [InlineData("QA", "no code", null)]
    [InlineData("GB", null, "postcode")]
    [InlineData("GB", "\u200b\u2060", "postcode")]
    [InlineData("DE", "", "postcode")]
    [InlineData("HK", "123456789012345678901", "postcode")]
    [InlineData("UK", "N1", "country")]
    [InlineData("EL", "104 31", "country")]
    [InlineData("ZZ", "1", "country")]
    [InlineData("gb", "N1", "country")]
    [InlineData("XK", "10000", "country")]
    public void A_postcode_is_needed_where_there_are_any_and_a_country_must_be_one(string country, string? postcode, string? wrong)
    {
        var validation = new Validation();
        PostalAddress.Check(validation, "", "Ada", "1 Road", null, "Town", null, postcode, country);
        if (wrong is null) validation.Problem.ShouldBeNull();
        else validation.Problem!.Errors!.Keys.ShouldContain(wrong);
    }

    [Fact]
    public async Task Somebody_in_hong_kong_keeps_an_address_and_orders_to_it()
    {
        var person = await one.Shop.Customer("hong-kong@example.com");
        var address = new { name = "Ada", line1 = "1 Queen's Road Central", city = "Hong Kong", country = "HK" };
        var kept = await person.CallAsync("POST", "api/account/addresses", JsonContent.Create(address));
        kept.StatusCode.ShouldBe(HttpStatusCode.Created, await kept.TextAsync());
        (await kept.JsonAsync()).AsObject().ContainsKey("postcode").ShouldBeFalse();
        var body = new { lines = new[] { new { sku = "BOOK-POWER", quantity = 1 } }, deliveryAddress = address };
        var placed = await person.CallAsync("POST", "api/orders", JsonContent.Create(body), ("Idempotency-Key", "to-hong-kong"));
        placed.StatusCode.ShouldBe(HttpStatusCode.Created, await placed.TextAsync());
        (await placed.JsonAsync())["deliveryAddress"]!["postcode"].ShouldBeNull();
    }
}
