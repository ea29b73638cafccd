using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>
/// <c>POST /api/account/consents</c>: gives or withdraws a consent. Every step is kept with its time and the version of
/// the published words; saying the same again adds none. A consent counts once it is confirmed by the link in a mail, which is
/// sent again when it is given again, a few times a day; a withdrawal counts at once. Somebody under 16 needs a parent's consent on record, and only
/// staff can decide that somebody who has said so is not.
/// </summary>
public sealed class GiveConsent(ConsentStore consents, EmailQueue emails, SignedLinks links, IOptions<RetentionPeriods> periods, TimeProvider clock)
{
    public const string Marketing = "marketing";

    private static readonly Problem ParentMissing =
        new(422, "parental-consent-missing", "Somebody under 16 needs the consent of a parent: name the parent who agreed.");

    private static readonly Problem WordingUnknown = new(422, "wording-unknown", "Nobody is asked to agree to these words. GET /api/consents/wordings has those that are.");

    private static readonly Problem TooMany = new(409, "too-many-changes", "This consent has changed too often to be given again. Withdrawing it is always possible.");

    [Function(nameof(GiveConsent))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account/consents")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, ConsentJson.Web.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (body is { Given: true, Under16: true, Parent: null }) return ParentMissing;
        if (body is { Given: true, Wording: { } wording } && !ConsentWording.IsKnown(wording.Trim(), body.Purpose)) return WordingUnknown;

        var caller = Caller.Of(request);
        var now = clock.GetUtcNow();
        for (var attempt = 0; attempt < AccountStore.Attempts; attempt++)
        {
            if (await consents.FindAsync(caller.AccountId, cancellation) is not { } recorded) return Problem.NotFound;
            // First of all: whether it was given, and who is asked, is about the mailbox that the person has now.
            recorded.Account.MarkSeen(caller.Email, periods.Value.DayOf(now));
            if (recorded.Refuse(body, caller.Email) is { } refused) return refused;
            var same = recorded.Same(body);
            if (same is null && body.Given && recorded.Steps.Length >= ConsentRecord.MaxSteps) return TooMany;
            var step = same ?? recorded.Add(body, now);
            var asks = step is { Given: true, ConfirmedAt: null };
            if (asks && recorded.Ask(step, now) is { } often) return often;
            if (same is null ? !await consents.AddAsync(recorded, step, cancellation) : asks && !await consents.ChangeAsync(recorded, step, cancellation)) continue;
            // Whoever is cut off before it has a step that waits, and gives the consent again.
            if (asks) await emails.SendAsync(new(EmailTemplate.Consent, new ConsentRequest(caller.AccountId, step.RowKey).Sealed(links)), cancellation);
            return Result(step, same is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }

        return Problem.Unavailable;
    }

    private static JsonResult<ConsentView> Result(ConsentEntity step, int status) => new(ConsentView.Of(step), ConsentJson.Web.Type<ConsentView>(), status);

    /// <param name="Given">False withdraws it; nothing else is needed then.</param>
    /// <param name="Wording">The version of the words that were agreed to: one of <see cref="ConsentWording.All"/>.</param>
    /// <param name="Under16">Whether the person is under 16.</param>
    /// <param name="Parent">The parent who agreed, for somebody under 16 and nobody else.</param>
    public sealed record Request(string Purpose, bool Given, string? Wording = null, bool? Under16 = null, Parent? Parent = null)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Require(Purpose == Marketing, "purpose", $"Only {Marketing} is asked for here.");
            if (Given)
            {
                validation.Text(Wording, "wording", 50);
                validation.Require(Under16 is not null, "under16", "Say whether the person is under 16.");
            }
            else
            {
                validation.Require(Wording is null, "wording", "A withdrawal has no wording.");
                validation.Require(Under16 is null, "under16", "A withdrawal does not need it.");
            }

            if (Parent is not null)
            {
                validation.Require(Given && Under16 == true, "parent", "Only for somebody under 16 who gives consent.");
                validation.Text(Parent.Name, "parent.name", 200);
                validation.Email(Parent.Email?.Trim(), "parent.email");
            }

            return validation.Problem;
        }
    }

    public sealed record Parent(string Name, string Email);
}
