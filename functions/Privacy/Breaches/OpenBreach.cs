using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// <c>POST /api/privacy/breaches</c>: enters a personal data breach into the register. The 72 hours run from when it says
/// somebody was aware of it, not from when it is entered.
/// </summary>
public sealed class OpenBreach(
    BreachStore breaches, BreachAlarm alarm, AffectedAccounts affected, RetentionSchedule schedule, IOptions<RetentionPeriods> periods, TimeProvider clock)
{
    [Function(nameof(OpenBreach))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "privacy/breaches")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, BreachJson.Web.Type<BreachRequest>(), body => body.Validate(isNew: true), cancellation);
        if (body is null) return invalid!;

        var now = clock.GetUtcNow();
        var breach = body.ToBreach(Guid.CreateVersion7(now).ToString("N"), now, Caller.Of(request).AccountId);
        if (BreachRules.Check(breach, now) is { } impossible) return impossible;
        breach = breach with { Scope = await affected.ResolveAsync(body.Scope, breach.Revision, null, cancellation) };
        if (BreachRules.Incomplete(breach) is { } incomplete) return incomplete;

        await schedule.ScheduleAsync(periods.Value.DayOf(now).AddYears(periods.Value.BreachYears), RetentionRules.Breach, breach.Id, cancellation);
        await breaches.AddAsync(breach, body.Scope?.Accounts, cancellation);
        if (breach.ClosedAt is not null) await breaches.RemoveFromOpenAsync(breach.Id, cancellation);
        await alarm.RaiseOrLeaveToTimerAsync(breach, now, cancellation);
        return BreachView.Result(breach, now, await breaches.AlertsAsync(breach.Id, cancellation), StatusCodes.Status201Created);
    }
}
