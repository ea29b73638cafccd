using System.Text.Json;
using Newtonsoft.Json.Linq;
using Stripe;
using Stripe.Checkout;

namespace Shop.Packages.Tests.Stripe;

public sealed class StripeWebhookTests
{
    private const string Secret = "whsec_test";
    private const long Now = 1_700_000_000;
    private const string Vector = "35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91";

    [Fact]
    public void The_published_test_vector_is_met()
    {
        EventUtility.ComputeSignature(Secret, "1700000000", "{}").ShouldBe(Vector);
        EventUtility.GenerateSignatureHeader("{}", Secret, Now).ShouldBe($"t=1700000000,v1={Vector}");
        EventUtility.ValidateSignature("{}", $"t=1700000000,v1={Vector}", Secret, 300, Now);
        EventUtility.DefaultTimeTolerance.ShouldBe(300);
    }

    [Theory]
    [InlineData("t=1700000000,v1=00,v1={v}")]
    [InlineData("v0=00,v1={v},t=1700000000")]
    [InlineData(" t=1700000000 , v1={v} ")]
    [InlineData("t=1700000000,v1={v},v2=a=b")]
    [InlineData("t=1700000000,t=5,v1={v}")]
    public void Any_matching_v1_will_do(string header) =>
        EventUtility.ValidateSignature("{}", header.Replace("{v}", Vector, StringComparison.Ordinal), Secret, 300, Now);

    [Theory]
    [InlineData("{} ", "t=1700000000,v1={v}")]
    [InlineData("{}\n", "t=1700000000,v1={v}")]
    [InlineData("\uFEFF{}", "t=1700000000,v1={v}")]
    [InlineData("{}", "t=1700000001,v1={v}")]
    [InlineData("{}", "t=1700000000,v0={v}")]
    [InlineData("{}", "t=1700000000,v1={V}")]
    [InlineData("{}", "t=1700000000,v1=")]
    [InlineData("{}", "v1={v}")]
    [InlineData("{}", "t=1700000000")]
    [InlineData("{}", "abc")]
    [InlineData("{}", "")]
    [InlineData("{}", "t=1700000000,v1={v},")]
    [InlineData("{\"\uD800\"}", "t=1700000000,v1={v}")]
    public void A_wrong_body_or_header_is_a_StripeException(string body, string header)
    {
        var filled = header
            .Replace("{v}", Vector, StringComparison.Ordinal)
            .Replace("{V}", Vector.ToUpperInvariant(), StringComparison.Ordinal);

        Should.Throw<StripeException>(() => EventUtility.ValidateSignature(body, filled, Secret, 300, Now));
    }

    [Theory]
    [InlineData(Now + 300, true)]
    [InlineData(Now - 300, true)]
    [InlineData(Now + 301, false)]
    [InlineData(Now - 301, false)]
    public void The_time_may_differ_by_the_tolerance_either_way(long utcNow, bool accepted)
    {
        void Validate() => EventUtility.ValidateSignature("{}", $"t={Now},v1={Vector}", Secret, 300, utcNow);

        if (accepted)
        {
            Validate();
        }
        else
        {
            Should.Throw<StripeException>(Validate);
        }
    }

    [Fact]
    public void What_is_missing_or_no_number_fails_with_the_exceptions_of_the_runtime()
    {
        Should.Throw<NullReferenceException>(() => EventUtility.ValidateSignature("{}", null!, Secret, 300, Now));
        Should.Throw<ArgumentNullException>(() => EventUtility.ValidateSignature("{}", $"t={Now},v1={Vector}", null!, 300, Now));
        Should.Throw<FormatException>(() => EventUtility.ValidateSignature("{}", Signed("soon"), Secret, 300, Now));
        Should.Throw<FormatException>(() => EventUtility.ValidateSignature("{}", Signed(""), Secret, 300, Now));
        Should.Throw<OverflowException>(() => EventUtility.ValidateSignature("{}", Signed("99999999999"), Secret, 300, Now));
        Should.Throw<StripeException>(() => EventUtility.ValidateSignature(
            "{}", $"v1={EventUtility.ComputeSignature(Secret, null!, "{}")}", Secret, 300, Now));

        static string Signed(string time) => $"t={time},v1={EventUtility.ComputeSignature(Secret, time, "{}")}";
    }

    [Fact]
    public void A_signed_event_is_constructed_with_the_object_it_is_about()
    {
        var json = Event("checkout.session.completed", """{"object":"checkout.session","id":"cs_1","amount_total":120}""");

        var stripeEvent = EventUtility.ConstructEvent(json, EventUtility.GenerateSignatureHeader(json, Secret, Now), Secret, 300, Now);

        stripeEvent.Id.ShouldBe("evt_1");
        stripeEvent.Type.ShouldBe(EventTypes.CheckoutSessionCompleted);
        stripeEvent.Created.ShouldBe(DateTime.UnixEpoch.AddSeconds(Now));
        stripeEvent.Request.IdempotencyKey.ShouldBe("k1");
        stripeEvent.Data.Object.ShouldBeOfType<Session>().AmountTotal.ShouldBe(120);
        stripeEvent.RawJsonElement!.Value.GetProperty("pending_webhooks").GetInt32().ShouldBe(1);
        var foreign = EventUtility.GenerateSignatureHeader(json, "whsec_other", Now);
        Should.Throw<StripeException>(() => EventUtility.ConstructEvent(json, foreign, Secret, 300, Now));
    }

