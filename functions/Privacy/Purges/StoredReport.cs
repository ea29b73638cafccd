using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace Shop.Functions.Privacy.Purges;

/// <summary>The report of a purge as it was found.</summary>
/// <param name="Report">Null when it cannot be read: the chain is broken there, and the others go on.</param>
public sealed record StoredReport(int Number, PurgeReport? Report)
{
    /// <returns>Null for a row that has no number.</returns>
    public static StoredReport? Of(TableEntity row) =>
        int.TryParse(row.RowKey.AsSpan(PurgeReportEntity.Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(number, Read(row[nameof(PurgeReportEntity.Report)] as string))
            : null;

    private static PurgeReport? Read(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, PurgeJson.Web.PurgeReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
