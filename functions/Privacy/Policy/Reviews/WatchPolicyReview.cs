using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Policy.Reviews;

/// <summary>
/// Timer: asks for a mail to the privacy officer thirty days before the yearly review of the policy is due and when it is
/// overdue, every day until the mail server has taken it. Two storage calls, and one more when there is something to tell.
/// </summary>
public sealed partial class WatchPolicyReview(PolicyReviewStore reviews, EmailQueue emails, TimeProvider clock, ILogger<WatchPolicyReview> logger)
{
    [Function(nameof(WatchPolicyReview))]
    public async Task Run([TimerTrigger("%PolicyReviewSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await reviews.DueReminderAsync(now, cancellation) is not { } dueAt) return;
        if (now >= dueAt) LogOverdue(dueAt);
        await emails.SendAsync(new(EmailTemplate.PolicyReview, PolicyReviewRow.Partition), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The yearly review of the privacy policy was due at {DueAt}")]
    private partial void LogOverdue(DateTimeOffset dueAt);
}
