using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace Shop.Packages.Tests.Tables;

internal enum Standing
{
    Open,
    Closed,
}

internal sealed class Everything : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string? Text { get; set; }

    public bool Flag { get; set; }

    public int Number { get; set; }

    public long Amount { get; set; }

    public ulong Big { get; set; }

    public double Rate { get; set; }

    public double Whole { get; init; }

    public Guid Id { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTime Utc { get; set; }

    public byte[]? Bytes { get; set; }

    public BinaryData? Data { get; set; }

    public Standing Standing { get; set; }

    public Standing? MaybeStanding { get; set; }

    public long? MaybeAmount { get; set; }

    public DateTimeOffset? MaybeAt { get; set; }

    [DataMember(Name = "stored_name")]
    public string? Renamed { get; set; }

    [IgnoreDataMember]
    public string? Private { get; set; }
}

internal sealed class Sealed : ITableEntity
{
    public string PartitionKey { get; private set; } = "";

    public int Total { get; private set; }

    public ETag ETag { get; set; }

    public DateTimeOffset? Timestamp { get; set; }

    string ITableEntity.PartitionKey { get => PartitionKey; set => PartitionKey = value; }

    public string RowKey { get; private set; } = "";

    string ITableEntity.RowKey { get => RowKey; set => RowKey = value; }

    public static Sealed Create(string partition, string row, int total) => new() { PartitionKey = partition, RowKey = row, Total = total };
}

internal static class TableEntityReading
{
    public static object? GetValueOrNull(this TableEntity entity, string name) => entity.TryGetValue(name, out var value) ? value : null;
}
