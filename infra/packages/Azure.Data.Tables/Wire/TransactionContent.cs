using System.Text;
using Azure.Core;
using Azure.Data.Tables.Entities;

namespace Azure.Data.Tables.Wire;

/// <summary>A transaction's body: one change set of HTTP requests inside multipart/mixed (REST reference, Performing entity group transactions).</summary>
internal sealed class TransactionContent
{
    private readonly string _batch = $"batch_{Guid.NewGuid()}";
    private readonly string _changeSet = $"changeset_{Guid.NewGuid()}";
    private readonly MemoryStream _body = new();
    private readonly string _address;
    private readonly string _table;

    public TransactionContent(string address, string table, IEnumerable<TableTransactionAction> actions)
    {
        (_address, _table) = (address, table);
        Write($"--{_batch}\r\nContent-Type: multipart/mixed; boundary={_changeSet}\r\n\r\n");
        foreach (var action in actions)
        {
            Write($"--{_changeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            Write(action);
            Count++;
        }
        if (Count == 0) throw new InvalidOperationException("Transaction contains no operations.");
        Write($"--{_changeSet}--\r\n--{_batch}--\r\n");
    }

    public int Count { get; }

    public string ContentType => $"multipart/mixed; boundary={_batch}";

    public RequestContent ToRequestContent() => RequestContent.Create(_body.GetBuffer().AsMemory(0, (int)_body.Length));

    private void Write(TableTransactionAction action)
    {
        var entity = action.Entity ?? throw new ArgumentException("A transaction's action has no entity.", nameof(action));
        var row = TableAddress.Row(_address, _table, entity.PartitionKey, entity.RowKey);
        var ifMatch = action.ETag == default ? null : action.ETag.ToString();
        switch (action.ActionType)
        {
            case TableTransactionActionType.Add: Write("POST", TableAddress.Rows(_address, _table), null, entity); break;
            case TableTransactionActionType.UpdateMerge: Write("PATCH", row, ifMatch, entity); break;
            case TableTransactionActionType.UpdateReplace: Write("PUT", row, ifMatch, entity); break;
            case TableTransactionActionType.UpsertMerge: Write("PATCH", row, null, entity); break;
            case TableTransactionActionType.UpsertReplace: Write("PUT", row, null, entity); break;
            case TableTransactionActionType.Delete: Write("DELETE", row, ifMatch ?? ETag.All.ToString(), null); break;
            default: throw new InvalidOperationException("Unknown request type.");
        }
    }

    private void Write(string method, string url, string ifMatch, ITableEntity entity)
    {
        Write($"{method} {url} HTTP/1.1\r\nDataServiceVersion: 3.0\r\nAccept: application/json;odata=minimalmetadata\r\n");
        if (method == "POST") Write("Prefer: return-no-content\r\n");
        if (ifMatch is not null) Write($"If-Match: {ifMatch}\r\n");
        if (entity is null)
        {
            Write("\r\n\r\n");
            return;
        }
        var json = EntityWriter.ToJson(entity);
        Write($"Content-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n");
        _body.Write(json);
        Write("\r\n");
    }

    private void Write(string text) => _body.Write(Encoding.UTF8.GetBytes(text));
}
