using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations.DeadLetters;

/// <summary><c>DELETE /api/operations/dead-letters/{id}?reason=…</c>: takes one off the list for good. Why is on record, as a code, and
/// what it was about is in the log: afterwards nobody can look.</summary>
public sealed partial class DeleteDeadLetter(DeadLetterStore letters, StaffRegister register, ILogger<DeleteDeadLetter> logger)
{
    private static readonly ImmutableArray<string> Reasons = ["handled_otherwise", "not_ours", "duplicate", "test"];

    [Function(nameof(DeleteDeadLetter))]
    [RequireRole(StaffRoles.Operator)]
    [Query("reason")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "operations/dead-letters/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var reason = request.Query["reason"].ToString();
        if (!Reasons.Contains(reason)) return Problem.Invalid(new Dictionary<string, string[]> { ["reason"] = [$"One of: {string.Join(", ", Reasons)}."] });
        if (!DeadLetterStore.IsId(id) || await letters.FindAsync(id, cancellation) is not { } letter) return Problem.NotFound;
        // The reason comes first: once it is gone, asking again finds nothing to give a reason for.
        await register.ExplainAsync(request, reason, cancellation);
        if (!await letters.DeleteAsync(id, cancellation)) return Problem.NotFound;
        var ids = MessageIds.Of(letter.Queue, letter.Body);
        LogDeleted(id, ids.OrderId, ids.EventId, Caller.Of(request).AccountId, reason);
        return Results.NoContent();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dead letter {Id} (order {OrderId}, event {EventId}) is deleted by {StaffId}: {Reason}")]
    private partial void LogDeleted(string id, string? orderId, string? eventId, string staffId, string reason);
}
