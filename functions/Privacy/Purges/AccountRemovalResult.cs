namespace Shop.Functions.Privacy.Purges;

/// <param name="Restricted">How many orders lost what leads to the person.</param>
/// <param name="IsComplete">False when somebody else has deleted the last of it.</param>
public sealed record AccountRemovalResult(int Restricted, bool IsComplete);
