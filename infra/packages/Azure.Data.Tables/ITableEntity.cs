namespace Azure.Data.Tables;

/// <summary>What every table row has: its two keys, its version and the time of its last change.</summary>
public interface ITableEntity
{
    string PartitionKey { get; set; }

    string RowKey { get; set; }

    /// <summary>Set by the service; ignored when written.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>Set by the service; ignored when written. Conditions are passed to the call itself.</summary>
    ETag ETag { get; set; }
}
