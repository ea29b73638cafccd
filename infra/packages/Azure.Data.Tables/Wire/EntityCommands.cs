using Azure.Core;
using Azure.Data.Tables.Entities;

namespace Azure.Data.Tables.Wire;

/// <summary>The calls on the rows of one table, each for synchronous and asynchronous callers.</summary>
internal sealed class EntityCommands(TableConnection connection, string table)
{
    private const string NextPartitionKey = "x-ms-continuation-NextPartitionKey";
    private const string NextRowKey = "x-ms-continuation-NextRowKey";

    public ValueTask<Response> AddAsync(bool async, ITableEntity entity, CancellationToken cancellationToken)
    {
        RequireKeys(entity);
        var message = connection.CreateMessage(RequestMethod.Post, TableAddress.Rows(connection.Address, table), Statuses.Created);
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        SetContent(message, entity);
        return connection.SendAsync(async, message, cancellationToken);
    }

    /// <summary>Without a version, the row is created where it does not exist.</summary>
    public ValueTask<Response> WriteAsync(
        bool async, ITableEntity entity, ETag? ifMatch, TableUpdateMode mode, CancellationToken cancellationToken)
    {
        RequireKeys(entity);
        if (ifMatch == default(ETag)) throw new ArgumentException("Value cannot be empty.", nameof(ifMatch));
        var method = mode switch
        {
            TableUpdateMode.Merge => RequestMethod.Patch,
            TableUpdateMode.Replace => RequestMethod.Put,
            _ => throw new ArgumentException($"Unexpected value for {nameof(mode)}: {mode}"),
        };
        var url = TableAddress.Row(connection.Address, table, entity.PartitionKey, entity.RowKey);
        var message = connection.CreateMessage(method, url, Statuses.NoContent);
        if (ifMatch is { } version) message.Request.Headers.SetValue("If-Match", version.ToString());
        SetContent(message, entity);
        return connection.SendAsync(async, message, cancellationToken);
    }

    public ValueTask<Response> DeleteAsync(
        bool async, string partitionKey, string rowKey, ETag ifMatch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        var url = TableAddress.Row(connection.Address, table, partitionKey, rowKey);
        var message = connection.CreateMessage(RequestMethod.Delete, url, Statuses.NoContentOrNotFound);
        message.Request.Headers.SetValue("If-Match", ifMatch == default ? ETag.All.ToString() : ifMatch.ToString());
        return connection.SendAsync(async, message, cancellationToken);
    }

    public async ValueTask<Response<T>> GetAsync<T>(
        bool async, string partitionKey, string rowKey, IEnumerable<string> select, CancellationToken cancellationToken)
        where T : class, ITableEntity
    {
        var response = await ReadAsync(async, partitionKey, rowKey, select, Statuses.Ok, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(EntityReader.ReadOne<T>(response.Content.ToMemory().Span), response);
    }

    public async ValueTask<NullableResponse<T>> GetIfExistsAsync<T>(
        bool async, string partitionKey, string rowKey, IEnumerable<string> select, CancellationToken cancellationToken)
        where T : class, ITableEntity
    {
        var response = await ReadAsync(async, partitionKey, rowKey, select, Statuses.OkOrNotFound, cancellationToken).ConfigureAwait(false);
        return response.Status == 404
            ? new NoValueResponse<T>(response)
            : Response.FromValue(EntityReader.ReadOne<T>(response.Content.ToMemory().Span), response);
    }

    /// <summary>Pages whose continuation token is the next partition key and row key with a space between.</summary>
    public FetchPage<T> Query<T>(string filter, IEnumerable<string> select)
        where T : class, ITableEntity
    {
        var columns = select is null ? null : string.Join(',', select);
        return async (async, token, size, cancellationToken) =>
        {
            var url = TableAddress.Query(connection.Address, table, filter, size, columns) + Continuation(token);
            var message = connection.CreateMessage(RequestMethod.Get, url, Statuses.Ok);
            var response = await connection.SendAsync(async, message, cancellationToken).ConfigureAwait(false);
            var hasKey = response.Headers.TryGetValue(NextPartitionKey, out var partition);
            var next = response.Headers.TryGetValue(NextRowKey, out var row) || hasKey ? $"{partition} {row}" : null;
            return Page<T>.FromValues(EntityReader.ReadMany<T>(response.Content.ToMemory().Span), next, response);
        };
    }

    public async ValueTask<Response<IReadOnlyList<Response>>> SubmitAsync(
        bool async, IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actions);
        var content = new TransactionContent(connection.Address, table, actions);
        var message = connection.CreateMessage(RequestMethod.Post, connection.Address + "/$batch", Statuses.Accepted);
        message.Request.Headers.SetValue("Accept", "application/json");
        message.Request.Headers.SetValue("Content-Type", content.ContentType);
        message.Request.Content = content.ToRequestContent();
        var response = await connection.SendAsync(async, message, cancellationToken).ConfigureAwait(false);
        var answers = TransactionResponse.Parse(response);
        if (answers.Find(answer => answer.IsError) is { } refusal)
            throw new TableTransactionFailedException(new RequestFailedException(refusal, null, TableErrorParser.Instance));
        return Response.FromValue<IReadOnlyList<Response>>(answers, response);
    }

    private ValueTask<Response> ReadAsync(
        bool async, string partitionKey, string rowKey, IEnumerable<string> select, ResponseClassifier classifier,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        var columns = select is null ? null : string.Join(',', select);
        var url = TableAddress.Row(connection.Address, table, partitionKey, rowKey, columns);
        return connection.SendAsync(async, connection.CreateMessage(RequestMethod.Get, url, classifier), cancellationToken);
    }

    private static string Continuation(string token)
    {
        if (token is null || token.Length <= 1) return string.Empty;
        var space = token.IndexOf(' ', StringComparison.Ordinal);
        var partition = space < 0 ? token : token[..space];
        var row = space < 0 || space == token.Length - 1 ? null : token[(space + 1)..];
        return TableAddress.Option("NextPartitionKey", partition) + TableAddress.Option("NextRowKey", row);
    }

    private static void SetContent(HttpMessage message, ITableEntity entity)
    {
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(EntityWriter.ToJson(entity));
    }

    private static void RequireKeys(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey);
        ArgumentNullException.ThrowIfNull(entity.RowKey);
    }
}
