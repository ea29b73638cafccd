using System.Net;
using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Orders.Refunds;

/// <summary>What staff have promised back can be taken back, until a provider is asked for it.</summary>
public sealed class WithdrawRefundTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Issue_10_8_a_promise_can_be_taken_back_until_the_provider_is_asked()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await RefundTests.PaidAsync(shop);
        var first = (await grace.RefundAsync(stage.OrderId, 1_000, "a")).Headers.Location!.ToString().TrimStart('/');
        await (await stage.Person.CallAsync("DELETE", first)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        (await (await grace.CallAsync("DELETE", first)).JsonAsync())["status"]!.GetValue<string>().ShouldBe("withdrawn");
        (await grace.CallAsync("DELETE", first)).StatusCode.ShouldBe(HttpStatusCode.OK, "twice is the same as once");
        await shop.SettleAsync();
        shop.Stripe.Refunds.ShouldBeEmpty();
        await stage.ShouldBeAsync("paid");

        var second = (await grace.RefundAsync(stage.OrderId, null, "b")).Headers.Location!.ToString().TrimStart('/');
        await shop.SettleAsync();
        shop.Stripe.Refunds.ShouldHaveSingleItem().Amount.ShouldBe(59_760, "what was taken back can be promised again");
        await (await grace.CallAsync("DELETE", second)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "refund-sent");
        await (await grace.CallAsync("DELETE", second[..^2] + "zz")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Taking_back_a_promise_that_could_not_be_kept_ends_what_a_person_had_to_look_at()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (stage, grace) = await RefundTests.PaidAsync(shop);
        var promise = (await grace.RefundAsync(stage.OrderId, 1_000, "a")).Headers.Location!.ToString().TrimStart('/');
        var orders = new OrderStore(shop.Tables());
        var failed = (await orders.ChangeAsync(stage.OrderId, order => order.With([.. Enumerable.Range(1, 3).Select(attempt => FailedOf(order, attempt))]), Stop)).ShouldNotBeNull();
        await new OrderIndex(shop.Tables()).WriteAsync(failed, Stop);
        await new ReviewList(shop.Tables()).AddAsync(stage.OrderId, Stop);
        (await ListedAsync()).ShouldBe("needs_review");
        (await grace.ReadAsync("api/reviews"))["items"]!.AsArray().Count.ShouldBe(1);

        (await grace.CallAsync("DELETE", promise)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ListedAsync()).ShouldBe("paid");
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Reviews))).ShouldBeEmpty();

        static LedgerEntry FailedOf(Order order, int attempt) => new(
            FactKind.Refund, "stripe", $"re_{attempt}", order.Ledger.Single(fact => fact.Kind == FactKind.Capture).Key, 1_000, "GBP", FactStatus.Failed,
            order.PlacedAt.AddMinutes(attempt), order.RefundPromises.Single().Id);

        async Task<string> ListedAsync() => (await stage.Person.ReadAsync("api/orders"))["items"]![0]!["payment"]!["status"]!.GetValue<string>();
    }
}
