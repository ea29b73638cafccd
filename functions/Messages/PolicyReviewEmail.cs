using System.Globalization;

namespace Shop.Functions.Messages;

/// <summary>What the privacy officer is told of the policy's yearly review. Pure.</summary>
public static class PolicyReviewEmail
{
    /// <param name="dueDay">The shop's day of <paramref name="dueAt"/>.</param>
    public static Email Of(DateTimeOffset dueAt, DateOnly dueDay, DateTimeOffset now, string officer)
    {
        var day = dueDay.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        var isOverdue = now >= dueAt;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"policy-review-{dueAt:yyyyMMdd}-{now:yyyyMMdd}"),
            officer,
            isOverdue ? "The review of the privacy policy is overdue" : $"The privacy policy is to be reviewed by {day}",
            $"""
            {(isOverdue ? $"The privacy policy should have been reviewed by {day}." : $"The yearly review of the privacy policy is due on {day}.")}
            What the shop keeps, for how long and who else gets it: GET /api/privacy/policy
            Once it has been reviewed: POST /api/privacy/policy/reviews

            """);
    }
}
