namespace Shop.Functions.Privacy.Purges;

public enum StepResult
{
    /// <summary>By this run.</summary>
    Done,

    /// <summary>By another one at the same time.</summary>
    Gone,

    /// <summary>Somebody changed it meanwhile: it is looked at again.</summary>
    Changed,

    /// <summary>It could not be done, and that is logged: it stays in the schedule, and holds up nothing else.</summary>
    Failed,
}
