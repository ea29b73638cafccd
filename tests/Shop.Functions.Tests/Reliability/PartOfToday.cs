namespace Shop.Functions.Tests.Reliability;

/// <summary>
/// All crash points and all seeds together take minutes. Each day sees every sixth of them, and six days in a row all of
/// them: which ones a run saw follows from its date. With <c>SHOP_CRASH_POINTS=all</c> in its environment a run sees them all,
/// as it should after a change to what is retried.
/// </summary>
internal static class PartOfToday
{
    private const int Parts = 6;

    /// <summary>Every sixth of these, another sixth tomorrow; the index is the one among all.</summary>
    public static IEnumerable<(int Index, T Item)> Of<T>(IEnumerable<T> all)
    {
        if (Environment.GetEnvironmentVariable("SHOP_CRASH_POINTS") == "all")
            return all.Index();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber;
        return all.Index().Where(each => (each.Index + today) % Parts == 0);
    }
}
