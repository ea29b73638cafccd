using System.Collections.Frozen;
using System.Collections.Immutable;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>How much is affected, counted over accounts.</summary>
/// <param name="IsComplete">False when counting was broken off.</param>
public sealed record AffectedExtent(long People, long Records, ImmutableArray<DataClass> DataClasses, bool IsComplete)
{
    public static AffectedExtent Empty { get; } = new(0, 0, [], true);

    /// <summary>What each kind of row in an account's partition says of its owner, by how its key begins.</summary>
    private static readonly FrozenDictionary<string, ImmutableHashSet<DataClass>> Kinds = DataMap.OfShop.Rows
        .Where(row => row.Place == StorageNames.Accounts)
        .ToFrozenDictionary(row => row.Row, PersonalIn);

    public AffectedExtent With(AffectedAccount account) => this with
    {
        People = People + 1,
        Records = Records + account.Records,
        DataClasses = [.. DataClasses.Union(account.DataClasses).Order()],
    };

    /// <summary>The classes that a row of an account holds, by the data map; an order's are also those of the order it stands for.</summary>
    public static ImmutableHashSet<DataClass> ClassesOf(string rowKey) =>
        Kinds.GetValueOrDefault(rowKey) ?? Kinds.GetValueOrDefault($"{rowKey.Split('-')[0]}-*") ?? [];

    private static ImmutableHashSet<DataClass> PersonalIn(StoredRow row)
    {
        var of = row.Subject == Subject.Order ? DataMap.OfShop.Rows.Where(other => other.Place == StorageNames.Orders).Append(row) : [row];
        return [.. of.SelectMany(kind => kind.Properties).Select(property => property.Class).Where(held => held is not (DataClass.None or DataClass.Operational or DataClass.Staff))];
    }
}
