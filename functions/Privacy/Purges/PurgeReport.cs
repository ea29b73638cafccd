using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Purges;

/// <summary>
/// What one purge did, without anything personal. Each report holds the hash of the one before, so that none can be
/// changed or taken out without the rest showing it. A deletion is counted once, by the run that made it; one that a crash
/// kept from being counted is found gone. What two runs at once only look at and reschedule may be counted by both.
/// </summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Through">The day up to which it worked.</param>
/// <param name="Policy">The version of the policy that it followed.</param>
/// <param name="Left">Rows that somebody else kept changing: they are looked at the next time.</param>
/// <param name="PreviousHash">Empty for the first.</param>
/// <param name="Hash">SHA-256 of everything else.</param>
public sealed record PurgeReport(
    int Number,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    DateOnly Through,
    string Policy,
    ImmutableArray<PurgeCount> Counts,
    int Left,
    string PreviousHash,
    string Hash)
{
    /// <summary>SHA-256 of the keys of the first row of the schedule that it worked on; null when nothing was due.</summary>
    public string? FirstKey { get; init; }

    /// <summary>The same of the last row.</summary>
    public string? LastKey { get; init; }

    /// <returns>The report with the hash that it must have.</returns>
    public PurgeReport Sealed() => this with
    {
        Hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Hash = "" }, PurgeJson.Web.PurgeReport))),
    };

    public static string HashOf(string key) => TextHash.Of(key);

    /// <summary>Whether the chain is whole: nothing changed, nothing missing in between, at the end, or at the beginning beyond what was due.</summary>
    /// <param name="reports">All that there are, in the order of their numbers.</param>
    /// <param name="ends">What the chain's ends must be.</param>
    /// <returns>The number of the first report that is wrong or missing; null when none is.</returns>
    public static int? FirstBroken(IReadOnlyList<StoredReport> reports, ChainEnds ends)
    {
        var (number, hash) = (ends.PrunedThrough, ends.PrunedHash);
        foreach (var (found, report) in reports)
        {
            number++;
            if (found != number || report is null || report.Number != number || report.PreviousHash != hash || report.Sealed().Hash != report.Hash) return number;
            hash = report.Hash;
        }

        return number == ends.Last && hash == ends.LastHash ? null : number + 1;
    }
}

[JsonSerializable(typeof(PurgeReport))]
[JsonSerializable(typeof(ImmutableArray<PurgeCount>))]
internal sealed partial class PurgeJson : JsonSerializerContext
{
    public static PurgeJson Web { get; } = new(Json.Strict());
}
