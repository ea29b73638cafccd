namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the retry policies of a function have in common. A Functions host ignores them on queue triggers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class RetryAttribute : Attribute
{
    public RetryAttribute()
    {
    }

    /// <summary>Retries after the first attempt; -1 means without end.</summary>
    public int MaxRetryCount { get; set; }
}

/// <summary>The same wait, <c>HH:mm:ss</c>, before each retry.</summary>
public sealed class FixedDelayRetryAttribute : RetryAttribute
{
    /// <exception cref="ArgumentOutOfRangeException">The interval is negative or not a time span.</exception>
    public FixedDelayRetryAttribute(int maxRetryCount, string delayInterval)
    {
        RetryInterval.Parse(delayInterval, nameof(delayInterval));
        MaxRetryCount = maxRetryCount;
        DelayInterval = delayInterval;
    }

    public string DelayInterval { get; }
}

/// <summary>A wait that grows between two bounds, each <c>HH:mm:ss</c>.</summary>
public sealed class ExponentialBackoffRetryAttribute : RetryAttribute
{
    /// <exception cref="ArgumentOutOfRangeException">An interval is negative or not a time span.</exception>
    /// <exception cref="ArgumentException">The minimum is above the maximum.</exception>
    public ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval)
    {
        var minimum = RetryInterval.Parse(minimumInterval, nameof(minimumInterval));
        var maximum = RetryInterval.Parse(maximumInterval, nameof(maximumInterval));
        if (minimum > maximum)
        {
            throw new ArgumentException("The shortest wait is longer than the longest.", nameof(minimumInterval));
        }

        MaxRetryCount = maxRetryCount;
        MinimumInterval = minimumInterval;
        MaximumInterval = maximumInterval;
    }

    public string MinimumInterval { get; }

    public string MaximumInterval { get; }
}

internal static class RetryInterval
{
    public static TimeSpan Parse(string text, string parameter) =>
        TimeSpan.TryParse(text, out var interval) && interval >= TimeSpan.Zero
            ? interval
            : throw new ArgumentOutOfRangeException(parameter, text, "A wait reads HH:mm:ss and is not negative.");
}
