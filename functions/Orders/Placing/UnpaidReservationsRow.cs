using System.Collections.Immutable;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Placing;

/// <summary>The orders of counted items that an account had not paid when it placed them: table <c>accounts</c>, RowKey <c>unpaid</c>. It goes with the account.</summary>
[Stored(StorageNames.Accounts, Row, Subject.Account)]
public sealed class UnpaidReservationsRow : ITableEntity
{
    public const string Row = "unpaid";

    [DataClass(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = Row;

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>One a line: the order's id, and when it was about to be placed.</summary>
    [DataClass(DataClass.Operational)] public string Orders { get; set; } = "";

    public ImmutableArray<UnpaidReservation> Held() =>
        [.. Orders.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(parts => new UnpaidReservation(parts[0], DateTimeOffset.Parse(parts[1], CultureInfo.InvariantCulture)))];

    public static UnpaidReservationsRow Of(string accountId, ImmutableArray<UnpaidReservation> held, ETag known) => new()
    {
        PartitionKey = accountId,
        Orders = string.Join('\n', held.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.OrderId} {one.At:O}"))),
        ETag = known,
    };
}
