using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Tests.Platform.Storage;

public sealed class RaceBackoffTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(6, 320)]
    [InlineData(11, 320)]
    public void The_span_doubles_up_to_a_third_of_a_second_and_chance_says_where_in_it(int lost, double most)
    {
        var backoff = new RaceBackoff(TimeProvider.System, new Random(1));
        var waits = Enumerable.Range(0, 200).Select(_ => backoff.After(lost).TotalMilliseconds).ToList();
        waits.ShouldAllBe(wait => wait >= 0 && wait < most);
        waits.Max().ShouldBeGreaterThan(most * 0.9);
        waits.Min().ShouldBeLessThan(most * 0.1);
    }

    [Fact]
    public async Task It_waits_that_long()
    {
        var clock = new ManualClock();
        var wait = new RaceBackoff(clock, new Random(1)).WaitAsync(3, TestContext.Current.CancellationToken);
        wait.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMilliseconds(40));
        await wait;
    }
}
