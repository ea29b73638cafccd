using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>
/// <c>POST /api/account/erasure</c>: the first call answers 202 with a confirmation; the second one, with it and within ten
/// minutes, erases the account. <c>POST /api/privacy/accounts/{id}/erasure</c>: the same for staff, on a person's behalf.
/// Whatever stands in the way is told by both, and then nothing has changed.
/// </summary>
public sealed partial class EraseAccount(
    ErasureStore erasures,
    ErasureObstacles obstacles,
    AccountStore accounts,
    StaffRegister register,
    AccountEraser eraser,
    RetentionPolicy policy,
    ILogger<EraseAccount> logger,
    TimeProvider clock)
{
    /// <summary>How long an erasure that has been confirmed may take here before the queue takes over.</summary>
    private static readonly TimeSpan TakeOverAfter = TimeSpan.FromMinutes(6);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly Problem NotValid =
        new(422, "confirmation-not-valid", "This confirmation is wrong or no longer valid. Ask again without one, and confirm within ten minutes.");

    [Function(nameof(EraseAccount))]
    [SignedIn]
    public Task<IResult> Own(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account/erasure")] HttpRequest request, CancellationToken cancellation) =>
        RunAsync(request, Caller.Of(request).AccountId, null, cancellation);

    [Function("EraseAccountFor")]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> For(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "privacy/accounts/{id}/erasure")] HttpRequest request, string id, CancellationToken cancellation) =>
        Caller.IsKey(id) ? await RunAsync(request, id, Caller.Of(request).AccountId, cancellation) : Problem.NotFound;

    private async Task<IResult> RunAsync(HttpRequest request, string accountId, string? staffId, CancellationToken cancellation)
    {
        var (body, unreadable) = await ErasureRequest.ReadAsync(request, cancellation);
        if (body is null) return unreadable!;
        return body.Confirmation is { } confirmation
            ? await ConfirmAsync(accountId, staffId, confirmation, cancellation)
            : await FetchCheckoutAsync(accountId, staffId, cancellation);
    }

    private async Task<IResult> FetchCheckoutAsync(string accountId, string? staffId, CancellationToken cancellation)
    {
        if (await accounts.FindAsync(accountId, cancellation) is null) return Problem.NotFound;
        if (staffId is not null) await register.TellAsync(accountId, StaffRoles.Privacy, "ask_for_erasure", null, cancellation);
        if (await obstacles.FindAsync(accountId, cancellation) is { } blocked) return blocked;
        var confirmation = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var state = ErasureState.Free(accountId);
        state.Reference = ErasureDecision.ReferenceOf(accountId, confirmation);
        state.ConfirmBefore = clock.GetUtcNow() + Patience;
        return await accounts.WriteWhileOpenAsync(state, cancellation) ? ErasureView.Asked(confirmation, state.ConfirmBefore.Value) : Problem.NotFound;
    }

    private async Task<IResult> ConfirmAsync(string accountId, string? staffId, string confirmation, CancellationToken cancellation)
    {
        var reference = ErasureDecision.ReferenceOf(accountId, confirmation);
        for (var attempt = 0; attempt < AccountStore.Attempts; attempt++)
        {
            if (await erasures.FindStateAsync(accountId, cancellation) is not { } state || !IsSame(state.Reference!, reference))
                return await eraser.FindAsync(reference, cancellation) is { } earlier ? ErasureView.Done(earlier, policy) : NotValid;
            if (state.ConfirmedAt is not null) return ErasureView.Done(await eraser.RunAsync(state, cancellation), policy);
            if (state.ConfirmBefore <= clock.GetUtcNow()) return NotValid;
            if (await accounts.FindAsync(accountId, cancellation) is not { } profile) continue;
            if (await obstacles.FindAsync(accountId, cancellation) is { } blocked) return blocked;

            // Before the point of no return, so that a crash right after it is made good.
            var takeBack = await erasures.SendAsync(new(accountId), TakeOverAfter, cancellation);
            state.ConfirmedAt = clock.GetUtcNow();
            state.StaffId = staffId;
            state.RetentionPartition = profile.RetentionPartition;
            (state.Email, state.Name) = (profile.Email, profile.Name);
            if (await erasures.ConfirmAsync(profile, state, cancellation))
            {
                LogConfirmed(reference, staffId ?? "the person");
                var confirmed = await erasures.FindStateAsync(accountId, cancellation);
                var done = confirmed is null ? await eraser.FindAsync(reference, cancellation) : await eraser.RunAsync(confirmed, cancellation);
                // Whoever cannot be told now is told by the message.
                if (done is not { IsToBeTold: true }) await takeBack(cancellation);
                return done is null ? Problem.Unavailable : ErasureView.Done(done, policy);
            }

            await takeBack(cancellation);
        }

        return Problem.Unavailable;
    }

    private static bool IsSame(string left, string right) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasure {Reference} is confirmed by {By}")]
    private partial void LogConfirmed(string reference, string by);
}
