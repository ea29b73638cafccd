namespace Shop.Functions.Tests.Scale;

/// <summary>What one step of an order's life cost.</summary>
/// <param name="Executions">Runs of functions; those of timers are none of the order's.</param>
/// <param name="Calls">To storage, by the app and by the host for its messages: a receive and a delete each. Polls that find nothing are not the order's.</param>
/// <param name="Looks">That the timer sent, which sends so many a run.</param>
internal sealed record StepCost(string Step, int Executions, IReadOnlyList<string> Calls, IReadOnlyList<string> ProviderCalls, int Looks, long AnswerBytes);
