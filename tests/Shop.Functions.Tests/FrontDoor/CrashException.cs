namespace Shop.Functions.Tests.FrontDoor;

/// <summary>The process ends here, as far as this call is concerned: nothing in the app knows this type, so nothing retries it.</summary>
public sealed class CrashException() : Exception("The process ended in the middle of a call.");
