namespace Shop.Functions.Privacy.Policy.Reviews;

/// <summary>One yearly look at the policy (policy, 5.0).</summary>
/// <param name="Edition">That was looked at.</param>
/// <param name="Version">Of what is kept, why and for how long.</param>
public sealed record PolicyReview(DateTimeOffset At, string Edition, string Version, PolicyReviewOutcome Outcome);
