namespace Azure.Storage;

public enum Request100ContinueMode
{
    Auto = 0,
    Always = 1,
    Never = 2,
}

/// <summary>When a request asks the service for permission before it sends its body.</summary>
public class Request100ContinueOptions
{
    public Request100ContinueMode Mode { get; set; }

    /// <summary>For how long <see cref="Request100ContinueMode.Auto"/> stays on after a throttling answer.</summary>
    public TimeSpan AutoInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Bodies below this many bytes never ask; null means every body may.</summary>
    public long? ContentLengthThreshold { get; set; }
}
