namespace Shop.Functions.Privacy.Recipients;

/// <param name="At">When it was told; null while it has not been.</param>
public sealed record ToldRecipient(string Recipient, RecipientOutcome Outcome, DateTimeOffset? At);
