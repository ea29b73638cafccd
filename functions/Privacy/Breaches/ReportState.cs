namespace Shop.Functions.Privacy.Breaches;

/// <summary>How a duty to tell stands: to tell the authority, or the people affected.</summary>
public enum ReportState
{
    /// <summary>The 72 hours are running.</summary>
    Running,

    /// <summary>They are over, and nobody is told.</summary>
    Overdue,

    Reported,

    ReportedLate,

    /// <summary>The law does not ask for it here, and the register says why.</summary>
    NotNeeded,
}
