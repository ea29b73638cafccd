using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Http;
using Shop.Functions.Tests.Orders;

namespace Shop.Functions.Tests.Payments.Reconciliation;

public sealed class ReconciliationRunTests
{
    [Fact]
    public async Task Twenty_seven_calls_that_take_twenty_seconds_each_end_before_the_host_ends_the_function()
    {
        var clock = new ManualClock();
        var began = clock.GetUtcNow();
        var run = new ReconciliationRun(new OrderStore(new TableServiceClient("UseDevelopmentStorage=true")), SampleOrders.Unpaid, clock);
        for (var i = 0; i < 27; i++)
        {
            await run.OrPostponeAsync(() =>
            {
                clock.Advance(TimeSpan.FromSeconds(20));
                throw new UnavailableException("stripe");
            });
        }

        (clock.GetUtcNow() - began).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(3));
        run.Postponed.Count.ShouldBe(27, "the rest is for the next look");
    }
}
