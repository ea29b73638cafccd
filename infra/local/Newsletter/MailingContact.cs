namespace Shop.Local.Newsletter;

/// <summary>Somebody whom the mailing provider knows.</summary>
/// <param name="Custom">The company's own fields.</param>
/// <param name="Listed">Whether the newsletter goes there.</param>
public sealed record MailingContact(int Id, string Email, IReadOnlyDictionary<string, string> Custom, bool Listed);
