using System.Globalization;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// What stands on a parcel's label, and what its carrier names in every event: the order's id and the parcel's number, for
/// instance <c>7k2q…-1</c>. So an event finds its parcel with one read, and no index leads from a tracking number to a person.
/// </summary>
public static class ParcelReference
{
    public static string Of(string orderId, int number) => string.Create(CultureInfo.InvariantCulture, $"{orderId}-{number}");

    /// <summary>In any case: labels are printed and typed.</summary>
    /// <returns>Null for what is no reference of this shop's.</returns>
    public static (string OrderId, int Number)? From(string? text) =>
        text?.Trim().ToLowerInvariant().Split('-') is [var id, var number] && OrderIds.IsId(id) && ShipmentView.NumberOf(number) is { } parcel ? (id, parcel) : null;
}
