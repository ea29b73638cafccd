using System.Collections.Immutable;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>What a person has agreed to and taken back, oldest first, and what that means now.</summary>
public sealed record ConsentRecord(AccountEntity Account, ImmutableArray<ConsentEntity> Steps)
{
    /// <summary>Giving stops here; withdrawing is never refused.</summary>
    public const int MaxSteps = 200;

    private static readonly Problem AgeStated = new(
        409, "age-stated", "You have said that you are under 16, and so a parent must agree. If that is no longer so, or was a mistake, ask our staff.");

    private static readonly Problem ParentIsChild = new(
        422, "parent-is-child", "The parent's name and e-mail address must be the parent's own, not those of the account.");

    private static readonly Problem NoMailbox = new(
        422, "email-not-usable", "No mail can be sent to the e-mail address of this sign-in, and so nobody can be asked whether the consent was meant.");

    /// <summary>Whether the person is under 16, as they or our staff have said last; null while nobody has.</summary>
    public bool? Under16 => Steps.Where(step => step.Given || step.Purpose == ConsentEntity.Age).MaxBy(step => step.At)?.Under16;

    /// <param name="email">The caller's own address, which the account may not have yet.</param>
    /// <returns>Why the consent cannot be given like that; null when it can.</returns>
    public Problem? Refuse(GiveConsent.Request request, string? email)
    {
        if (!request.Given) return null;
        // To be under 16 only protects, so that can be said at any time.
        if (request.Under16 == false && Under16 == true) return AgeStated;
        if (request.Parent is not { } parent) return EmailAddress.Is(email is { Length: > 0 } ? email : Account.Email) ? null : NoMailbox;
        var isOwn = IsSameText(parent.Name, Account.Name) || IsSameMailbox(parent.Email, Account.Email) || IsSameMailbox(parent.Email, email);
        return isOwn ? ParentIsChild : null;
    }

    private static bool IsSameText(string left, string? right) => right is not null
        && string.Equals(Squeezed(left), Squeezed(right), StringComparison.OrdinalIgnoreCase);

    private static string Squeezed(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>What follows a plus sign leads to the same mailbox.</summary>
    private static bool IsSameMailbox(string left, string? right) => right is not null && IsSameText(Mailbox(left), Mailbox(right));

    private static string Mailbox(string address)
    {
        var (plus, at) = (address.IndexOf('+', StringComparison.Ordinal), address.LastIndexOf('@'));
        return plus > 0 && plus < at ? address[..plus] + address[at..] : address;
    }

    /// <summary>Whether the purpose is agreed to: by the latest step, once it is confirmed, and under 16 by a parent.</summary>
    public bool HasAgreed(string purpose) => Latest(purpose) is { ConfirmedAt: not null } step && MayBeAgreedTo(step);

    /// <returns>The step that a link is about; null when it was withdrawn, given anew or erased since, or is not this mailbox's any more.</returns>
    public ConsentEntity? Asked(ConsentLink link) => Steps.FirstOrDefault(step => step.RowKey == link.Step) is { } step
        && Latest(step.Purpose) == step && MayBeAgreedTo(step) && step.ParentEmail == link.Parent && EmailAddress.KeyOf(Account.Email) == EmailAddress.KeyOf(link.Email)
        ? step
        : null;

    /// <summary>Staff may have found out since that the person is under 16: then a parent must agree.</summary>
    private bool MayBeAgreedTo(ConsentEntity step) => step.Given && (Under16 != true || step.ParentEmail is not null);

    public ConsentEntity? Latest(string purpose) => Steps.LastOrDefault(step => step.Purpose == purpose);

    /// <returns>The latest step where it says the same already: nothing is added then.</returns>
    public ConsentEntity? Same(GiveConsent.Request request) => Latest(request.Purpose) switch
    {
        null => null,
        { Given: false } latest => request.Given ? null : latest,
        var latest => request.Given && latest.Wording == request.Wording!.Trim() && latest.Under16 == request.Under16 && IsSameParent(latest, request.Parent) ? latest : null,
    };

    /// <summary>Another parent, or another address of theirs, is another step.</summary>
    private static bool IsSameParent(ConsentEntity step, GiveConsent.Parent? parent) => step.ParentName == parent?.Name.Trim() && step.ParentEmail == parent?.Email.Trim();

    /// <summary>A step that says what staff have decided about the person's age.</summary>
    public ConsentEntity Decide(DecideAge.Request request, DateTimeOffset now)
    {
        var at = After(now);
        return new()
        {
            PartitionKey = Account.PartitionKey,
            RowKey = ConsentEntity.RowKeyOf(ConsentEntity.Age, at),
            Purpose = ConsentEntity.Age,
            At = at,
            Under16 = request.Under16,
            Role = StaffRoles.NameOf(StaffRoles.Privacy),
            Reason = request.Reason,
            Note = request.Note?.Trim(),
        };
    }

    /// <summary>Steps follow each other even when the clock stands still or was set back.</summary>
    private DateTimeOffset After(DateTimeOffset now) => Steps.Select(step => step.At.AddTicks(1)).Append(now).Max();

    public ConsentEntity Add(GiveConsent.Request request, DateTimeOffset now)
    {
        var at = After(now);
        return new()
        {
            PartitionKey = Account.PartitionKey,
            RowKey = ConsentEntity.RowKeyOf(request.Purpose, at),
            Purpose = request.Purpose,
            Given = request.Given,
            At = at,
            Wording = request.Given ? request.Wording!.Trim() : null,
            Under16 = request.Under16 ?? false,
            ParentName = request.Given ? request.Parent?.Name.Trim() : null,
            ParentEmail = request.Given ? request.Parent?.Email.Trim() : null,
        };
    }
}
