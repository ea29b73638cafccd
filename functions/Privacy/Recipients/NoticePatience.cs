namespace Shop.Functions.Privacy.Recipients;

/// <summary>
/// How long an e-mail address may outlast its account for the sake of those who are still to be told. Article 12(3) gives a
/// month for an answer. Pure.
/// </summary>
public static class NoticePatience
{
    /// <summary>So long a recipient is tried; then a person is asked to tell it.</summary>
    public static readonly TimeSpan ForRecipient = TimeSpan.FromDays(7);

    /// <summary>So long that person is tried; then the address goes all the same.</summary>
    public static readonly TimeSpan ForPerson = TimeSpan.FromDays(14);

    /// <param name="told">What came of telling the recipient; null when it cannot be told now.</param>
    /// <param name="age">Since the erasure was confirmed.</param>
    public static bool IsForPerson(RecipientOutcome? told, TimeSpan age) => told == RecipientOutcome.NotTold || (told is null && age >= ForRecipient);

    /// <returns>What comes of it: <see cref="RecipientOutcome.Pending"/> while it is tried again.</returns>
    public static RecipientOutcome AfterPerson(bool isAsked, TimeSpan age) =>
        isAsked ? RecipientOutcome.OfficerAsked : age >= ForPerson ? RecipientOutcome.NotTold : RecipientOutcome.Pending;
}
