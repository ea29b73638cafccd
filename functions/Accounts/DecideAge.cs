using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>
/// <c>POST /api/privacy/accounts/{id}/age</c>: staff decide whether a person is under 16, and why. Whoever has said to be
/// under 16 cannot take that back alone. Staff with <c>Shop.Privacy</c>; the person sees it in their copy.
/// </summary>
public sealed class DecideAge(ConsentStore consents, StaffRegister register, TimeProvider clock)
{
    /// <summary>Why staff decide so.</summary>
    public static readonly ImmutableArray<string> Reasons = ["turned_16", "proof_seen", "entered_by_mistake", "other"];

    private static readonly Problem TooMany = new(409, "too-many-changes", "This has been decided too often to be decided again.");

    [Function(nameof(DecideAge))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "privacy/accounts/{id}/age")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, ConsentJson.Web.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (!Caller.IsKey(id)) return Problem.NotFound;
        for (var attempt = 0; attempt < AccountStore.Attempts; attempt++)
        {
            if (await consents.FindAsync(id, cancellation) is not { } recorded) return Problem.NotFound;
            if (recorded.Steps.Length >= 2 * ConsentRecord.MaxSteps) return TooMany;
            var step = recorded.Decide(body, clock.GetUtcNow());
            if (!await consents.AddAsync(recorded, step, cancellation)) continue;
            await register.ExplainAsync(request, body.Reason, cancellation);
            return new JsonResult<Response>(new(step.Under16, step.At), ConsentJson.Web.Type<Response>());
        }

        return Problem.Unavailable;
    }

    /// <param name="Reason">One of <see cref="Reasons"/>.</param>
    /// <param name="Note">What else there is to say; the person sees it in their copy.</param>
    public sealed record Request(bool Under16, string Reason, string? Note = null)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Reason(Reason, Note, Reasons);
            return validation.Problem;
        }
    }

    public sealed record Response(bool Under16, DateTimeOffset At);
}
