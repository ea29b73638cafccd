namespace Shop.Functions.Privacy.Breaches;

/// <summary>That staff were alerted with so many hours left; 0 is for the time being up.</summary>
/// <param name="ToldAt">When the mail was handed on; null when the run that raised it was cut off before.</param>
public sealed record RaisedAlert(int HoursLeft, DateTimeOffset RaisedAt, DateTimeOffset? ToldAt, DateTimeOffset? MailedAt);
