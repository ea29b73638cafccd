using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Wire;

/// <summary>Creating and deleting whole tables.</summary>
internal static class TableCommands
{
    public static async ValueTask<Response<TableItem>> CreateAsync(
        bool async, TableConnection connection, string tableName, ResponseClassifier classifier, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        var message = connection.CreateMessage(RequestMethod.Post, TableAddress.Tables(connection.Address), classifier);
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(new { TableName = tableName });
        var response = await connection.SendAsync(async, message, cancellationToken).ConfigureAwait(false);
        // "If not exists" means exists already, and not: is being deleted right now.
        if (response.Status == 409 && new RequestFailedException(response) is { } conflict && conflict.ErrorCode == TableErrorCode.TableBeingDeleted)
            throw conflict;
        return Response.FromValue(new TableItem(tableName), response);
    }

    public static ValueTask<Response> DeleteAsync(
        bool async, TableConnection connection, string tableName, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        var url = TableAddress.Table(connection.Address, tableName);
        return connection.SendAsync(async, connection.CreateMessage(RequestMethod.Delete, url, Statuses.NoContentOrNotFound), cancellationToken);
    }
}
