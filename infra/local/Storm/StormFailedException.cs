namespace Shop.Local.Storm;

/// <summary>The storm cannot go on, or something answered as it never should.</summary>
public sealed class StormFailedException(string message) : Exception(message);
