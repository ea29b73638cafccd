namespace Shop.Functions.Platform.Storage;

/// <summary>Something to be scheduled: under which rule of the policy, and for which day.</summary>
public sealed record RetentionEntry(DateOnly Due, string Rule, string Key);
