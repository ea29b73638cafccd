using System.Linq.Expressions;
using Azure.Core;
using Azure.Data.Tables.Filters;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

/// <summary>One table: creating and deleting it, and its rows.</summary>
public class TableClient
{
    private readonly TableConnection _connection;
    private readonly EntityCommands _rows;

    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    public TableClient(string connectionString, string tableName, TableClientOptions options = null)
        : this(TableConnection.From(connectionString, options), tableName)
    {
    }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null)
    {
    }

    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions options = null)
        : this(TableConnection.From(endpoint, credential, options), tableName)
    {
    }

    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions options = null)
        : this(TableConnection.From(endpoint, tokenCredential, options), tableName)
    {
    }

    /// <summary>For subclasses that stand in for a client in tests.</summary>
    protected TableClient()
    {
    }

    internal TableClient(TableConnection connection, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        Name = tableName;
        _connection = connection;
        _rows = new EntityCommands(connection, tableName);
    }

    public virtual string Name { get; }

    public virtual string AccountName => _connection.AccountName;

    public virtual Uri Uri => new($"{_connection.Address}/{Name}");

    /// <exception cref="RequestFailedException">409 TableAlreadyExists.</exception>
    public virtual Response<TableItem> Create(CancellationToken cancellationToken = default) =>
        TableCommands.CreateAsync(false, _connection, Name, Statuses.Created, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="Create" />
    public virtual async Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        await TableCommands.CreateAsync(true, _connection, Name, Statuses.Created, cancellationToken).ConfigureAwait(false);

    /// <summary>The raw response's status is 409 where the table existed.</summary>
    public virtual Response<TableItem> CreateIfNotExists(CancellationToken cancellationToken = default) =>
        TableCommands.CreateAsync(false, _connection, Name, Statuses.CreatedOrConflict, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="CreateIfNotExists" />
    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        await TableCommands.CreateAsync(true, _connection, Name, Statuses.CreatedOrConflict, cancellationToken).ConfigureAwait(false);

    /// <summary>Does not fail where there is no such table: the response's status is then 404.</summary>
    public virtual Response Delete(CancellationToken cancellationToken = default) =>
        TableCommands.DeleteAsync(false, _connection, Name, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="Delete" />
    public virtual async Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        await TableCommands.DeleteAsync(true, _connection, Name, cancellationToken).ConfigureAwait(false);

    /// <exception cref="RequestFailedException">409 EntityAlreadyExists; 404 TableNotFound.</exception>
    public virtual Response AddEntity<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        _rows.AddAsync(false, entity, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="AddEntity{T}" />
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        await _rows.AddAsync(true, entity, cancellationToken).ConfigureAwait(false);

    /// <exception cref="RequestFailedException">404 ResourceNotFound.</exception>
    public virtual Response<T> GetEntity<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        _rows.GetAsync<T>(false, partitionKey, rowKey, select, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="GetEntity{T}" />
    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        await _rows.GetAsync<T>(true, partitionKey, rowKey, select, cancellationToken).ConfigureAwait(false);

    /// <summary>A missing row (or table) is a response without a value.</summary>
    public virtual NullableResponse<T> GetEntityIfExists<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        _rows.GetIfExistsAsync<T>(false, partitionKey, rowKey, select, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="GetEntityIfExists{T}" />
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        await _rows.GetIfExistsAsync<T>(true, partitionKey, rowKey, select, cancellationToken).ConfigureAwait(false);

    /// <summary>Writes the row whether or not it exists.</summary>
    public virtual Response UpsertEntity<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        _rows.WriteAsync(false, entity, null, mode, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="UpsertEntity{T}" />
    public virtual async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        await _rows.WriteAsync(true, entity, null, mode, cancellationToken).ConfigureAwait(false);

    /// <summary>Writes the row if it exists in the given version (<see cref="ETag.All"/>: in any).</summary>
    /// <exception cref="RequestFailedException">412 UpdateConditionNotSatisfied; 404 ResourceNotFound.</exception>
    public virtual Response UpdateEntity<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        _rows.WriteAsync(false, entity, ifMatch, mode, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="UpdateEntity{T}" />
    public virtual async Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        await _rows.WriteAsync(true, entity, ifMatch, mode, cancellationToken).ConfigureAwait(false);

    /// <summary>Does not fail where there is no such row: the response's status is then 404.</summary>
    /// <exception cref="RequestFailedException">412 UpdateConditionNotSatisfied.</exception>
    public virtual Response DeleteEntity(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        _rows.DeleteAsync(false, partitionKey, rowKey, ifMatch, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="DeleteEntity(string, string, ETag, CancellationToken)" />
    public virtual Response DeleteEntity(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntity(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <inheritdoc cref="DeleteEntity(string, string, ETag, CancellationToken)" />
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        await _rows.DeleteAsync(true, partitionKey, rowKey, ifMatch, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="DeleteEntity(string, string, ETag, CancellationToken)" />
    public virtual async Task<Response> DeleteEntityAsync(
        ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return await _rows.DeleteAsync(true, entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken).ConfigureAwait(false);
    }

    public virtual Pageable<T> Query<T>(
        string filter = null, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new TablePages<T>(_rows.Query<T>(filter, select), maxPerPage, cancellationToken);

    public virtual Pageable<T> Query<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string> select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        Query<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    public virtual AsyncPageable<T> QueryAsync<T>(
        string filter = null, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new AsyncTablePages<T>(_rows.Query<T>(filter, select), maxPerPage, cancellationToken);

    public virtual AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string> select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        QueryAsync<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    /// <summary>All actions or none; the answers stand in the order of the actions. At most 100, all in one partition.</summary>
    /// <exception cref="TableTransactionFailedException">One action was refused, and so all of them.</exception>
    /// <exception cref="InvalidOperationException">There are no actions.</exception>
    public virtual Response<IReadOnlyList<Response>> SubmitTransaction(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        _rows.SubmitAsync(false, transactionActions, cancellationToken).EnsureCompleted();

    /// <inheritdoc cref="SubmitTransaction" />
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        await _rows.SubmitAsync(true, transactionActions, cancellationToken).ConfigureAwait(false);

    /// <summary>Each hole of the interpolated string becomes a quoted and escaped literal.</summary>
    public static string CreateQueryFilter(FormattableString filter) => ODataLiteral.Fill(filter);

    public static string CreateQueryFilter<T>(Expression<Func<T, bool>> filter) => ExpressionFilter.From(filter);
}
