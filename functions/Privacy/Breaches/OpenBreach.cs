using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// <c>POST /api/privacy/breaches</c>: enters a personal data breach into the register. The 72 hours run from when it says
/// somebody was aware of it, not from when it is entered.
/// </summary>
public sealed class OpenBreach(
    BreachStore breaches, TouchedAccounts touched, RetentionRows diary, IOptions<RetentionPeriods> periods, TimeProvider clock)
{
    [Function(nameof(OpenBreach))]
    [RequireRole(BreachAccess.Role)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "privacy/breaches")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, unreadable) = await Body.ReadJsonAsync(request, BreachJson.Web.Type<BreachRequest>(), cancellation);
        if (body is null) return unreadable!;
        if (body.Validate(isNew: true) is { } invalid) return invalid;

        var now = clock.GetUtcNow();
        var breach = body.ToBreach(Guid.CreateVersion7(now).ToString("N"), now, Caller.Of(request).AccountId);
        if (BreachRules.Check(breach, now) is { } impossible) return impossible;
        breach = breach with { Scope = await BreachAccess.ScopeAsync(body.Scope, breach.Revision, touched, cancellation) };
        if (BreachAccess.Incomplete(breach) is { } incomplete) return incomplete;

        await diary.FileAsync(now.AddYears(periods.Value.BreachYears), RetentionRules.Breach, breach.Id, cancellation);
        await breaches.AddAsync(breach, body.Scope?.Accounts, cancellation);
        if (breach.ClosedAt is not null) await breaches.SettleAsync(breach.Id, cancellation);
        return BreachView.Answer(breach, now, [], StatusCodes.Status201Created);
    }
}

/// <summary>What entering and changing a breach have in common.</summary>
internal static class BreachAccess
{
    public const string Role = "Shop.Privacy";

    /// <summary>Asks the store how much is affected, where the request leaves that to it.</summary>
    public static async Task<BreachScope?> ScopeAsync(ScopeRequest? scope, int revision, TouchedAccounts touched, CancellationToken cancellation) => scope switch
    {
        null => null,
        { Accounts: { } accounts } => scope.Resolve(await touched.CountAsync(accounts, cancellation), revision),
        { From: { } from, Until: { } until } => scope.Resolve(await touched.CountAsync(from, until, cancellation), revision),
        _ => scope.Resolve(null, revision),
    };

    /// <returns>Why it cannot be closed yet, when that is what is asked for.</returns>
    public static Problem? Incomplete(Breach breach) =>
        breach.ClosedAt is not null && BreachRules.Missing(breach) is { Count: > 0 } missing
            ? new(422, "breach-incomplete", "It cannot be closed before everything is on record.") { Errors = missing }
            : null;
}
