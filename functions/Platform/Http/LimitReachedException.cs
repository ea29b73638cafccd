namespace Shop.Functions.Platform.Http;

/// <summary>Something has reached its stated limit: asking again will not help, and nothing was dropped to make room.</summary>
public class LimitReachedException(string message) : Exception(message);
