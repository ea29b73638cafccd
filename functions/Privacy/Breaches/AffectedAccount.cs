using System.Collections.Immutable;
using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>An account with all its rows, as they are read one after the other.</summary>
public sealed class AffectedAccount(string id)
{
    private DateTimeOffset _openedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _lastUsed = DateTimeOffset.MinValue;

    public string Id { get; } = id;

    public string? Email { get; private set; }

    public string? Name { get; private set; }

    /// <summary>How many rows are about the person; an order counts once.</summary>
    public int Records { get; private set; }

    public ImmutableHashSet<DataClass> DataClasses { get; private set; } = [];

    public bool WasInUse(DateTimeOffset from, DateTimeOffset until) => _openedAt <= until && _lastUsed >= from;

    public void Add(TableEntity row)
    {
        // Every account has this one, and it says nothing of the person.
        if (row.RowKey == ErasureState.Row) return;
        Records++;
        DataClasses = DataClasses.Union(AffectedExtent.ClassesOf(row.RowKey));
        if (row.Timestamp > _lastUsed) _lastUsed = row.Timestamp.Value;
        if (row.RowKey != AccountEntity.Row) return;
        // A damaged profile is one that is affected too: what cannot be read is left out.
        Email = row[nameof(AccountEntity.Email)] as string;
        Name = row[nameof(AccountEntity.Name)] as string;
        _openedAt = row[nameof(AccountEntity.OpenedAt)] as DateTimeOffset? ?? _openedAt;
        // Only the day is known: it may have been any time of it.
        if (row[nameof(AccountEntity.LastSeenDay)] is DateTimeOffset day && day.AddDays(1) > _lastUsed) _lastUsed = day.AddDays(1);
    }
}
