using System.Text.Json;
using Stripe;
using Stripe.Checkout;

namespace Shop.Packages.Tests.Stripe;

public sealed class StripeEntityTests
{
    [Fact]
    public void A_session_is_read_with_nested_objects_metadata_and_utc_times()
    {
        var session = Session.FromJson(
            """
            {"id":"cs_test_1","object":"checkout.session","amount_subtotal":100,"amount_total":120,"currency":"gbp","client_reference_id":"o1",
             "created":1700000000,"expires_at":1700086400,"livemode":false,"mode":"payment","status":"complete","payment_status":"paid",
             "payment_intent":"pi_1","customer":null,"customer_details":{"email":"ada@example.com","name":"Ada","address":{"country":"GB","line1":"1 Mill Rd"}},
             "metadata":{"orderId":"o1","empty":"","nothing":null},"payment_method_types":["card","link"],
             "total_details":{"amount_discount":0,"amount_shipping":5,"amount_tax":20},"url":null,"never_heard_of":{"a":[1,{"b":2}]}}
            """);

        session.Id.ShouldBe("cs_test_1");
        session.AmountTotal.ShouldBe(120);
        session.Created.ShouldBe(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc));
        session.Created.Kind.ShouldBe(DateTimeKind.Utc);
        session.PaymentIntentId.ShouldBe("pi_1");
        session.PaymentIntent.ShouldBeNull();
        session.CustomerId.ShouldBeNull();
        session.CustomerDetails.Address.Country.ShouldBe("GB");
        session.Metadata.ShouldBe(new Dictionary<string, string> { ["orderId"] = "o1", ["empty"] = "", ["nothing"] = null! });
        session.PaymentMethodTypes.ShouldBe(["card", "link"]);
        session.TotalDetails.AmountTax.ShouldBe(20);
        session.Url.ShouldBeNull();
        session.LineItems.ShouldBeNull();
        session.StripeResponse.ShouldBeNull();
    }

    [Fact]
    public void An_expanded_reference_gives_the_object_and_its_id()
    {
        var session = Session.FromJson(
            """
            {"id":"cs_1","payment_intent":{"id":"pi_1","object":"payment_intent","amount":120,"latest_charge":
              {"id":"ch_1","object":"charge","amount":120,"payment_intent":"pi_1","balance_transaction":"txn_1","invoice_like":{"id":"in_1"}}},
             "invoice":{"id":"in_1","object":"invoice"},
             "line_items":{"object":"list","has_more":false,"data":[{"id":"li_1","object":"item","amount_total":120,"quantity":2}]}}
            """);

        session.PaymentIntentId.ShouldBe("pi_1");
        session.PaymentIntent.Amount.ShouldBe(120);
        session.PaymentIntent.LatestChargeId.ShouldBe("ch_1");
        session.PaymentIntent.LatestCharge.PaymentIntentId.ShouldBe("pi_1");
        session.PaymentIntent.LatestCharge.BalanceTransactionId.ShouldBe("txn_1");
        session.PaymentIntent.LatestCharge.BalanceTransaction.ShouldBeNull();
        session.InvoiceId.ShouldBe("in_1");
        session.LineItems.ShouldHaveSingleItem().Quantity.ShouldBe(2);
    }

    [Fact]
    public void References_can_be_set_by_hand()
    {
        var refund = new Refund { PaymentIntent = new PaymentIntent { Id = "pi_1" } };

        refund.PaymentIntentId.ShouldBe("pi_1");
        refund.PaymentIntentId = "pi_2";

        refund.PaymentIntentId.ShouldBe("pi_2");
        refund.PaymentIntent.ShouldBeNull();
        new Refund().PaymentIntentId.ShouldBeNull();
    }

    [Theory]
    [InlineData("amount")]
    [InlineData("created")]
    public void A_null_in_a_refund_s_value_member_fails(string member) =>
        Should.Throw<JsonException>(() => Refund.FromJson($$"""{"id":"re_1","{{member}}":null}"""));

    [Fact]
    public void Null_fails_in_every_value_member_and_in_no_other()
    {
        Fails<Session>("created", "expires_at", "livemode");
        Fails<PaymentIntent>("amount", "amount_capturable", "amount_received", "created", "livemode");
        Fails<Charge>("amount", "amount_captured", "amount_refunded", "captured", "created", "disputed", "livemode", "paid", "refunded");
        Fails<Dispute>("amount", "created", "is_charge_refundable", "livemode");
        Fails<Event>("created", "livemode", "pending_webhooks");
        Fails<LineItem>("amount_discount", "amount_subtotal", "amount_tax", "amount_total");

        var session = Session.FromJson("""{"id":null,"amount_total":null,"metadata":null,"customer_details":null,"payment_intent":null,"line_items":null}""");
        session.AmountTotal.ShouldBeNull();
        session.Metadata.ShouldBeNull();
        session.PaymentIntentId.ShouldBeNull();
        Session.FromJson("{}").Created.ShouldBe(DateTime.UnixEpoch);
    }

    [Theory]
    [InlineData("""{"amount":"5"}""")]
    [InlineData("""{"amount":5.5}""")]
    [InlineData("""{"amount":5.0}""")]
    [InlineData("""{"amount":99999999999999999999}""")]
    [InlineData("""{"created":"2023-11-14T22:13:20Z"}""")]
    [InlineData("""{"created":-1}""")]
    [InlineData("""{"created":1.5}""")]
    [InlineData("""{"metadata":{"a":1}}""")]
    [InlineData("""{"metadata":""}""")]
    [InlineData("""{"metadata":[]}""")]
    [InlineData("""{"id":5}""")]
    [InlineData("""{"payment_intent":5}""")]
    [InlineData("""{"destination_details":"x"}""")]
    [InlineData("""{"amount":5""")]
    [InlineData("""{"amount":5,}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void What_does_not_fit_fails(string json) => Should.Throw<JsonException>(() => Refund.FromJson(json));

    [Fact]
    public void Names_are_matched_exactly_and_the_last_of_two_wins()
    {
        var refund = Refund.FromJson("""{"Amount":1,"amount":2,"am\u006funt":3,"AMOUNT":4,"created":"1700000000"}""");

        refund.Amount.ShouldBe(3);
        refund.Created.ShouldBe(DateTime.UnixEpoch.AddSeconds(1_700_000_000));
    }

    [Fact]
    public void An_object_is_read_as_the_class_that_it_names()
    {
        StripeEntity.FromJson("""{"amount":1,"object":"refund"}""").ShouldBeOfType<Refund>().Amount.ShouldBe(1);
        StripeEntity.FromJson("""{"object":"checkout.session"}""").ShouldBeOfType<Session>();
        StripeEntity.FromJson("""{"object":"something.new"}""").ShouldBeNull();
        StripeEntity.FromJson("""{"id":"x"}""").ShouldBeNull();
    }

    [Fact]
    public void The_raw_json_stays_readable_beside_the_properties()
    {
        var charge = Charge.FromJson("""{ "id": "ch_1", "novel": { "x": 1 }, "billing_details": {"name":"Ada", "novel": true} }""");

        charge.RawJsonElement!.Value.GetProperty("novel").GetProperty("x").GetInt32().ShouldBe(1);
        charge.BillingDetails.RawJsonElement!.Value.GetProperty("novel").GetBoolean().ShouldBeTrue();
        new Charge().RawJsonElement.ShouldBeNull();
    }

    [Fact]
    public void An_entity_survives_being_written_and_read_again()
    {
        const string Json = """{"id":"re_1","object":"refund","amount":5,"created":1700000000,"charge":"ch_1","payment_intent":{"id":"pi_1","amount":9},"metadata":{"a":"b"}}""";
        var refund = Refund.FromJson(Json);

        foreach (var text in new[] { refund.ToJson(), JsonSerializer.Serialize(refund) })
        {
            var again = JsonSerializer.Deserialize<Refund>(text)!;
            again.Amount.ShouldBe(5);
            again.Created.ShouldBe(refund.Created);
            again.ChargeId.ShouldBe("ch_1");
            again.PaymentIntent.Amount.ShouldBe(9);
            again.Metadata["a"].ShouldBe("b");
        }

        JsonDocument.Parse(refund.ToJson()).RootElement.GetProperty("created").GetInt64().ShouldBe(1_700_000_000);
    }

    private static void Fails<T>(params string[] members)
        where T : IStripeEntity
    {
        foreach (var member in members)
        {
            Should.Throw<JsonException>(() => StripeEntity.FromJson<T>($$"""{"{{member}}":null}"""), member);
        }
    }
}
