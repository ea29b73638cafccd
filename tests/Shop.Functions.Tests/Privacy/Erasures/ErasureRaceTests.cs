using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Privacy.Erasures;

/// <summary>Something else happens to an account in the middle of its erasure.</summary>
public sealed class ErasureRaceTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_that_is_placed_meanwhile_is_refused_and_nothing_personal_of_it_stays()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Calls.KeepsBodies = true;
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 1);
        HttpResponseMessage? placed = null;
        await shop.RaceAsync(
            Race.IsTo("POST", "/orders"),
            async () => placed = await person.Client.SendAsync(Api.PlaceOrder("late"), Stop),
            () => person.Client.EraseAsync());

        await placed!.ShouldBeProblemAsync(HttpStatusCode.Conflict, "no-account");
        await shop.ShouldKnowNothingOfAsync(person);
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Holds("SW1Y 4JH"));
        (await shop.AccountRowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_breach_that_is_changed_meanwhile_does_not_bring_back_what_was_taken_out_of_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer("marked@example.com");
        var (one, two) = (await shop.Customer("one@example.com"), await shop.Customer("two@example.com"));
        var (id, tag) = await shop.OpenBreachAsync(more: new() { ["likelyConsequences"] = "Yes: marked@example.com was told.", ["scope"] = new JsonObject { ["accounts"] = new JsonArray(await IdAsync(one), await IdAsync(two)) } });
        HttpResponseMessage? changed = null;
        // The change has read the earlier revision, and the erasure comes before it writes its own.
        await shop.RaceAsync(
            Race.IsTo("POST", "/$batch"),
            async () => changed = await shop.ChangeBreachAsync(id, tag, new() { ["measures"] = "It is locked." }),
            () => ada.EraseAsync());
        changed!.StatusCode.ShouldBe(HttpStatusCode.OK, await changed.TextAsync());

        // And the other way round: the erasure has read the register, and a further revision takes its texts over.
        var bob = await shop.Customer("other@example.com");
        tag = (await shop.ChangeBreachAsync(id, changed.Tag(), new() { ["likelyConsequences"] = "Yes: other@example.com was told." })).Tag();
        await shop.RaceAsync(
            Race.IsTo("PATCH", "/breaches("),
            () => bob.EraseAsync(),
            async () => (await shop.ChangeBreachAsync(id, tag, new() { ["measures"] = "It is found." })).StatusCode.ShouldBe(HttpStatusCode.OK));
        (await shop.BreachAsync(id))["likelyConsequences"]!.GetValue<string>().ShouldBe("Yes: [erased] was told.");
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Holds("marked") || row.Holds("other@"));

        // And two who are on one list: whoever is late looks at it again.
        await shop.RaceAsync(Race.IsTo("PUT", "/breaches("), () => one.EraseAsync(), () => two.EraseAsync());
        (await new BreachStore(shop.Tables()).ListedAccountsAsync(id, 1, Stop)).ShouldAllBe(account => account.StartsWith("erased-", StringComparison.Ordinal));

        static async Task<string> IdAsync(HttpClient person) => (await person.ReadAsync("api/account"))["id"]!.GetValue<string>();
    }

    [Fact]
    public async Task An_order_whose_placing_broke_off_after_the_erasure_is_found_by_its_look()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await shop.Anonymous().ReadAsync("api/products");
        var broken = 0;
        await shop.RaceAsync(
            Race.IsTo("POST", "/orders"),
            async () => broken = (int)(await ada.SendAsync(Api.PlaceOrder("late"), Stop)).StatusCode,
            async () =>
            {
                await ada.EraseAsync();
                // The order itself is still written; the process ends before it has seen that the account is gone.
                shop.Calls.Plan = (shop.Calls.Calls.Count + 1, FaultMoment.After);
            });
        broken.ShouldBeGreaterThanOrEqualTo(500);
        shop.Calls.Reset();
        var order = (await shop.OrdersAsync()).ShouldHaveSingleItem();
        order.DeliveryAddress.ShouldNotBeNull();

        await shop.LookAtAsync(order.Id);
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Holds("SW1Y 4JH"));
        (await shop.AccountRowsAsync()).ShouldBeEmpty();
        (await shop.OrderAsync(order.Id)).Closed!.Reason.ShouldBe(ClosingReason.Cancelled);
    }

    [Fact]
    public async Task A_writer_who_had_read_an_order_before_cannot_bring_its_list_back()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var session = await ada.CheckoutAsync(order);
        var confirmation = await ada.AskAsync();
        await shop.Stripe.PayAsync(session, PaymentOutcome.Succeeds);
        await shop.ApplyAsync((await shop.TakeEventsAsync())[0]);
        // The event is in the order, and the look that follows it is about to write its row in the list.
        await shop.RaceAsync(Race.IsTo("PATCH", "/accounts("), () => shop.LookAtAsync(order), async () =>
        {
            await shop.DeliverAsync(order);
            (await ada.ConfirmAsync(confirmation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        });
        (await shop.AccountRowsAsync()).ShouldBeEmpty();
        (await shop.OrderAsync(order)).AccountId.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/erasure-runs/messages")]
    [InlineData("/$batch")]
    [InlineData("/orders(")]
    public async Task Two_confirmations_at_once_are_one_erasure(string held)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Calls.KeepsBodies = true;
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 2);
        var confirmation = await person.Client.AskAsync();
        HttpResponseMessage? first = null;
        HttpResponseMessage? second = null;
        await shop.RaceAsync(
            request => request.Method != HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains(held, StringComparison.Ordinal),
            async () => first = await person.Client.ConfirmAsync(confirmation),
            async () => second = await person.Client.ConfirmAsync(confirmation));

        first!.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await first.TextAsync()).ShouldBe(await second!.TextAsync());
        await shop.ShouldKnowNothingOfAsync(person);
        (await shop.OrderAsync(person.OrderIds[0])).Journal.Count(entry => entry.Kind == JournalKinds.Cancelled).ShouldBe(1);
    }

    [Fact]
    public async Task No_account_is_opened_where_one_is_still_being_erased()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var person = await Person.WithEverythingAsync(shop, "ada", seed: 5);
        var confirmation = await person.Client.AskAsync();
        HttpResponseMessage? opened = null;
        await shop.RaceAsync(
            Race.IsTo("PUT", "/orders("),
            () => person.Client.ConfirmAsync(confirmation),
            async () => opened = await person.Client.PostAsJsonAsync("api/account", new { name = "Early" }, Stop));
        await opened!.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        (await person.Client.PostAsJsonAsync("api/account", new { name = "Now" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await shop.AccountRowsAsync()).ShouldBe(["erasure", "profile"], ignoreOrder: true);

        // Of two attempts one has forgotten the name meanwhile, and the other ends the erasure all the same; but not a new account's.
        var store = new ErasureStore(shop.Tables(), new(shop.StorageConnectionString));
        var table = shop.Tables().GetTableClient(StorageNames.Accounts);
        await table.AddEntityAsync(new ErasureState { PartitionKey = "ada", Reference = "first", Email = "ada@example.com", Name = "Ada" }, Stop);
        var (late, early) = ((await store.FindStateAsync("ada", Stop))!, (await store.FindStateAsync("ada", Stop))!);
        await store.ForgetNameAsync(early, Stop);
        await store.ReleaseAsync(late, Stop);
        (await store.FindStateAsync("ada", Stop)).ShouldBeNull();
        await table.AddEntityAsync(new ErasureState { PartitionKey = "ada", Reference = "second" }, Stop);
        await store.ReleaseAsync(late, Stop);
        (await store.FindStateAsync("ada", Stop)).ShouldNotBeNull();
    }
}
