using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Payments;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations.DeadLetters;

/// <summary>
/// <c>POST /api/operations/dead-letters/redrive</c>: sends back all of a kind, at most a hundred at a time: those of a queue
/// whose <c>why</c> is the one named, or all of them. Those that have to stay are not tried again by whoever goes on.
/// </summary>
public sealed class RedriveDeadLetters(PoisonQueues poison, DeadLetterStore letters, Redrive redrive, StaffRegister register)
{
    private const int Most = 100;

    [Function(nameof(RedriveDeadLetters))]
    [RequireRole(StaffRoles.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operations/dead-letters/redrive")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(
            request, DeadLetterWeb.Json.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;

        await register.NameAsync(request, $"queue:{body.Queue}", cancellation);
        var after = body.Place;
        var isAll = after is not null || (await poison.EmptyAsync(PoisonQueues.WhileSomebodyWaits, cancellation)).IsAll;
        var (sent, kept) = (new List<string>(), new List<string>());
        do
        {
            (var page, after) = await letters.PageAsync(body.Queue, Most, after, cancellation);
            foreach (var letter in page.Where(letter => body.Why is null || DeadLetterView.Of(letter).Why == body.Why))
            {
                (await IsSentBackAsync(letter, Caller.Of(request).AccountId, cancellation) ? sent : kept).Add(letter.Id);
                if (sent.Count + kept.Count < Most) continue;
                after = letter.Id;
                break;
            }
        }
        while (after is not null && sent.Count + kept.Count < Most);
        var response = new Response([.. sent], [.. kept], after is not null || !isAll, Page.Continuation(after));
        return new JsonResult<Response>(response, DeadLetterWeb.Json.Type<Response>(), StatusCodes.Status202Accepted);
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
    /// <param name="Continuation">What the answer before gave, with everything else the same: without it those that stay would be tried again.</param>
    public sealed record Request(string Queue, string? Why = null, string? Continuation = null)
    {
        /// <summary>The id after which to go on; null for the first of the queue, or when it is none.</summary>
        internal string? Place { get; } = Continuation is { } text && Page.PlaceFrom(text) is { } place && DeadLetterStore.IsId(place) ? place : null;

        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Require(DeadLetterStore.Queues.Contains(Queue), "queue", $"One of: {string.Join(", ", DeadLetterStore.Queues)}.");
            validation.Require(Continuation is null || Place is not null, "continuation", "Not a continuation of this list.");
            return validation.Problem;
        }
    }

    /// <param name="SentBack">The ids of what was sent back.</param>
    /// <param name="Kept">The ids of events that still cannot be read or that the provider has forgotten.</param>
    /// <param name="More">True when there may be more: ask again.</param>
    /// <param name="Continuation">Ask again with it; absent when this was the end of what is on the list by now.</param>
    public sealed record Response(ImmutableArray<string> SentBack, ImmutableArray<string> Kept, bool More, string? Continuation);
}
