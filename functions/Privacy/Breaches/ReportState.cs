namespace Shop.Functions.Privacy.Breaches;

public enum ReportState
{
    /// <summary>The 72 hours are running.</summary>
    Running,

    /// <summary>They are over, and nothing is reported.</summary>
    Overdue,

    Reported,

    ReportedLate,

    /// <summary>It is unlikely to put anybody's rights at risk, and the register says why.</summary>
    NotNeeded,
}
