using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Payments;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations.DeadLetters;

/// <summary>
/// <c>POST /api/operations/dead-letters/{id}/redrive</c>: sends one back. It stays on record, and is on the list again when it
/// fails again.
/// </summary>
public sealed class RedriveDeadLetter(DeadLetterStore letters, Redrive redrive)
{
    private static readonly Problem StillUnreadable = new(409, "still-unreadable", "The provider's event still cannot be read by this version. It stays where it is.");
    private static readonly Problem Forgotten = new(409, "event-forgotten", "The provider has no such event any more. Look at the order's payment there, and delete the dead letter.");

    [Function(nameof(RedriveDeadLetter))]
    [RequireRole(StaffRoles.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operations/dead-letters/{id}/redrive")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!DeadLetterStore.IsId(id) || await letters.FindAsync(id, cancellation) is not { } letter) return Problem.NotFound;
        try
        {
            return await redrive.SendBackAsync(letter, Caller.Of(request).AccountId, cancellation) is { } at
                ? new JsonResult<Response>(new(id, at), DeadLetterWeb.Json.Type<Response>(), StatusCodes.Status202Accepted)
                : StillUnreadable;
        }
        catch (PaymentRefusedException)
        {
            return Forgotten;
        }
    }

    public sealed record Response(string Id, DateTimeOffset SentBackAt);
}