    [Theory]
    [InlineData("2026-07-29.dahlia", true)]
    [InlineData("2026-03-25.dahlia", true)]
    [InlineData("2027-01-01.dahlia", true)]
    [InlineData("2025-11-17.clover", false)]
    [InlineData("2020-08-27", false)]
    public void Only_the_train_of_the_version_counts(string version, bool compatible)
    {
        var json = Event("refund.created", """{"object":"refund"}""", $"\"{version}\"");

        EventUtility.IsCompatibleApiVersion(version).ShouldBe(compatible);
        EventUtility.IsCompatibleApiVersion("2026-01-01.preview", version).ShouldBeFalse();
        EventUtility.ParseEvent(json, throwOnApiVersionMismatch: false).ApiVersion.ShouldBe(version);
        if (compatible)
        {
            EventUtility.ParseEvent(json).ApiVersion.ShouldBe(version);
        }
        else
        {
            Should.Throw<StripeException>(() => EventUtility.ParseEvent(json)).Message.ShouldStartWith("Received event with API version");
        }
    }

    [Theory]
    [InlineData("""{"object":"event"}""", typeof(NullReferenceException))]
    [InlineData("""{"object":"event","api_version":null}""", typeof(NullReferenceException))]
    [InlineData("""{"object":"event","api_version":"2026-07-29.dahlia","created":null}""", typeof(JsonException))]
    [InlineData("""{"object":"event","api_version":"2026-07-29.dahlia","data":{"object":{"object":"refund","amount":null}}}""", typeof(JsonException))]
    [InlineData("""{"object":"event","api_version":"2026-07-29.dahlia"} x""", typeof(JsonException))]
    [InlineData("not json", typeof(JsonException))]
    [InlineData("", typeof(JsonException))]
    [InlineData("\uFEFF{}", typeof(JsonException))]
    [InlineData("""{"id":"evt_1","created":"2026-01-01T00:00:00Z","object":"v2.core.event"}""", typeof(ArgumentException))]
    [InlineData("""{"object":5}""", typeof(InvalidOperationException))]
    [InlineData("[]", typeof(InvalidOperationException))]
    [InlineData(null, typeof(ArgumentNullException))]
    public void What_is_no_readable_event_fails_each_in_its_way(string? json, Type exception) =>
        Record.Exception(() => EventUtility.ParseEvent(json!)).ShouldBeAssignableTo(exception);

    [Fact]
    public void An_object_of_an_unknown_kind_is_null_but_readable_raw()
    {
        var data = EventUtility.ParseEvent(Event("widget.made", """{"object":"widget","id":"w_1","size":{"cm":5}}""")).Data;

        data.Object.ShouldBeNull();
        ((string)data.RawObject.id).ShouldBe("w_1");
        ((int)data.RawObject.size.cm).ShouldBe(5);
        ((object?)data.PreviousAttributes).ShouldBeNull();
    }

    [Fact]
    public void An_update_tells_what_was_before()
    {
        var json = Event("refund.updated", """{"object":"refund","status":"succeeded"},"previous_attributes":{"status":"pending"}""");

        var data = EventUtility.ParseEvent(json).Data;

        data.Object.ShouldBeOfType<Refund>().Status.ShouldBe("succeeded");
        ((JObject)data.PreviousAttributes)["status"]!.ToString().ShouldBe("pending");
    }

    [Fact]
    public void An_expanded_object_of_an_unknown_kind_still_gives_its_id()
    {
        var json = Event("x", """{"object":"balance_transaction","source":{"id":"w_1","object":"widget","amount":null}}""");

        var movement = EventUtility.ParseEvent(json).Data.Object.ShouldBeOfType<BalanceTransaction>();

        movement.SourceId.ShouldBe("w_1");
        movement.Source.ShouldBeNull();
    }

    [Fact]
    public void An_old_event_s_request_is_its_id()
    {
        var json = """{"object":"event","id":"evt_1","request":"req_1","api_version":"2016-07-06"}""";

        EventUtility.ParseEvent(json, throwOnApiVersionMismatch: false).Request.Id.ShouldBe("req_1");
    }

    [Fact]
    public void Cloud_envelopes_are_unwrapped_and_others_refused()
    {
        var inner = Event("refund.created", """{"object":"refund","id":"re_1"}""");

        EventUtility.ConstructEventWithoutVerification($$"""{"version":"0","detail":{{inner}}}""").Id.ShouldBe("evt_1");
        EventUtility.ConstructEventWithoutVerification($$"""{"specversion":"1.0","data":{{inner}}}""").Id.ShouldBe("evt_1");
        EventUtility.ConstructEventWithoutVerification(inner).Data.Object.ShouldBeOfType<Refund>().Id.ShouldBe("re_1");
        Should.Throw<ArgumentException>(() => EventUtility.ConstructEventWithoutVerification("""{"id":"x"}"""));
        Should.Throw<ArgumentException>(() => EventUtility.ConstructEventWithoutVerification("""{"object":"v2.core.event"}"""));
    }

    private static string Event(string type, string data, string version = "\"2026-07-29.dahlia\"") =>
        $$"""
        {
          "id": "evt_1",
          "object": "event",
          "api_version": {{version}},
          "created": 1700000000,
          "data": { "object": {{data}} },
          "livemode": false,
          "pending_webhooks": 1,
          "request": { "id": "req_1", "idempotency_key": "k1" },
          "type": "{{type}}"
        }
        """;
}
