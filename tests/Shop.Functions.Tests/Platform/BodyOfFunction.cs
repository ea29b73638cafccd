namespace Shop.Functions.Tests.Platform;

/// <summary>A function that takes a body, one that it takes, and which members of it are text.</summary>
internal sealed record BodyOfFunction(string Method, string Path, string Right, BadBodies.Text[] Texts)
{
    public const string AnAddress =
        """{"label":"Marked","name":"Marked","line1":"1 Marked Street","line2":"Flat","city":"London","region":"Kent","postcode":"N1","country":"GB","defaultDelivery":true,"defaultBilling":false}""";

    private static readonly BadBodies.Text[] AddressTexts =
    [
        new("label", false, 50), new("name", true, 200), new("line1", true, 200), new("line2", false, 200), new("city", true, 100),
        new("region", false, 100), new("postcode", true, 20), new("country", true, 2),
    ];

    private static readonly string Today = $"{DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime):yyyy-MM-dd}T00:00:00Z";

    public static readonly IReadOnlyDictionary<string, BodyOfFunction> All = new Dictionary<string, BodyOfFunction>
    {
        ["open account"] = new(
            "POST",
            "api/account",
            """{"name":"Marked","company":"Marked Ltd","phone":"020 7946 0000"}""",
            [new("name", true, 200), new("company", false, 200), new("phone", false, 40)]),
        ["change account"] = new(
            "PATCH",
            "api/account",
            """{"name":"Marked","company":"Marked Ltd","phone":"020 7946 0000"}""",
            [new("name", false, 200), new("company", false, 200), new("phone", false, 40)]),
        ["place order"] = new(
            "POST",
            "api/orders",
            """{"lines":[{"sku":"BOOK-POWER","quantity":1}],"deliveryAddress":{"name":"Marked","line1":"1 Marked Street","line2":"Flat","city":"London","region":"Kent","postcode":"N1","country":"GB"},"purchaseOrderNumber":"PO-1"}""",
            [
                new("lines/0/sku", true, 64), new("deliveryAddress/name", true, 200), new("deliveryAddress/line1", true, 200),
                new("deliveryAddress/line2", false, 200), new("deliveryAddress/city", true, 100), new("deliveryAddress/region", false, 100),
                new("deliveryAddress/postcode", true, 20), new("deliveryAddress/country", true, 2), new("purchaseOrderNumber", false, 100),
            ]),
        ["add address"] = new(
            "POST",
            "api/account/addresses",
            AnAddress,
            AddressTexts),
        ["change address"] = new(
            "PUT",
            "api/account/addresses/{id}",
            AnAddress,
            AddressTexts),
        ["give consent"] = new(
            "POST",
            "api/account/consents",
            """{"purpose":"marketing","given":true,"wording":"2026-1","under16":true,"parent":{"name":"Marked Parent","email":"marked@example.com"}}""",
            [new("purpose", true, 20), new("wording", true, 50), new("parent/name", true, 200), new("parent/email", true, 254)]),
        ["decide age"] = new("POST", "api/privacy/accounts/{id}/age", """{"under16":false,"reason":"other","note":"Marked"}""", [new("reason", true, 40), new("note", false, 200)]),
        ["place legal hold"] = new("PUT", "api/privacy/holds/{id}", """{"reason":"other","note":"Marked"}""", [new("reason", true, 40), new("note", false, 200)]),
        ["place order hold"] = new("PUT", "api/privacy/order-holds/{id}", """{"reason":"other"}""", [new("reason", true, 40)]),
        ["start payment"] = new(
            "POST",
            "api/orders/{id}/payments",
            """{"provider":"stripe","returnUrl":"https://shop.example/a","cancelUrl":"https://shop.example/b"}""",
            [new("provider", true, 10), new("returnUrl", true, 1000), new("cancelUrl", true, 1000)]),
        ["refund"] = new(
            "POST",
            "api/orders/{id}/refunds",
            """{"amount":{"amount":100,"currency":"GBP"},"reason":"other","note":"Marked"}""",
            [new("reason", true, 40), new("note", false, 200), new("amount/currency", true, 3)]),
        ["ship"] = new(
            "POST",
            "api/orders/{id}/shipments",
            """{"carrier":"Marked","trackingNumber":"Marked 1","lines":[{"sku":"UPS-LI-1500","quantity":1}]}""",
            [new("carrier", true, 50), new("trackingNumber", false, 50), new("lines/0/sku", true, 64)]),
        ["correct parcel"] = new("PATCH", "api/orders/{id}/shipments/1", """{"carrier":"Marked"}""", [new("carrier", true, 50)]),
        ["note event of parcel"] = new(
            "POST",
            "api/orders/{id}/shipments/1/events",
            $$"""{"eventId":"Marked","kind":"delivered","at":"{{Today}}","place":"Marked"}""",
            [new("eventId", true, 255), new("kind", true, 20), new("at", true, 40), new("place", false, 40)]),
        ["resolve"] = new(
            "POST",
            "api/reviews/{id}/resolve",
            """{"decision":"accept","reason":"other","note":"Marked"}""",
            [new("reason", true, 40), new("note", false, 200), new("decision", true, 20)]),
        ["contact"] = new(
            "POST",
            "api/contact",
            """{"name":"Marked","email":"marked@example.com","kind":"enquiry","orderNumber":"Marked","subject":"Marked","text":"Marked","receipt":false,"proof":{"challenge":"Marked","answer":"Marked"}}""",
            [
                new("name", true, 100), new("email", true, 254), new("kind", true, 20), new("orderNumber", false, 30), new("subject", true, 150),
                new("proof/challenge", true, 1000), new("proof/answer", true, 50),
            ]),
        ["newsletter"] = new(
            "POST",
            "api/newsletter",
            """{"email":"marked@example.com","under16":true,"parentEmail":"parent@example.com","proof":{"challenge":"Marked","answer":"Marked"}}""",
            [new("email", true, 254), new("parentEmail", true, 254), new("proof/challenge", true, 1000), new("proof/answer", true, 50)]),
        ["review policy"] = new("POST", "api/privacy/policy/reviews", """{"outcome":"to_change"}""", [new("outcome", true, 20)]),
        ["confirm payment"] = new("POST", "api/orders/{id}/payments/confirm", """{"provider":"paypal"}""", [new("provider", true, 10)]),
    };
}
