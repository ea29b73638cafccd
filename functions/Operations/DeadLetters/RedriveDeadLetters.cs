using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Payments;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations.DeadLetters;

/// <summary>
/// <c>POST /api/operations/dead-letters/redrive</c>: sends back all of a kind, at most a hundred at a time: those of a queue
/// whose <c>why</c> is the one named, or all of them.
/// </summary>
public sealed class RedriveDeadLetters(PoisonQueues poison, DeadLetterStore letters, Redrive redrive)
{
    private const int Most = 100;

    [Function(nameof(RedriveDeadLetters))]
    [RequireRole(StaffRoles.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operations/dead-letters/redrive")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(
            request, DeadLetterWeb.Json.Type<Request>(), body => DeadLetterStore.Queues.Contains(body.Queue) ? null : ListDeadLetters.UnknownQueue, cancellation);
        if (body is null) return invalid!;

        await poison.EmptyAsync(cancellation);
        var (sent, kept, seen, after) = (new List<string>(), new List<string>(), 0, (string?)null);
        do
        {
            (var page, after) = await letters.PageAsync(body.Queue, Most, after, cancellation);
            foreach (var letter in page.Where(letter => body.Why is null || DeadLetterView.Of(letter).Why == body.Why).Take(Most - seen))
            {
                seen++;
                (await IsSentBackAsync(letter, Caller.Of(request).AccountId, cancellation) ? sent : kept).Add(letter.Id);
            }
        }
        while (after is not null && seen < Most);
        return new JsonResult<Response>(new([.. sent], [.. kept], after is not null || seen == Most), DeadLetterWeb.Json.Type<Response>(), StatusCodes.Status202Accepted);
    }

    private async Task<bool> IsSentBackAsync(DeadLetter letter, string staffId, CancellationToken cancellation)
    {
        try
        {
            return await redrive.SendBackAsync(letter, staffId, cancellation) is not null;
        }
        catch (PaymentRefusedException)
        {
            // The provider has forgotten the event; the others of its kind are not to wait for that.
            return false;
        }
    }

    /// <param name="Why">As the list gives it; absent for every one of the queue.</param>
    public sealed record Request(string Queue, string? Why = null);

    /// <param name="SentBack">The ids of what was sent back.</param>
    /// <param name="Kept">The ids of events that still cannot be read or that the provider has forgotten.</param>
    /// <param name="More">True when there may be more: ask again.</param>
    public sealed record Response(ImmutableArray<string> SentBack, ImmutableArray<string> Kept, bool More);
}
