namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function can know about its occurrence.</summary>
public class TimerInfo
{
    /// <summary>Null where the schedule is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True if the occurrence was due while nothing ran.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>Occurrences of a monitored schedule, in the host's time zone (UTC unless set otherwise).</summary>
public class ScheduleStatus
{
    public DateTime Last { get; set; }

    public DateTime Next { get; set; }

    public DateTime LastUpdated { get; set; }
}
