using System.Collections.Immutable;

namespace Shop.Functions.Operations.DeadLetters;

/// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
/// <param name="More">On the last page: whether there are more messages than could be taken onto the list in time. Ask for it from the beginning again.</param>
public sealed record DeadLetterList(ImmutableArray<DeadLetterView> Items, string? Continuation, bool More);
