using Azure.Data.Tables;

namespace Shop.Functions.Platform.Storage;

public static class TableReads
{
    /// <returns>The row as it is now, or null when there is none. One storage call.</returns>
    /// <exception cref="Azure.RequestFailedException">Storage does not answer.</exception>
    public static async Task<T?> FindAsync<T>(this TableClient table, string partition, string row, CancellationToken cancellation)
        where T : class, ITableEntity
    {
        var found = await table.GetEntityIfExistsAsync<T>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }
}
