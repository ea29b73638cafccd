namespace Shop.Functions.Privacy.Purges;

/// <summary>What became of a step.</summary>
/// <param name="Restricted">How many orders lost their way back to the person.</param>
/// <param name="Count">How many things it was done to.</param>
public sealed record PurgeOutcome(PurgeStep Step, StepResult Result, int Restricted = 0, int Count = 1);
