using System.Collections.Immutable;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Exports;

/// <summary>What an export begins with; the orders themselves are read while it is written.</summary>
/// <param name="Controller">Who answers for the data.</param>
/// <param name="Rows">The account's own rows, the list of its orders among them.</param>
public sealed record ExportContents(string AccountId, DateTimeOffset At, RetentionPolicy Policy, ControllerOptions Controller, ImmutableArray<PersonalRow> Rows)
{
    /// <summary>Newest first.</summary>
    public ImmutableArray<ListedOrder> Orders { get; } = [.. Rows.Where(row => OrderIndex.IsPlace(row.Key)).Select(ListedOrder.Of)];

    /// <summary>A row of the list of orders.</summary>
    public sealed record ListedOrder(string Id, string Number, DateTimeOffset PlacedAt)
    {
        public static ListedOrder Of(PersonalRow row) => new(
            OrderIndex.OrderIdOf(row.Key),
            row.Text(nameof(Number)) ?? "",
            row.Values.Select(value => value.Name == nameof(PlacedAt) ? value.Stored : null).OfType<DateTimeOffset>().FirstOrDefault());
    }
}
