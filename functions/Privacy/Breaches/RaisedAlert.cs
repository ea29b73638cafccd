using Azure;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>That staff were alerted.</summary>
/// <param name="Key">Names the alert among those of its breach.</param>
/// <param name="DueAt">Which end of the 72 hours it is about; null for one raised before this was kept.</param>
/// <param name="HoursLeft">0 and below: so long had the time been up.</param>
/// <param name="RaisedAt">For the first time.</param>
/// <param name="ToldAt">When it was last raised.</param>
/// <param name="MailedAt">When the mail server took the mail; until then it is raised again.</param>
/// <param name="ETag">Of the row as it was read.</param>
public sealed record RaisedAlert(
    string Key, DateTimeOffset? DueAt, int HoursLeft, DateTimeOffset RaisedAt, DateTimeOffset ToldAt, DateTimeOffset? MailedAt, ETag ETag);
