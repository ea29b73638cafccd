using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Platform;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Breaches;

/// <summary>The register through the front door.</summary>
public sealed class BreachTests(OneShop one) : IClassFixture<OneShop>
{
    private const string Register = "api/privacy/breaches";

    private RunningShop Shop => one.Shop;

    [Fact]
    public async Task A_breach_is_entered_read_and_changed_and_its_clock_runs_from_awareness()
    {
        var noticed = Shop.Clock.GetUtcNow().AddHours(-10);
        var body = new JsonObject { ["noticedAt"] = noticed.ToString("O"), ["awareAt"] = noticed.AddHours(2).ToString("O"), ["whatHappened"] = "A laptop was stolen.\nFrom a train." };
        var created = await Shop.Officer().CallAsync("POST", Register, JsonContent.Create(body));
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.TextAsync());
        var breach = await created.JsonAsync();
        created.Headers.Location!.ToString().ShouldBe($"/api/privacy/breaches/{Text(breach, "id")}");

        var response = await Shop.Officer().GetAsync(created.Headers.Location, TestContext.Current.CancellationToken);
        response.Tag().ShouldBe(created.Tag());
        var read = await response.JsonAsync();
        read.ToJsonString().ShouldBe(breach.ToJsonString());
        Text(read, "whatHappened").ShouldBe("A laptop was stolen.\nFrom a train.");
        read["clock"]!["dueAt"]!.GetValue<DateTimeOffset>().ShouldBe(noticed.AddHours(74));
        read["clock"]!["hoursLeft"]!.GetValue<double>().ShouldBe(64);
        Text(read["clock"]!, "state").ShouldBe("running");
        read["missing"]!.AsObject().ContainsKey("measures").ShouldBeTrue();
        await (await Shop.Officer().GetAsync($"{Register}/{Text(read, "id")}", created.Tag())).ShouldBeUnchangedAsync(created.Tag());

