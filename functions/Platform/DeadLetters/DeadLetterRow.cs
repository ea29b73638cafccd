using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Platform.DeadLetters;

/// <summary>A row of the table <c>deadLetters</c>: in the partition of its queue, under a hash of its text.</summary>
[Stored(StorageNames.DeadLetters, "*", Subject.Message)]
public sealed class DeadLetterRow : ITableEntity
{
    [DataClass(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>Null until the message is taken off the poison queue: that its last try failed is noted before.</summary>
    [DataClass(DataClass.PaymentReference)] public byte[]? Body { get; set; }

    [DataClass(DataClass.Operational)] public string? Failure { get; set; }

    [DataClass(DataClass.Operational)] public string? TraceId { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? FirstAt { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? LastAt { get; set; }

    [DataClass(DataClass.Operational)] public int? Times { get; set; }

    /// <summary>The id of the message that was last counted: one that is read twice counts once.</summary>
    [DataClass(DataClass.Operational)] public string? LastMessage { get; set; }

    [DataClass(DataClass.Operational)] public int? SentBack { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? SentBackAt { get; set; }

    public static string RowKeyOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(MessageTrace.Without(body)).AsSpan(0, 16));

    public DeadLetter ToDeadLetter() => new(
        $"{PartitionKey}.{RowKey}", PartitionKey, BinaryData.FromBytes(Body ?? []), Failure, TraceId,
        FirstAt ?? DateTimeOffset.MinValue, LastAt ?? DateTimeOffset.MinValue, Times ?? 0, SentBack ?? 0, SentBackAt);
}
