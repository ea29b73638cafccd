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

    /// <summary>A parent's address is typed by whoever likes: one account has so many questions sent within a day, to whomever.</summary>
    public const int MaxQuestions = 5;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly Problem AgeStated = new(
        409, "age-stated", "You have said that you are under 16, and so a parent must agree. If that is no longer so, or was a mistake, ask our staff.");

    private static readonly Problem ParentIsChild = new(
        422, "parent-is-child", "The parent's name and e-mail address must be the parent's own, not those of the account.");

    private static readonly Problem NoMailbox = new(
        422, "email-not-usable", "No mail can be sent to the e-mail address of this sign-in, and so nobody can be asked whether the consent was meant.");

    private static readonly Problem TooManyQuestions = new(429, "too-many", "You have given consents often in a short time, and somebody is asked by mail each time. Wait a while.");

    /// <summary>Whether the person is under 16, as they or our staff have said last; null while nobody has.</summary>
    public bool? Under16 => Steps.Where(step => step.Given || step.Purpose == ConsentEntity.Age).MaxBy(step => step.At)?.Under16;

    /// <param name="email">The caller's own address, which the account may not have yet.</param>
    /// <returns>Why the consent cannot be given like that; null when it can.</returns>
    public Problem? Refuse(GiveConsent.Request request, string? email)
    {
        if (!request.Given) return null;
        // To be under 16 only protects, so that can be said at any time.
        if (request.Under16 == false && Under16 == true) return AgeStated;
        if (!EmailAddress.Is(Account.Email)) return NoMailbox;
        if (request.Parent is not { } parent) return null;
        var isOwn = IsSameText(parent.Name, Account.Name) || IsSameMailbox(parent.Email, Account.Email) || IsSameMailbox(parent.Email, email);
        return isOwn ? ParentIsChild : null;
    }

    private static bool IsSameText(string left, string? right) => right is not null
        && string.Equals(Squeezed(left), Squeezed(right), StringComparison.OrdinalIgnoreCase);

    private static string Squeezed(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static bool IsSameMailbox(string left, string? right) => right is not null && EmailAddress.MailboxOf(left.Trim()) == EmailAddress.MailboxOf(right);

    /// <summary>
    /// Whether the purpose is agreed to: by the latest step, once it is confirmed, under 16 by a parent, and for the address that
    /// the account has now.
    /// </summary>
    public bool HasAgreed(string purpose) => Latest(purpose) is { ConfirmedAt: not null } step && MayBeAgreedTo(step);

    /// <param name="key">Of the step.</param>
    /// <returns>The step; null when it was withdrawn, given anew or erased since, or is not for this mailbox any more.</returns>
    public ConsentEntity? Standing(string key) => Steps.FirstOrDefault(step => step.RowKey == key) is { } step && Latest(step.Purpose) == step && MayBeAgreedTo(step) ? step : null;

    /// <returns>The step that a link is about, as <see cref="Standing"/> has it and as the link says.</returns>
    public ConsentEntity? Asked(ConsentLink link) => Standing(link.Step) is { } step && step.ParentEmail == link.Parent && IsFor(step, link.Email) ? step : null;

    /// <summary>Staff may have found out since that the person is under 16: then a parent must agree.</summary>
    private bool MayBeAgreedTo(ConsentEntity step) => step.Given && IsFor(step, Account.Email) && (Under16 != true || step.ParentEmail is not null);

    private static bool IsFor(ConsentEntity step, string email) => step.Email is { } asked && EmailAddress.KeyOf(asked) == EmailAddress.KeyOf(email);

    /// <summary>
    /// Counts a question about the step, on the step: so the limit holds whichever instance is asked. A step that is asked about
    /// again and again counts with all of it until a day has gone by without.
    /// </summary>
    /// <returns>Why nobody is to be asked again yet; null when the question may be sent once this is stored.</returns>
    public Problem? Ask(ConsentEntity step, DateTimeOffset now)
    {
        var recent = Steps.Where(one => one.AskedAt > now - Day).ToList();
        if (recent.Sum(one => one.Asked) >= MaxQuestions) return TooManyQuestions with { RetryAfter = recent.Min(one => one.AskedAt)!.Value + Day - now };
        step.Asked = step.AskedAt > now - Day ? step.Asked + 1 : 1;
        step.AskedAt = now;
        return null;
    }

    public ConsentEntity? Latest(string purpose) => Steps.LastOrDefault(step => step.Purpose == purpose);

    /// <returns>The latest step where it says the same already, for the same mailbox: nothing is added then.</returns>
    public ConsentEntity? Same(GiveConsent.Request request) => Latest(request.Purpose) switch
    {
        null => null,
        { Given: false } latest => request.Given ? null : latest,
        var latest => request.Given && latest.Wording == request.Wording!.Trim() && latest.Under16 == request.Under16 && IsSameParent(latest, request.Parent) && IsFor(latest, Account.Email)
            ? latest
            : null,
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
            Email = request.Given ? Account.Email : null,
            Under16 = request.Under16 ?? false,
            ParentName = request.Given ? request.Parent?.Name.Trim() : null,
            ParentEmail = request.Given ? request.Parent?.Email.Trim() : null,
        };
    }
}
