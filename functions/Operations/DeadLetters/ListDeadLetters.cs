using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations.DeadLetters;

/// <summary>
/// <c>GET /api/operations/dead-letters?queue=…&amp;limit=20&amp;continuation=…</c>: every message that nobody could handle and
/// that has not been sent back since. What still lies on a poison queue is kept first, so that nothing has to be waited for;
/// where that is more than can be kept while somebody waits, the last page says so.
/// </summary>
public sealed class ListDeadLetters(PoisonQueues poison, DeadLetterStore letters)
{
    [Function(nameof(ListDeadLetters))]
    [RequireRole(StaffRoles.Operator)]
    [Query("continuation", "limit", "queue")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "operations/dead-letters")] HttpRequest request, CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, DeadLetterStore.IsId);
        if (page is null) return invalid!;
        var queue = request.Query.TryGetValue("queue", out var named) ? named.ToString() : null;
        if (queue is not null && !DeadLetterStore.Queues.Contains(queue)) return UnknownQueue;

        var moved = page.After is null ? await poison.EmptyAsync(PoisonQueues.WhileSomebodyWaits, cancellation) : null;
        var (found, next) = await letters.PageAsync(queue, page.Limit, page.After, cancellation);
        // Whoever has come to the last page by others knows nothing of what the first one could not take.
        var more = next is null && (moved is null ? (await poison.CountAsync(cancellation)).Values.Any(count => count > 0) : !moved.IsAll);
        return new JsonResult<DeadLetterList>(new([.. found.Select(DeadLetterView.Of)], Page.Continuation(next), more), DeadLetterWeb.Json.Type<DeadLetterList>());
    }

    internal static Problem UnknownQueue { get; } =
        Problem.Invalid(new Dictionary<string, string[]> { ["queue"] = [$"One of: {string.Join(", ", DeadLetterStore.Queues)}."] });
}
