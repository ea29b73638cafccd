using System.Linq.Expressions;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Filters;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

/// <summary>The tables of one storage account.</summary>
public class TableServiceClient
{
    private readonly TableConnection _connection;

    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    public TableServiceClient(string connectionString, TableClientOptions options = null) =>
        _connection = TableConnection.From(connectionString, options);

    public TableServiceClient(Uri endpoint, AzureSasCredential credential)
        : this(endpoint, credential, null)
    {
    }

    public TableServiceClient(Uri endpoint, AzureSasCredential credential, TableClientOptions options = null) =>
        _connection = TableConnection.From(endpoint, credential, options);

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(endpoint, credential, null)
    {
    }

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions options) =>
        _connection = TableConnection.From(endpoint, credential, options);

    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null) =>
        _connection = TableConnection.From(endpoint, tokenCredential, options);

    /// <summary>For subclasses that stand in for a client in tests.</summary>
    protected TableServiceClient()
    {
    }

    public virtual string AccountName => _connection.AccountName;

    public virtual Uri Uri => _connection.Endpoint;

    public virtual TableClient GetTableClient(string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        return new TableClient(_connection, tableName);
    }

    /// <exception cref="RequestFailedException">409 TableAlreadyExists.</exception>
    public virtual Response<TableItem> CreateTable(string tableName, CancellationToken cancellationToken = default) =>
        TableCommands.CreateAsync(false, _connection, tableName, Statuses.Created, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="CreateTable" />
    public virtual async Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        await TableCommands.CreateAsync(true, _connection, tableName, Statuses.Created, cancellationToken).ConfigureAwait(false);

    /// <summary>The raw response's status is 409 where the table existed.</summary>
    public virtual Response<TableItem> CreateTableIfNotExists(string tableName, CancellationToken cancellationToken = default) =>
        TableCommands.CreateAsync(false, _connection, tableName, Statuses.CreatedOrConflict, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="CreateTableIfNotExists" />
    public virtual async Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        await TableCommands.CreateAsync(true, _connection, tableName, Statuses.CreatedOrConflict, cancellationToken).ConfigureAwait(false);

    /// <summary>Does not fail where there is no such table: the response's status is then 404.</summary>
    public virtual Response DeleteTable(string tableName, CancellationToken cancellationToken = default) =>
        TableCommands.DeleteAsync(false, _connection, tableName, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="DeleteTable" />
    public virtual async Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        await TableCommands.DeleteAsync(true, _connection, tableName, cancellationToken).ConfigureAwait(false);

    public virtual Pageable<TableItem> Query(string filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new TablePages<TableItem>(Tables(filter), maxPerPage, cancellationToken);

    public virtual Pageable<TableItem> Query(
        FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    public virtual Pageable<TableItem> Query(
        Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    public virtual AsyncPageable<TableItem> QueryAsync(
        string filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new AsyncTablePages<TableItem>(Tables(filter), maxPerPage, cancellationToken);

    public virtual AsyncPageable<TableItem> QueryAsync(
        FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    public virtual AsyncPageable<TableItem> QueryAsync(
        Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <summary>Each hole of the interpolated string becomes a quoted and escaped literal.</summary>
    public static string CreateQueryFilter(FormattableString filter) => ODataLiteral.Fill(filter);

    public static string CreateQueryFilter(Expression<Func<TableItem, bool>> filter) => ExpressionFilter.From(filter);

    private FetchPage<TableItem> Tables(string filter) => async (async, token, size, cancellationToken) =>
    {
        var top = size?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var url = TableAddress.Tables(_connection.Address) + TableAddress.Option("$top", top) + TableAddress.Option("$filter", filter)
            + TableAddress.Option("NextTableName", string.IsNullOrEmpty(token) ? null : token);
        var message = _connection.CreateMessage(RequestMethod.Get, url, Statuses.Ok);
        var response = await _connection.SendAsync(async, message, cancellationToken).ConfigureAwait(false);
        using var document = JsonDocument.Parse(response.Content.ToMemory());
        var tables = document.RootElement.GetProperty("value").EnumerateArray()
            .Select(table => new TableItem(table.GetProperty("TableName").GetString())).ToList();
        var next = response.Headers.TryGetValue("x-ms-continuation-NextTableName", out var name) ? name : null;
        return Page<TableItem>.FromValues(tables, next, response);
    };
}
