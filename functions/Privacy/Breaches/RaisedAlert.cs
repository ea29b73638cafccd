using Azure;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>That staff were alerted with so many hours left; 0 is for the time being up.</summary>
/// <param name="RaisedAt">For the first time.</param>
/// <param name="ToldAt">When it was last raised.</param>
/// <param name="MailedAt">When the mail server took the mail; until then it is raised again.</param>
/// <param name="ETag">Of the row as it was read.</param>
public sealed record RaisedAlert(int HoursLeft, DateTimeOffset RaisedAt, DateTimeOffset ToldAt, DateTimeOffset? MailedAt, ETag ETag);
