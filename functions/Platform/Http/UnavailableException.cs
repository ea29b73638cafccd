namespace Shop.Functions.Platform.Http;

/// <summary>A service this app depends on does not answer, is throttling or is out of order: later may be better.</summary>
public class UnavailableException(string service, Exception? inner = null) : Exception($"{service} is not available.", inner);
