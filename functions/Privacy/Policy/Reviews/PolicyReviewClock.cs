namespace Shop.Functions.Privacy.Policy.Reviews;

/// <summary>When the next review is due, and whether the privacy officer must be told. Pure.</summary>
public static class PolicyReviewClock
{
    /// <summary>How long before it is due somebody is told, and how often again while it is overdue.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(30);

    /// <param name="last">Null when there has been none: the policy's own date counts then, for somebody looked at it that day.</param>
    public static DateTimeOffset DueAt(PolicyReview? last) =>
        (last?.At ?? new DateTimeOffset(PolicyEdition.All[0].Date, TimeOnly.MinValue, TimeSpan.Zero)).AddYears(1);

    /// <param name="mailedAt">When a mail last said so.</param>
    /// <returns>True once within the notice, once when the time is up, and again every thirty days while it is.</returns>
    public static bool IsToBeTold(DateTimeOffset dueAt, DateTimeOffset? mailedAt, DateTimeOffset now)
    {
        if (now < dueAt - Notice) return false;
        if (now < dueAt) return mailedAt is null || mailedAt < dueAt - Notice;
        return mailedAt is null || mailedAt < dueAt || mailedAt <= now - Notice;
    }
}
