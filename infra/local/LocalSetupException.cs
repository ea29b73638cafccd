namespace Shop.Local;

/// <summary>Something on this machine keeps the local shop from running. The message is one line that says what to do.</summary>
public sealed class LocalSetupException(string message) : Exception(message);
