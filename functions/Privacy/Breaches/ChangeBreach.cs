using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// <c>PATCH /api/privacy/breaches/{id}</c>: adds a revision with what has become known; <c>If-Match</c> must name the one
/// that was read. <c>closed: true</c> closes it for good, once everything is on record.
/// </summary>
public sealed class ChangeBreach(BreachStore breaches, BreachAlarm alarm, AffectedAccounts affected, TimeProvider clock)
{
    private static readonly Problem Closed = new(409, "breach-closed", "This breach is closed. What has become known since is a new entry.");
    private static readonly Problem Full = new(409, "breach-full", $"This breach has {Breach.MaxRevisions} revisions, and there is no room for more.");

    /// <summary>Erasures are few, and another revision ends it.</summary>
    private const int Attempts = 8;

    [Function(nameof(ChangeBreach))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "privacy/breaches/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (ETags.RefuseIfMatch(request) is { } unmet) return unmet;
        var (body, invalid) = await Body.ReadJsonAsync(request, BreachJson.Web.Type<BreachRequest>(), body => body.Validate(isNew: false), cancellation);
        if (body is null) return invalid!;

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await AppendAsync(request, body, id, cancellation) is { } answer) return answer;
        }

        return Problem.Unavailable;
    }

    /// <returns>Null when somebody was taken out of the revision that this one follows: it is to be read again.</returns>
    private async Task<IResult?> AppendAsync(HttpRequest request, BreachRequest body, string id, CancellationToken cancellation)
    {
        if (!BreachStore.IsId(id) || await breaches.FindAsync(id, cancellation) is not { } breach) return Problem.NotFound;
        if (!ETags.IsMatched(BreachView.TagOf(breach), request.Headers.IfMatch)) return Problem.PreconditionFailed;
        if (breach.ClosedAt is not null) return Closed;
        if (breach.Revision == Breach.MaxRevisions) return Full;

        var now = clock.GetUtcNow();
        var next = body.ApplyTo(breach, now, Caller.Of(request).AccountId);
        if (BreachRules.Check(next, now) is { } impossible) return impossible;
        next = next with { Scope = await affected.ResolveAsync(body.Scope, next.Revision, breach.Scope, cancellation) ?? breach.Scope };
        if (BreachRules.Incomplete(next) is { } incomplete) return incomplete;

        if (!await breaches.AppendAsync(breach, next, body.Scope?.Accounts, cancellation)) return null;
        // Where this is not reached, the next look at the clocks does it.
        if (next.ClosedAt is not null) await breaches.RemoveFromOpenAsync(id, cancellation);
        await alarm.RaiseOrLeaveToTimerAsync(next, now, cancellation);
        return BreachView.Result(next, now, await breaches.AlertsAsync(id, cancellation));
    }
}