        var changed = await Shop.ChangeBreachAsync(Text(read, "id"), created.Tag(), new() { ["measures"] = "The laptop was wiped." });
        changed.StatusCode.ShouldBe(HttpStatusCode.OK, await changed.TextAsync());
        changed.Tag().ShouldNotBe(created.Tag());
        read = await Shop.BreachAsync(Text(read, "id"));
        read["revision"]!.GetValue<int>().ShouldBe(2);
        Text(read, "measures").ShouldBe("The laptop was wiped.");
        Text(read, "whatHappened").ShouldBe("A laptop was stolen.\nFrom a train.");
    }

    [Fact]
    public async Task Revisions_are_added_and_never_changed()
    {
        var (id, tag) = await Shop.OpenBreachAsync();
        var first = await RowsAsync(id);
        foreach (var measure in new[] { "One.", "Two." }) tag = (await Shop.ChangeBreachAsync(id, tag, new() { ["measures"] = measure })).Tag();

        var rows = await RowsAsync(id);
        rows.Count.ShouldBe(3);
        Without(rows[^1]).ShouldBe(Without(first.ShouldHaveSingleItem()));
        var page = await Shop.Officer().ReadAsync($"{Register}/{id}/revisions?limit=2");
        page["items"]!.AsArray().Select(item => item!["measures"]?.GetValue<string>()).ShouldBe(["Two.", "One."]);
        page = await Shop.Officer().ReadAsync($"{Register}/{id}/revisions?limit=2&continuation={Text(page, "continuation")}");
        page["items"]!.AsArray().ShouldHaveSingleItem()!["revision"]!.GetValue<int>().ShouldBe(1);
        page["continuation"].ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_overwrites_what_they_have_not_seen()
    {
        var (id, tag) = await Shop.OpenBreachAsync();
        var change = new JsonObject { ["measures"] = "First." };
        await (await Shop.Officer().CallAsync("PATCH", $"{Register}/{id}", JsonContent.Create(change))).ShouldBeProblemAsync((HttpStatusCode)428, "precondition-missing");

        var gate = Shop.Calls.Hold(request => request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal));
        var slow = Shop.ChangeBreachAsync(id, tag, new() { ["measures"] = "Slow." });
        await gate.ArrivedAsync();
        (await Shop.ChangeBreachAsync(id, tag, change)).StatusCode.ShouldBe(HttpStatusCode.OK);
        gate.Open();
        await (await slow).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        await (await Shop.ChangeBreachAsync(id, tag, change)).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        Text(await Shop.BreachAsync(id), "measures").ShouldBe("First.");
        (await RowsAsync(id)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task It_is_closed_only_when_everything_is_on_record_and_then_for_good()
    {
        var (id, tag) = await Shop.OpenBreachAsync(TimeSpan.FromHours(1));
        var problem = await (await Shop.ChangeBreachAsync(id, tag, new() { ["closed"] = true })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "breach-incomplete");
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(
            ["scope.dataClasses", "scope.people", "scope.records", "contactPoint", "likelyConsequences", "measures", "reportedToAuthority", "toldPeople"], ignoreOrder: true);
        (await Shop.BreachAsync(id))["closedAt"].ShouldBeNull();

        tag = (await Shop.ChangeBreachAsync(id, tag, Shop.Everything())).Tag();
        (await OpenAsync()).ShouldContain(id);
        var closed = await Shop.ChangeBreachAsync(id, tag, new() { ["closed"] = true });
        closed.StatusCode.ShouldBe(HttpStatusCode.OK, await closed.TextAsync());
        var read = await closed.JsonAsync();
        read["closedAt"]!.GetValue<DateTimeOffset>().ShouldBe(Shop.Clock.GetUtcNow());
        read["missing"].ShouldBeNull();
        Text(read["clock"]!, "state").ShouldBe("reported");
        read["clock"]!["hoursLeft"].ShouldBeNull();
        (await OpenAsync()).ShouldNotContain(id);
        await (await Shop.ChangeBreachAsync(id, closed.Tag(), new() { ["measures"] = "More." })).ShouldBeProblemAsync(HttpStatusCode.Conflict, "breach-closed");
    }

    [Fact]
    public async Task A_late_report_needs_its_reasons()
    {
        var (id, tag) = await Shop.OpenBreachAsync(TimeSpan.FromHours(73));
        Text((await Shop.BreachAsync(id))["clock"]!, "state").ShouldBe("overdue");
        var report = new JsonObject { ["at"] = Shop.Ago(TimeSpan.Zero), ["reference"] = "ICO-1" };
        var problem = await (await Shop.ChangeBreachAsync(id, tag, new() { ["reportedToAuthority"] = report.DeepClone() })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        problem["errors"]!["reportedToAuthority.lateReason"].ShouldNotBeNull();
        report["lateReason"] = "The office was flooded.";
        (await Shop.ChangeBreachAsync(id, tag, new() { ["reportedToAuthority"] = report })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var read = await Shop.BreachAsync(id);
        Text(read["clock"]!, "state").ShouldBe("reported_late");
        Text(read["reportedToAuthority"]!, "lateReason").ShouldBe("The office was flooded.");
    }

    [Fact]
    public async Task The_register_lists_the_newest_first_in_pages()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            Shop.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Add((await Shop.OpenBreachAsync()).Id);
        }

        var page = await Shop.Officer().ReadAsync($"{Register}?limit=2");
        page["items"]!.AsArray().Select(item => Text(item!, "id")).ShouldBe([ids[2], ids[1]]);
        page = await Shop.Officer().ReadAsync($"{Register}?limit=2&continuation={Text(page, "continuation")}");
        Text(page["items"]![0]!, "id").ShouldBe(ids[0]);
        foreach (var query in new[] { "limit=0", "limit=101", "limit=x", "continuation=x", "continuation=b3RoZXI" })
            await (await Shop.Officer().GetAsync($"{Register}?{query}", TestContext.Current.CancellationToken)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "")]
    [InlineData("GET", "/{id}")]
    [InlineData("PATCH", "/{id}")]
    [InlineData("GET", "/{id}/revisions")]
    [InlineData("GET", "/{id}/accounts.csv")]
    public async Task Only_privacy_staff_get_through(string method, string path)
    {
        path = Register + path.Replace("{id}", (await Shop.OpenBreachAsync()).Id, StringComparison.Ordinal);
        await (await Shop.Anonymous().CallAsync(method, path)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        foreach (var other in new[] { Shop.As("ada@example.com"), Shop.As("bob@example.com", "Shop.Operator", "Shop.Finance", "Shop.Fulfilment") })
            await (await other.CallAsync(method, path)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/revisions")]
    [InlineData("/accounts.csv")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        foreach (var id in new[] { "0123456789abcdef0123456789abcdef", "lists", "x", new string('a', 500) })
            await (await Shop.Officer().GetAsync($"{Register}/{id}{path}", TestContext.Current.CancellationToken)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        var change = await Shop.ChangeBreachAsync("0123456789abcdef0123456789abcdef", "*", new() { ["measures"] = "x" });
        await change.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Bad_bodies_are_refused_and_store_nothing()
    {
        var right = new JsonObject { ["noticedAt"] = Shop.Ago(TimeSpan.Zero), ["whatHappened"] = "Marked", ["scope"] = new JsonObject { ["people"] = 1 } }.ToJsonString();
        var bodies = BadBodies.OfAnyKind(right).Where(bad => bad.What != "another case").Concat(
        [
            ("another case", Bytes("""{"NoticedAt":"2026-01-01T00:00:00Z"}""")),
            ("no time", BadBodies.Without(right, "noticedAt")),
            ("not a time", BadBodies.With(right, "noticedAt", "yesterday")),
            ("in the future", BadBodies.With(right, "noticedAt", "2999-01-01T00:00:00Z")),
            ("nothing happened", BadBodies.Without(right, "whatHappened")),
            ("blank", BadBodies.With(right, "whatHappened", " \n")),
            ("too long", BadBodies.With(right, "whatHappened", new string('x', 8_001))),
            ("bell", BadBodies.With(right, "whatHappened", "\a")),
            ("unknown member", BadBodies.With(right, "admin", true)),
            ("unknown member that is null", BadBodies.With(right, "id", null)),
            ("unknown member of the scope", BadBodies.With(right, "scope/name", "x")),
            ("reason that is no code", BadBodies.With(right, "toldPeople", new JsonObject { ["notNeededReason"] = "Marked called and agreed" })),
            ("reason of the other decision", BadBodies.With(right, "reportedToAuthority", new JsonObject { ["notNeededReason"] = "told_publicly" })),
            ("note without a reason", BadBodies.With(right, "toldPeople", new JsonObject { ["note"] = "Marked" })),
            ("fewer than nobody", BadBodies.With(right, "scope/people", -1)),
            ("half a person", BadBodies.With(right, "scope/people", 0.5)),
            ("unknown class", BadBodies.With(right, "scope/dataClasses", new JsonArray("shoes"))),
            ("class by number", BadBodies.With(right, "scope/dataClasses", new JsonArray(1))),
            ("class twice", BadBodies.With(right, "scope/dataClasses", new JsonArray("contact", "contact"))),
            ("class none", BadBodies.With(right, "scope/dataClasses", new JsonArray("none"))),
            ("half a time", BadBodies.With(right, "scope/from", "2026-01-01T00:00:00Z")),
            ("accounts null", BadBodies.With(right, "scope/accounts", new JsonArray((JsonNode?)null))),
            ("accounts none", BadBodies.With(right, "scope/accounts", new JsonArray())),
            ("accounts twice", BadBodies.With(right, "scope/accounts", new JsonArray("a", "a"))),
            ("accounts that are no keys", BadBodies.With(right, "scope/accounts", new JsonArray("a/b"))),
            ("too many accounts", BadBodies.With(right, "scope/accounts", new JsonArray([.. Enumerable.Range(0, 1_001).Select(i => (JsonNode)$"a{i}")]))),
        ]);
        Shop.Calls.Reset();
        foreach (var (what, body) in bodies)
        {
            var response = await Shop.Officer().CallAsync("POST", Register, Call.Json(body));
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, what);
            (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid")).ToJsonString().ShouldNotContain("Marked");
        }

        // That it was tried is on record.
        Shop.Calls.Calls.ShouldAllBe(call => call.EndsWith("/staffActions", StringComparison.Ordinal));
        (await Shop.Officer().CallAsync("POST", Register, Call.Json(Bytes(right)))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>What a revision says: its tag is renewed by the next one.</summary>
    private static Dictionary<string, object> Without(TableEntity row) => row.Where(property => property.Key is not ("odata.etag" or "Timestamp")).ToDictionary();

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private async Task<List<TableEntity>> RowsAsync(string id) =>
        [.. (await Backstage.RowsAsync<TableEntity>(Shop.Tables().GetTableClient(StorageNames.Breaches))).Where(row => row.PartitionKey == id && row.RowKey.StartsWith(BreachEntity.Prefix, StringComparison.Ordinal))];

    private async Task<List<string>> OpenAsync() =>
        [.. (await Backstage.RowsAsync<TableEntity>(Shop.Tables().GetTableClient(StorageNames.Breaches)))
            .Where(row => row.RowKey.StartsWith("list-open-", StringComparison.Ordinal)).Select(row => row.RowKey["list-open-".Length..])];
}
