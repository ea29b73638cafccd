using System.Net;

namespace Azure.Data.Tables.Wire;

/// <summary>URLs of the table service.</summary>
internal static class TableAddress
{
    private const string Format = "$format=application%2Fjson%3Bodata%3Dminimalmetadata";

    /// <summary>The host's first label, or the path's first segment where the host is an address (emulators).</summary>
    public static string AccountOf(Uri endpoint)
    {
        var isAddress = IPAddress.TryParse(endpoint.Host, out _) || endpoint.Host is "localhost" or "host.docker.internal";
        if (isAddress) return endpoint.AbsolutePath.Trim('/').Split('/')[0];
        return endpoint.Host.Split('.')[0];
    }

    /// <summary>The endpoint without query and closing slash.</summary>
    public static string Base(Uri endpoint) => endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');

    public static string Tables(string address) => $"{address}/Tables?{Format}";

    public static string Table(string address, string table) => $"{address}/Tables('{Uri.EscapeDataString(table)}')";

    public static string Rows(string address, string table) => $"{address}/{table}?{Format}";

    public static string Row(string address, string table, string partitionKey, string rowKey, string select = null)
    {
        var url = $"{address}/{table}(PartitionKey='{Key(partitionKey)}',RowKey='{Key(rowKey)}')?{Format}";
        return select is null ? url : $"{url}&$select={Uri.EscapeDataString(select)}";
    }

    public static string Query(string address, string table, string filter, int? top, string select)
    {
        var url = $"{address}/{table}()?{Format}";
        return url + Option("$top", top?.ToString(System.Globalization.CultureInfo.InvariantCulture)) + Option("$select", select) + Option("$filter", filter);
    }

    public static string Option(string name, string value) => value is null ? string.Empty : $"&{name}={Uri.EscapeDataString(value)}";

    // OData doubles the quotes inside a quoted string; the URL then escapes them like everything else.
    private static string Key(string key) =>
        Uri.EscapeDataString(key.Contains('\'', StringComparison.Ordinal) ? key.Replace("'", "''", StringComparison.Ordinal) : key);
}
