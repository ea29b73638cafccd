using System.Collections.Immutable;

namespace Shop.Functions.Operations.DeadLetters;

/// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
public sealed record DeadLetterList(ImmutableArray<DeadLetterView> Items, string? Continuation);
