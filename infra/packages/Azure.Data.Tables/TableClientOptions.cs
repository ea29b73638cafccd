using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Service version, retries, transport and diagnostics of a table client.</summary>
public class TableClientOptions : ClientOptions
{
    public enum ServiceVersion
    {
        V2019_02_02 = 1,
        V2020_12_06 = 2,
    }

    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06)
    {
        VersionString = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion)),
        };
        foreach (var header in (string[])["x-ms-request-id", "DataServiceVersion"]) Diagnostics.LoggedHeaderNames.Add(header);
        // Filters and keys may hold personal data, so only the shape of a query is logged.
        foreach (var parameter in (string[])["api-version", "$format", "$top", "$select"]) Diagnostics.LoggedQueryParameters.Add(parameter);
    }

    internal string VersionString { get; }
}
