namespace Shop.Local.Storm;

/// <summary>A message that the shop could not handle, as its operators see it.</summary>
/// <param name="Why">What its last try ended with; null when the process ended each time without saying.</param>
public sealed record StatedLetter(string Id, string Queue, string? Why)
{
    /// <summary>How a try ends when what it needs is away: storage, a provider, or the process itself.</summary>
    private static readonly string[] Away =
    [
        "RequestFailedException", "HttpRequestException", "SocketException", "IOException", "HttpIOException", "TaskCanceledException", "OperationCanceledException",
        "TimeoutException", "UnavailableException", "ProviderAccessException",
    ];

    /// <summary>What its last try ended with, in words.</summary>
    public string Reason => Why ?? "the process ended each time";

    /// <summary>Whether the storm itself is reason enough: then it is sent back, and that must do.</summary>
    public bool IsExpected => Why is null || Away.Contains(Why);
}
