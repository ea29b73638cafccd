namespace Shop.Functions.Platform.Http;

/// <summary>A service this app depends on does not answer, is throttling or is out of order: later may be better.</summary>
public sealed class UnavailableException(string service, Exception inner) : Exception($"{service} is not available.", inner);
