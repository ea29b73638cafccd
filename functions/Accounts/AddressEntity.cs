using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>An address as it is stored: table <c>accounts</c>, RowKey <c>address-{id}</c>.</summary>
[Stored(StorageNames.Accounts, Prefix + "*", Subject.Account)]
public sealed class AddressEntity : ITableEntity
{
    public const string Prefix = "address-";

    [DataClass(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset AddedAt { get; set; }

    [DataClass(DataClass.Delivery)] public string? Label { get; set; }

    [DataClass(DataClass.Delivery)] public string Name { get; set; } = "";

    [DataClass(DataClass.Delivery)] public string Line1 { get; set; } = "";

    [DataClass(DataClass.Delivery)] public string? Line2 { get; set; }

    [DataClass(DataClass.Delivery)] public string City { get; set; } = "";

    [DataClass(DataClass.Delivery)] public string? Region { get; set; }

    [DataClass(DataClass.Delivery)] public string? Postcode { get; set; }

    [DataClass(DataClass.Delivery)] public string Country { get; set; } = "";

    [IgnoreDataMember] public string Id => RowKey[Prefix.Length..];
}
