using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>What must be true of every revision, and what else before a breach can be closed.</summary>
public static class BreachRules
{
    /// <summary>Clocks differ a little.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <returns>What cannot be, by the member of the request, or null.</returns>
    public static Problem? Check(Breach breach, DateTimeOffset now)
    {
        var validation = new Validation();
        validation.Require(breach.NoticedAt <= now + Skew, "noticedAt", "This is in the future.");
        validation.Require(breach.AwareAt <= now + Skew, "awareAt", "This is in the future.");
        validation.Require(breach.NoticedAt <= breach.AwareAt, "awareAt", "Nobody can be aware of it before it was noticed.");
        if (breach.ReportedToAuthority is { } report) Check(breach, report, now, validation);
        if (breach.ToldPeople is { } told)
        {
            validation.Require(told.At is null || told.At <= now + Skew, "toldPeople.at", "This is in the future.");
            validation.Require((told.At is null) == (told.How is null), "toldPeople.how", "When and how belong together.");
            validation.Require(told.At is null || told.NotNeededReason is null, "toldPeople.notNeededReason", "Either they were told, or it is not needed.");
        }

        return validation.Problem;
    }

    /// <summary>What Article 33(3) asks for, and the two decisions: whether to report it, and whether to tell the people.</summary>
    /// <returns>The members that are still to be given, each with what is needed; empty when it can be closed.</returns>
    public static IReadOnlyDictionary<string, string[]> Missing(Breach breach)
    {
        var missing = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Need(breach.Scope is { DataClasses.Length: > 0 }, "scope.dataClasses", "The categories of data (Article 33(3)(a)).");
        Need(breach.Scope is { People: not null }, "scope.people", "About how many people (Article 33(3)(a)).");
        Need(breach.Scope is { Records: not null }, "scope.records", "About how many records (Article 33(3)(a)).");
        Need(breach.ContactPoint is not null, "contactPoint", "Who can be asked for more (Article 33(3)(b)).");
        Need(breach.LikelyConsequences is not null, "likelyConsequences", "The likely consequences (Article 33(3)(c)).");
        Need(breach.Measures is not null, "measures", "The measures taken or proposed (Article 33(3)(d)).");
        Need(
            breach.ReportedToAuthority is { At: not null } or { NotNeededReason: not null }, "reportedToAuthority",
            "When the authority was told, or why it need not be (Article 33(1)).");
        Need(
            breach.ReportedToAuthority is not { At: not null, Reference: null }, "reportedToAuthority.reference",
            "The authority's reference for the report.");
        Need(
            breach.ToldPeople is { At: not null } or { NotNeededReason: not null }, "toldPeople",
            "When and how the people were told, or why they need not be (Article 34).");
        return missing;

        void Need(bool given, string path, string what)
        {
            if (!given) missing[path] = [what];
        }
    }

    /// <returns>Why it cannot be closed yet, when that is what is asked for.</returns>
    public static Problem? Incomplete(Breach breach) =>
        breach.ClosedAt is not null && Missing(breach) is { Count: > 0 } missing
            ? new(422, "breach-incomplete", "It cannot be closed before everything is on record.") { Errors = missing }
            : null;

    private static void Check(Breach breach, AuthorityReport report, DateTimeOffset now, Validation validation)
    {
        const string Path = "reportedToAuthority";
        validation.Require(report.At is null || report.At <= now + Skew, $"{Path}.at", "This is in the future.");
        validation.Require(report.At is null || report.At >= breach.NoticedAt, $"{Path}.at", "Nobody can report it before it was noticed.");
        validation.Require(report.At is null || report.NotNeededReason is null, $"{Path}.notNeededReason", "Either it was reported, or it is not needed.");
        validation.Require(report.At is not null || report.Reference is null, $"{Path}.reference", "A reference belongs to a report: say when it was made.");
        validation.Require(
            report.At is not { } at || !ReportClock.IsLate(breach, at) || report.LateReason is not null, $"{Path}.lateReason",
            "Later than 72 hours after awareness: the reasons are needed (Article 33(1)).");
    }
}
