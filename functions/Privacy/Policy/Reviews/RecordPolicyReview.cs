using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Policy.Reviews;

/// <summary>
/// <c>POST /api/privacy/policy/reviews</c>: the policy has been reviewed, and the next time is a year from now; <c>GET</c> lists the
/// reviews and says when the next is due. Staff with <c>Shop.Privacy</c>.
/// </summary>
public sealed partial class RecordPolicyReview(PolicyReviewStore reviews, PublishedPolicy policy, TimeProvider clock, ILogger<RecordPolicyReview> logger)
{
    private const string Route = "privacy/policy/reviews";

    [Function(nameof(RecordPolicyReview))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellation)
    {
        var (body, unreadable) = await Body.ReadJsonAsync(request, PolicyReviewJson.Web.Type<Request>(), check: null, cancellation);
        if (body is null) return unreadable!;
        var review = new PolicyReview(clock.GetUtcNow(), policy.Content.Edition, policy.Content.Version, body.Outcome);
        await reviews.RecordAsync(review, cancellation);
        LogReviewed(review.Edition, review.Outcome, Caller.Of(request).AccountId);
        return await ListAsync(StatusCodes.Status201Created, cancellation);
    }

    [Function("ListPolicyReviews")]
    [RequireRole(StaffRoles.Privacy)]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        ListAsync(StatusCodes.Status200OK, cancellation);

    /// <param name="Outcome"><c>unchanged</c> or <c>to_change</c>. There is no place for a name or for words: the next edition has them.</param>
    public sealed record Request(PolicyReviewOutcome Outcome);

    /// <param name="Items">The newest first.</param>
    public sealed record Response(DateTimeOffset NextDueAt, string DecidedBy, ImmutableArray<PolicyReview> Items);

    private async Task<IResult> ListAsync(int status, CancellationToken cancellation)
    {
        var all = await reviews.AllAsync(cancellation);
        return new JsonResult<Response>(
            new(PolicyReviewClock.DueAt(all.FirstOrDefault()), PolicyEdition.DecidedBy, all), PolicyReviewJson.Web.Type<Response>(), status);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Edition {Edition} of the policy is reviewed ({Outcome}), on record by {Staff}")]
    private partial void LogReviewed(string edition, PolicyReviewOutcome outcome, string staff);
}

[JsonSerializable(typeof(RecordPolicyReview.Request))]
[JsonSerializable(typeof(RecordPolicyReview.Response))]
internal sealed partial class PolicyReviewJson : JsonSerializerContext
{
    public static PolicyReviewJson Web { get; } = new(Json.Strict());
}
