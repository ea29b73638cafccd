namespace Shop.Local.Storm;

/// <summary>How long clients waited for answers of one kind of call, in milliseconds, and how often they had to ask again.</summary>
/// <param name="Calls">How many were answered for good.</param>
/// <param name="Refused">Answers that said "not now": 429, 5xx, and a token that was too old.</param>
/// <param name="Unanswered">Tries that nobody answered.</param>
public sealed record CallFigures(string Kind, int Calls, double P50, double P95, double P99, int Refused, int Unanswered);
