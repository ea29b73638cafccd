using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Shop.Local.PayPal;

namespace Shop.Local.Tests.Host;

/// <summary>What this host does as the Functions host does, whichever way it calls the app.</summary>
public abstract class HostTests(HostShop running)
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private protected HostShop Running => running;

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Routes_queues_and_timers_are_those_that_the_app_reports()
    {
        var functions = running.Shop.Host.Functions;

        functions.Single(function => function.Name == "ReadOrder").ShouldSatisfyAllConditions(
            read => read.Route.ShouldBe("orders/{id}"), read => read.Methods.ShouldBe(["GET", "HEAD"]));
        functions.Single(function => function.Name == "ApplyPaymentEvent").Queue.ShouldBe("payment-events");
        functions.Single(function => function.Name == "PurgeExpiredData").Schedule.ShouldBe("0 30 3 * * *");
    }

    /// <summary>The answers of the Functions host and of its front end, which this host must give as well.</summary>
    [Theory]
    [InlineData("GET", "api/nothing", HttpStatusCode.NotFound, "application/problem+json")]
    [InlineData("GET", "orders/x", HttpStatusCode.NotFound, null)]
    [InlineData("DELETE", "api/products", HttpStatusCode.MethodNotAllowed, "application/problem+json")]
    [InlineData("HEAD", "api/products", HttpStatusCode.OK, "application/json")]
    [InlineData("OPTIONS", "api/products", HttpStatusCode.NoContent, null)]
    [InlineData("GET", "API/Products", HttpStatusCode.OK, "application/json")]
    public async Task Another_path_or_method_comes_to_the_last_function_and_what_is_beside_the_prefix_to_none(string method, string path, HttpStatusCode expected, string? type)
    {
        var answer = await running.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Stop);

        (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType).ShouldBe((expected, type));
        if (expected is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NoContent) answer.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "OPTIONS"]);
        if (type is null || method == "HEAD") (await answer.Content.ReadAsByteArrayAsync(Stop)).ShouldBeEmpty();
    }

    /// <summary>Kestrel's own limits, which neither the Functions host nor the worker changes.</summary>
    [Theory]
    [InlineData(1, 40_000)]
    [InlineData(120, 10)]
    public async Task Headers_beyond_32_KB_or_100_of_them_are_refused(int count, int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/products");
        for (var number = 0; number < count; number++) request.Headers.Add($"X-Number-{number}", new string('a', length));

        (await running.Http.SendAsync(request, Stop)).StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
    }

    [Fact]
    public async Task A_body_of_more_than_100_MB_is_refused_before_it_is_sent()
    {
        using var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = running.Shop.Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/contact") { Content = new StreamContent(Stream.Null), Headers = { ExpectContinue = true } };
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.ContentLength = 104_857_601;

        (await http.SendAsync(request, Stop)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_request_line_of_more_than_8_KB_is_refused() =>
        (await running.Http.GetAsync($"api/products?x={new string('a', 8192)}", Stop)).StatusCode.ShouldBe(HttpStatusCode.RequestUriTooLong);

    [Fact]
    public async Task A_problem_carries_the_trace_that_the_caller_began_and_a_false_invocation_does_no_harm()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/orders/x");
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        request.Headers.Add("x-ms-invocation-id", "mine");

        var answer = await running.Http.SendAsync(request, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!["traceId"]!.GetValue<string>().ShouldBe(Trace);
    }

    [Fact]
    public async Task A_storefront_of_the_settings_may_ask_before_it_calls()
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "api/orders") { Headers = { { "Origin", "http://localhost:3000" }, { "Access-Control-Request-Method", "POST" } } };

        var answer = await running.Http.SendAsync(preflight, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["http://localhost:3000"]);
    }

    [Fact]
    public async Task A_message_that_is_not_Base64_is_set_aside_as_it_is_at_its_first_delivery_and_a_purge_gets_over_it()
    {
        var queue = new QueueClient(running.Shop.StorageConnectionString, "emails");
        var poison = new QueueClient(running.Shop.StorageConnectionString, "emails-poison");
        // What other tests have left there is done before.
        await running.Shop.Host.DrainQueuesAsync(Stop);
        await queue.SendMessageAsync("no Base64!", Stop);

        (await running.Shop.Host.DrainQueuesAsync(Stop)).ShouldBe(1);

        var aside = (await poison.PeekMessagesAsync(cancellationToken: Stop)).Value.ShouldHaveSingleItem();
        aside.Body.ToString().ShouldBe("no Base64!");
        (aside.ExpiresOn - aside.InsertedOn).ShouldBe(TimeSpan.FromDays(7));
        await running.Shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);
        using var preview = new HttpRequestMessage(HttpMethod.Get, "api/privacy/purge-preview")
        {
            Headers = { Authorization = new("Bearer", running.Shop.SignIn!.IssueToken("privacy@example.com", ["Shop.Privacy"])) },
        };
        (await running.Http.SendAsync(preview, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_queue_function_throws_is_told_without_what_was_in_the_message()
    {
        var failure = await Should.ThrowAsync<Exception>(() => running.Shop.Host.InvokeAsync("SendEmail", "{\"template\": ada@example.com", Stop));

        failure.ToString().ShouldNotContain("ada@example.com");
    }

    [Fact]
    public async Task A_timer_runs() => await running.Shop.Host.InvokeAsync("SweepOrders", null, Stop);

    [Fact]
    public async Task An_order_that_nobody_started_to_pay_is_given_up_when_the_clock_is_moved_past_its_time()
    {
        using var grace = await HostCustomer.OpenAsync(running, "grace");
        // What other tests have left there is done before.
        await running.Shop.Host.DrainQueuesAsync(Stop);
        var id = (await grace.PlaceAsync())["id"]!.GetValue<string>();

        (await running.Http.PostAsJsonAsync("admin/clock", new { days = 2 }, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        // The timers of this shop are run by hand.
        await running.Shop.Host.InvokeAsync("SweepOrders", null, Stop);
        await running.Shop.Host.DrainQueuesAsync(Stop);

        (await grace.ReadAsync(id))["cancelled"]!.GetValue<bool>().ShouldBeTrue();
    }

    /// <summary>After more than a year the certificates of the first day have run out, and deliveries are believed all the same.</summary>
    [Fact]
    public async Task What_PayPal_tells_is_believed_after_the_clock_was_moved_by_400_days()
    {
        var clock = await running.Http.PostAsJsonAsync("admin/clock", new { days = 400 }, Stop);
        clock.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var edith = await HostCustomer.OpenAsync(running, "edith");
        var id = await edith.GoToPayPalAsync();

        await running.Shop.PayPal!.ApproveAsync(running.Shop.PayPal.Orders[^1].Id, BuyerChoice.Approves);
        var deliveries = await running.SettleAsync();

        deliveries.ShouldAllBe(delivery => delivery.Accepted);
        (await edith.ReadAsync(id))["payment"]!["status"]!.GetValue<string>().ShouldBe("paid");
    }

    /// <summary>Whatever stands before what the front end saw, the client has said.</summary>
    [Fact]
    public async Task Who_says_to_be_somebody_else_in_every_request_is_counted_as_one()
    {
        var statuses = new List<HttpStatusCode>();
        // More than two hours' shares: the full hour may strike in between.
        for (var i = 0; i < 25 && !statuses.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            var proof = await running.Http.ProofAsync("contact");
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/contact")
            {
                Content = JsonContent.Create(new { name = "Eve", email = "eve@example.com", kind = "enquiry", subject = "x", text = "x", proof }),
            };
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            statuses.Add((await running.Http.SendAsync(request, Stop)).StatusCode);
        }

        statuses[0].ShouldBe(HttpStatusCode.Accepted);
        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
    }
}
